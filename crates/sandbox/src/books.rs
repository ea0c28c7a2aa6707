//! The sandbox's own books: every movement posted twice, so that what a merchant says can be compared to the fen.

use crate::channel::Channel;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// Money that moved between a payer and a merchant.
#[derive(Clone, Debug, Serialize)]
pub struct Movement {
    /// The merchant's position.
    pub merchant: usize,
    /// Through which channel.
    pub channel: Channel,
    /// The merchant's number of the payment.
    pub number: String,
    /// The channel's number of the payment.
    pub transaction: String,
    /// The merchant's number of the refund, if it went back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<String>,
    /// How much, above zero.
    pub amount: i64,
    /// Of what.
    pub currency: String,
    /// When.
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Account {
    Payers(String),
    Merchant(usize, Channel, String),
}

/// What moved for one merchant through one channel in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// The merchant's position.
    pub merchant: usize,
    /// The channel.
    pub channel: Channel,
    /// The currency.
    pub currency: String,
    /// How many payments.
    pub payments: usize,
    /// Their sum.
    pub paid: i64,
    /// How many refunds.
    pub refunds: usize,
    /// Their sum.
    pub refunded: i64,
    /// What is left, from the accounts.
    pub balance: i64,
}

/// All movements, and the balances that they add up to.
#[derive(Default)]
pub struct Books {
    movements: Vec<Movement>,
    balances: BTreeMap<Account, i64>,
}

impl Books {
    /// Posts a movement to both its sides.
    pub fn post(&mut self, movement: Movement) {
        let sign = if movement.refund.is_some() { -1 } else { 1 };
        let payers = Account::Payers(movement.currency.clone());
        let merchant =
            Account::Merchant(movement.merchant, movement.channel, movement.currency.clone());
        *self.balances.entry(payers).or_default() -= sign * movement.amount;
        *self.balances.entry(merchant).or_default() += sign * movement.amount;
        self.movements.push(movement);
    }

    /// Everything that moved, in order.
    pub fn movements(&self) -> &[Movement] {
        &self.movements
    }

    /// A sum for each merchant, channel and currency.
    pub fn sums(&self) -> Vec<Sum> {
        let mut sums = BTreeMap::new();
        for movement in &self.movements {
            let Movement { merchant, channel, currency, amount, .. } = movement;
            let sum = sums.entry((*merchant, *channel, currency)).or_insert_with(|| Sum {
                merchant: *merchant,
                channel: *channel,
                currency: currency.clone(),
                payments: 0,
                paid: 0,
                refunds: 0,
                refunded: 0,
                balance: self.balance(*merchant, *channel, currency),
            });
            match movement.refund {
                None => (sum.payments, sum.paid) = (sum.payments + 1, sum.paid + amount),
                Some(_) => (sum.refunds, sum.refunded) = (sum.refunds + 1, sum.refunded + amount),
            }
        }
        sums.into_values().collect()
    }

    /// Whether all accounts of each currency add up to nothing, and each merchant's to its movements.
    pub fn is_balanced(&self) -> bool {
        let mut totals = BTreeMap::<&str, i64>::new();
        for (account, balance) in &self.balances {
            let (Account::Payers(currency) | Account::Merchant(.., currency)) = account;
            *totals.entry(currency).or_default() += balance;
        }
        totals.values().all(|total| *total == 0)
            && self.sums().iter().all(|sum| sum.paid - sum.refunded == sum.balance)
    }

    fn balance(&self, merchant: usize, channel: Channel, currency: &str) -> i64 {
        let account = Account::Merchant(merchant, channel, currency.to_owned());
        self.balances.get(&account).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn movement(amount: i64, refund: Option<&str>) -> Movement {
        Movement {
            merchant: 0,
            channel: Channel::Wechat,
            number: "n".into(),
            transaction: "t".into(),
            refund: refund.map(str::to_owned),
            amount,
            currency: "CNY".into(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn sums_are_what_moved_and_both_sides_agree() {
        let mut books = Books::default();
        books.post(movement(1000, None));
        books.post(movement(1, Some("r1")));
        books.post(movement(99, Some("r2")));
        let sum = &books.sums()[0];
        assert_eq!((sum.payments, sum.paid), (1, 1000));
        assert_eq!((sum.refunds, sum.refunded, sum.balance), (2, 100, 900));
        assert!(books.is_balanced());
    }

    #[test]
    fn a_side_that_is_missing_is_noticed() {
        let mut books = Books::default();
        books.post(movement(1000, None));
        books.balances.remove(&Account::Payers("CNY".into()));
        assert!(!books.is_balanced());
    }
}

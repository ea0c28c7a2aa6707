//! All payments, found by the merchant's number, by a token or by the channel's number.

use crate::books::{Books, Movement};
use crate::channel::Channel;
use crate::payment::{Charge, Payment, Refund, RefundState};
use jiff::Timestamp;
use std::collections::HashMap;

type Number = (Channel, usize, String);

/// The sandbox's payments with the books over them.
#[derive(Default)]
pub struct Payments {
    all: Vec<Payment>,
    by_number: HashMap<Number, usize>,
    by_name: HashMap<String, usize>,
    refunds: HashMap<Number, (usize, usize)>,
    /// What moved.
    pub books: Books,
}

impl Payments {
    /// Keeps a new payment; gives its position.
    pub fn add(&mut self, payment: Payment) -> usize {
        let index = self.all.len();
        let number = (payment.channel, payment.merchant, payment.number.clone());
        self.by_number.entry(number).or_insert(index);
        self.by_name.insert(payment.token.clone(), index);
        self.all.push(payment);
        index
    }

    /// All of them, in the order in which they came.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (usize, &Payment)> {
        self.all.iter().enumerate()
    }

    /// The payment at a position.
    pub fn get(&self, index: usize) -> &Payment {
        &self.all[index]
    }

    /// The payment at a position, to be changed.
    pub fn get_mut(&mut self, index: usize) -> &mut Payment {
        &mut self.all[index]
    }

    /// A payment by the merchant's number.
    pub fn by_number(&self, channel: Channel, merchant: usize, number: &str) -> Option<usize> {
        self.by_number.get(&(channel, merchant, number.to_owned())).copied()
    }

    /// A payment by its token, or by the channel's number of a charge.
    pub fn by_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Lets a payment be found by one more name.
    pub fn also_named(&mut self, index: usize, name: &str) {
        self.by_name.insert(name.to_owned(), index);
    }

    /// Every payment that an integrator may mean by a number, whatever channel and merchant it is of.
    pub fn meant_by(&self, number: &str) -> Vec<usize> {
        let mut found: Vec<usize> = self.by_name(number).into_iter().collect();
        if found.is_empty() {
            let all = self.iter().filter(|(_, payment)| payment.number == number);
            found.extend(all.map(|(index, _)| index));
        }
        found
    }

    /// A refund by the merchant's number: the payment's position and its own.
    pub fn refund(
        &self,
        channel: Channel,
        merchant: usize,
        number: &str,
    ) -> Option<(usize, usize)> {
        self.refunds.get(&(channel, merchant, number.to_owned())).copied()
    }

    /// Every refund that goes by a number.
    pub fn refunds_meant_by(&self, number: &str) -> Vec<(usize, usize)> {
        let meant = self.refunds.iter().filter(|((_, _, own), _)| own == number);
        meant.map(|(_, place)| *place).collect()
    }

    /// Takes money in for a payment; gives the charge's position.
    pub fn take(&mut self, index: usize, charge: Charge) -> usize {
        self.by_name.insert(charge.id.clone(), index);
        let payment = &mut self.all[index];
        payment.seen = true;
        self.books.post(movement(payment, &charge.id, None, charge.amount, charge.at));
        payment.charges.push(charge);
        payment.charges.len() - 1
    }

    /// Keeps a refund; money moves once it has succeeded.
    pub fn add_refund(&mut self, index: usize, refund: Refund) -> usize {
        let payment = &mut self.all[index];
        let place = (index, payment.refunds.len());
        let number = (payment.channel, payment.merchant, refund.number.clone());
        self.refunds.insert(number, place);
        self.by_name.insert(refund.id.clone(), index);
        payment.refunds.push(refund);
        place.1
    }

    /// Brings a refund to its end. False if it had one.
    pub fn finish_refund(
        &mut self,
        (index, place): (usize, usize),
        state: RefundState,
        now: Timestamp,
    ) -> bool {
        let payment = &mut self.all[index];
        let refund = &mut payment.refunds[place];
        let may = matches!(refund.state, RefundState::Processing | RefundState::Abnormal);
        if !may || refund.state == state {
            return false;
        }
        refund.state = state;
        refund.finished = Some(now);
        if state == RefundState::Succeeded {
            let (number, charge, amount) = (refund.number.clone(), refund.charge, refund.amount);
            let transaction = payment.charges[charge].id.clone();
            self.books.post(movement(payment, &transaction, Some(number), amount, now));
        }
        true
    }
}

fn movement(
    payment: &Payment,
    transaction: &str,
    refund: Option<String>,
    amount: i64,
    at: Timestamp,
) -> Movement {
    Movement {
        merchant: payment.merchant,
        channel: payment.channel,
        number: payment.number.clone(),
        transaction: transaction.to_owned(),
        refund,
        amount,
        currency: payment.currency.clone(),
        at,
    }
}

//! Wallets and holds.

use super::{Got, Hold, Plain, Step, answer, refuse, same};
use domain::Listed;
use domain::ledger::HoldState;
use domain::ledger::credit_wallet::{CreditWallet, Credited};
use domain::ledger::hold::{MakeHold, PostHold, VoidHold};
use kernel::{BuyerId, Currency, HoldId, Money, Tenant};

/// An amount in ledger units: 1/10,000 of the major unit.
pub fn ledger(money: Money) -> Option<i64> {
    money.amount.checked_mul(if money.currency == Currency::Jpy { 10_000 } else { 100 })
}

impl Plain {
    pub(super) fn credit_wallet(&mut self, tenant: Tenant, c: &CreditWallet, got: &Got) -> Step {
        let currency = c.amount.currency;
        self.buyer(tenant, &c.buyer)?;
        let Some(amount) = ledger(c.amount).filter(|amount| *amount > 0) else {
            return refuse("invalid");
        };
        let Credited { transfer, buyer } = answer::<CreditWallet>(got)?;
        self.meet(tenant, &c.buyer, buyer)?;
        let wallet = self.book(tenant).wallets.entry((buyer, currency)).or_default();
        wallet.balance += amount;
        let balance = wallet.balance;
        same("amount and balance", (amount, Some(balance)), {
            (transfer.amount, transfer.credit_balance)
        })
    }

    pub(super) fn make_hold(&mut self, tenant: Tenant, c: &MakeHold, got: &Got) -> Step {
        let currency = c.amount.currency;
        let Some(buyer) = self.buyer(tenant, &c.buyer)? else { return refuse("not_found") };
        let Some(amount) = ledger(c.amount).filter(|amount| *amount > 0) else {
            return refuse("invalid");
        };
        if self.free(tenant, buyer, currency) < amount {
            return refuse("insufficient_funds");
        }
        let made = answer::<MakeHold>(got)?;
        let book = self.book(tenant);
        book.wallets.entry((buyer, currency)).or_default().held += amount;
        let state = HoldState::Pending;
        book.holds.insert(made.id, Hold { buyer, currency, amount, posted: 0, state });
        same("the hold", (amount, 0, state), (made.amount, made.posted, made.state))
    }

    pub(super) fn post_hold(&mut self, tenant: Tenant, c: &PostHold, got: &Got) -> Step {
        let hold = self.pending(tenant, c.hold)?;
        let amount = match c.amount {
            None => hold.amount,
            Some(part) if part.currency != hold.currency => return refuse("invalid"),
            Some(part) => match ledger(part) {
                Some(part) if part > 0 && part <= hold.amount => part,
                _ => return refuse("invalid"),
            },
        };
        self.end_hold::<PostHold>(tenant, c.hold, HoldState::Posted, amount, got)
    }

    pub(super) fn void_hold(&mut self, tenant: Tenant, c: &VoidHold, got: &Got) -> Step {
        self.pending(tenant, c.hold)?;
        self.end_hold::<VoidHold>(tenant, c.hold, HoldState::Voided, 0, got)
    }

    fn pending(&mut self, tenant: Tenant, id: HoldId) -> Step<Hold> {
        match self.book(tenant).holds.get(&id) {
            None => refuse("not_found"),
            Some(hold) if hold.state != HoldState::Pending => refuse("hold_state"),
            Some(hold) => Ok(*hold),
        }
    }

    fn end_hold<V: Listed<Answer = domain::ledger::Hold>>(
        &mut self,
        tenant: Tenant,
        id: HoldId,
        state: HoldState,
        posted: i64,
        got: &Got,
    ) -> Step {
        let book = self.book(tenant);
        let Some(hold) = book.holds.get_mut(&id) else { return refuse("not_found") };
        (hold.state, hold.posted) = (state, posted);
        let wallet = book.wallets.entry((hold.buyer, hold.currency)).or_default();
        wallet.held -= hold.amount;
        wallet.balance -= posted;
        let ended = answer::<V>(got)?;
        same("the hold", (id, posted, state), (ended.id, ended.posted, ended.state))
    }

    /// What a buyer can spend.
    pub(super) fn free(&mut self, tenant: Tenant, buyer: BuyerId, currency: Currency) -> i64 {
        let wallets = &self.book(tenant).wallets;
        wallets.get(&(buyer, currency)).map_or(0, |wallet| wallet.balance - wallet.held)
    }
}

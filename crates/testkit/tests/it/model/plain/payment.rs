//! Payments, what comes in for them, and the test channel.

use super::money::ledger;
use super::{Got, Plain, Step, answer, refuse, same};
use domain::ledger::AccountKind;
use domain::order::{Closed, Line, Order};
use domain::payment::receive::{ReceiveNotice, Said};
use domain::payment::recharge::StartRecharge;
use domain::payment::start::StartPayment;
use domain::payment::test_channel::{PayLater, TestNotice};
use domain::payment::{Goal, PayMethod, Payment, PaymentState};
use domain::refund::{Refund, RefundCause, RefundState};
use kernel::{BuyerId, Currency, Mode, Money, PaymentId, Tenant};

/// Attempts to pay an order at most, and how they are counted.
const ATTEMPTS: (&[u8; 16], i64) = (b"payments of ord.", 10);

impl Plain {
    pub(super) fn start_payment(&mut self, tenant: Tenant, c: &StartPayment, got: &Got) -> Step {
        let (order, lines) = self.order(tenant, c.order)?;
        let wallet = c.method == PayMethod::Wallet;
        if !wallet && (tenant.mode() != Mode::Test || order.total == 0) {
            return refuse("invalid");
        }
        if order.expires_at.is_none_or(|until| until <= self.now) {
            return refuse("order_state");
        }
        let attempts = (*ATTEMPTS.0, order.id.0);
        if self.book(tenant).counters.get(&attempts).is_some_and(|n| *n >= ATTEMPTS.1) {
            return refuse("limit_exceeded");
        }
        let amount = ledger(order.total_money()).unwrap_or(i64::MAX);
        if wallet {
            self.deliverable(&order, &lines)?;
            if self.free(tenant, order.buyer, order.currency) < amount {
                return refuse("insufficient_funds");
            }
        }
        let made = answer::<StartPayment>(got)?;
        *self.book(tenant).counters.entry(attempts).or_default() += 1;
        let payment = Payment {
            id: made.id,
            tenant,
            goal: Goal::Order(order.id),
            method: c.method,
            currency: order.currency,
            amount: order.total,
            state: if wallet { PaymentState::Succeeded } else { PaymentState::Pending },
            channel_number: None,
            created_at: self.now,
            ended_at: wallet.then_some(self.now),
        };
        same("the payment", &payment, &*made)?;
        if wallet {
            if amount > 0 {
                let wallets = &mut self.book(tenant).wallets;
                wallets.entry((order.buyer, order.currency)).or_default().balance -= amount;
            }
            self.hand_over(order, lines, payment.id);
        }
        self.book(tenant).payments.insert(payment.id, payment);
        Ok(())
    }

    pub(super) fn start_recharge(&mut self, tenant: Tenant, c: &StartRecharge, got: &Got) -> Step {
        self.buyer(tenant, &c.buyer)?;
        let amount = ledger(c.amount).filter(|amount| *amount > 0);
        if c.method != PayMethod::Test || tenant.mode() != Mode::Test || amount.is_none() {
            return refuse("invalid");
        }
        let made = answer::<StartRecharge>(got)?;
        let Goal::Wallet(buyer) = made.goal else { return same("a recharge", true, false) };
        self.meet(tenant, &c.buyer, buyer)?;
        let payment = Payment {
            id: made.id,
            tenant,
            goal: Goal::Wallet(buyer),
            method: c.method,
            currency: c.amount.currency,
            amount: c.amount.amount,
            state: PaymentState::Pending,
            channel_number: None,
            created_at: self.now,
            ended_at: None,
        };
        same("the payment", &payment, &*made)?;
        self.book(tenant).payments.insert(payment.id, payment);
        Ok(())
    }

    /// What a channel took in is in a wallet.
    fn recharge(&mut self, payment: &Payment, buyer: BuyerId) {
        let (currency, units) = (payment.currency, units(payment.amount, payment.currency));
        self.shift(payment, AccountKind::Clearing, AccountKind::Funding, payment.amount);
        let wallets = &mut self.book(payment.tenant).wallets;
        wallets.entry((buyer, currency)).or_default().balance += units;
    }

    pub(super) fn receive_notice(&mut self, tenant: Tenant, c: &ReceiveNotice, got: &Got) -> Step {
        let payment = self.payment(tenant, c.payment)?;
        if payment.method != c.method || payment.order() != c.order {
            return refuse("not_found");
        }
        if let Said::Paid(money) = c.said
            && (money.currency != payment.currency || money.amount <= 0)
        {
            return refuse("invalid");
        }
        let seen = self.book(tenant).receipts.contains(&(c.method, c.number.clone()));
        let payment = match c.said {
            Said::Paid(_) if seen => payment,
            Said::Paid(money) => self.take_in(payment, &c.number, money.amount)?,
            Said::Failed => self.fail(payment, PaymentState::Failed),
            Said::Closed => self.fail(payment, PaymentState::Closed),
        };
        let ended = answer::<ReceiveNotice>(got)?;
        same("the payment", &payment, &*ended)
    }

    fn fail(&mut self, mut payment: Payment, state: PaymentState) -> Payment {
        if [PaymentState::Created, PaymentState::Pending].contains(&payment.state) {
            (payment.state, payment.ended_at) = (state, Some(self.now));
            self.book(payment.tenant).payments.insert(payment.id, payment.clone());
        }
        payment
    }

    /// Money that was not seen before: goods, or it goes back.
    fn take_in(&mut self, mut payment: Payment, number: &str, amount: i64) -> Step<Payment> {
        let tenant = payment.tenant;
        let open = [PaymentState::Created, PaymentState::Pending].contains(&payment.state);
        let bought = match payment.goal {
            Goal::Order(order) => Some(self.order(tenant, order)?),
            Goal::Wallet(_) => None,
        };
        let cause = match &bought {
            Some((order, lines)) => self.cause(order, lines, amount),
            None => no_recharge(&payment, amount),
        };
        if payment.state != PaymentState::Succeeded || cause.is_none() {
            payment.channel_number = Some(number.to_owned());
        }
        if open {
            payment.ended_at = Some(self.now);
        }
        if payment.state != PaymentState::Succeeded {
            payment.state = PaymentState::Returned;
            payment.ended_at = payment.ended_at.or(Some(self.now));
        }
        let applied = if cause.is_none() { payment.amount } else { 0 };
        match cause {
            None => {
                payment.state = PaymentState::Succeeded;
                match (bought, payment.goal) {
                    (_, Goal::Wallet(buyer)) => self.recharge(&payment, buyer),
                    (Some((order, lines)), _) => {
                        self.shift(&payment, AccountKind::Clearing, AccountKind::Funding, applied);
                        self.hand_over(order, lines, payment.id);
                    }
                    (None, Goal::Order(_)) => {}
                }
                if amount > applied {
                    self.give_back(&payment, number, amount - applied, RefundCause::Overpaid)?;
                }
            }
            Some(cause) => {
                if let Some((order, _)) = bought
                    && cause == RefundCause::NoGoods
                    && order.expires_at.is_some()
                {
                    self.end(tenant, order.id, Closed::SoldOut)?;
                }
                self.give_back(&payment, number, amount, cause)?;
            }
        }
        let book = self.book(tenant);
        book.receipts.insert((payment.method, number.to_owned()));
        book.payments.insert(payment.id, payment.clone());
        Ok(payment)
    }

    /// Why money is for no goods; none when it is.
    fn cause(&mut self, order: &Order, lines: &[Line], amount: i64) -> Option<RefundCause> {
        if order.expires_at.is_none() && order.closed.is_none() {
            Some(RefundCause::PaidTwice)
        } else if amount < order.total {
            Some(RefundCause::Underpaid)
        } else {
            self.deliverable(order, lines).is_err().then_some(RefundCause::NoGoods)
        }
    }

    fn give_back(
        &mut self,
        payment: &Payment,
        number: &str,
        amount: i64,
        cause: RefundCause,
    ) -> Step {
        let tenant = payment.tenant;
        let known = self.refund_ids.get(&(tenant, number.to_owned())).copied();
        let Some(id) = known else { return same("a refund of what came in", true, false) };
        self.shift(payment, AccountKind::Clearing, AccountKind::Unapplied, amount);
        self.shift(payment, AccountKind::Unapplied, AccountKind::Refunding, amount);
        let refund = Refund {
            id,
            tenant,
            order: payment.order(),
            payment: Some(payment.id),
            receipt: Some(number.to_owned()),
            method: payment.method,
            currency: payment.currency,
            amount,
            loss: 0,
            cause,
            reason: None,
            overridden: false,
            state: RefundState::Processing,
            lines: Vec::new(),
            created_at: self.now,
            ended_at: None,
        };
        self.book(tenant).refunds.insert(id, refund);
        Ok(())
    }

    pub(super) fn pay_later(&mut self, tenant: Tenant, c: &PayLater, got: &Got) -> Step {
        let payment = self.payment(tenant, c.payment)?;
        if payment.method != PayMethod::Test {
            return refuse("not_found");
        }
        if c.seconds > 86_400 {
            return refuse("invalid");
        }
        let told = answer::<PayLater>(got)?;
        let notice = TestNotice {
            id: told.id,
            tenant,
            payment: payment.id,
            order: payment.order(),
            currency: payment.currency,
            amount: Some(payment.amount),
            at: self.now,
        };
        same("what will be told", &notice, &*told)?;
        self.book(tenant).notices.push(notice);
        Ok(())
    }

    fn payment(&mut self, tenant: Tenant, id: PaymentId) -> Step<Payment> {
        let found = self.book(tenant).payments.get(&id);
        found.cloned().map_or_else(|| refuse("not_found"), Ok)
    }

    /// Moves money between the merchant's own accounts.
    fn shift(&mut self, payment: &Payment, from: AccountKind, to: AccountKind, amount: i64) {
        let (currency, units) = (payment.currency, units(amount, payment.currency));
        self.shift_units(payment.tenant, from, to, currency, units);
    }

    /// The same in ledger units.
    pub(super) fn shift_units(
        &mut self,
        tenant: Tenant,
        from: AccountKind,
        to: AccountKind,
        currency: Currency,
        units: i64,
    ) {
        let own = &mut self.book(tenant).own;
        *own.entry((from, currency)).or_default() -= units;
        *own.entry((to, currency)).or_default() += units;
    }
}

/// Why money that comes for a recharge goes back; none when the wallet gets it.
fn no_recharge(payment: &Payment, amount: i64) -> Option<RefundCause> {
    match payment.state {
        PaymentState::Succeeded => Some(RefundCause::PaidTwice),
        _ if amount < payment.amount => Some(RefundCause::Underpaid),
        PaymentState::Closed | PaymentState::Returned => Some(RefundCause::NoGoods),
        _ => None,
    }
}

/// Minor units as ledger units.
pub fn units(amount: i64, currency: Currency) -> i64 {
    ledger(Money::new(amount, currency)).unwrap_or(0)
}

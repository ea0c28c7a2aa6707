//! The test channel: what it can do with a payment, and the book of what it will do later.
//!
//! It stands in for a payment provider. What it does at once it tells at once, before anybody is answered, and
//! when that does not come through nothing was paid. What it does later is a row with work behind it, and is told
//! until we have taken it in.

use super::{PayMethod, Payment, PaymentState};
use crate::work::{Work, WorkKey, WorkKind};
use crate::{Context, Needs, Outcome, Refusal, World};
use kernel::limits::TEST_PAY_AFTER_SECONDS_MAX;
use kernel::{Currency, Mode, NoticeId, OrderId, PaymentId, Tenant, Timestamp};

/// The first attempt to tell is the caller's own; work takes over when it does not come through.
const TELL_AGAIN_US: i64 = 5_000_000;

/// What the test channel can do at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestAction {
    /// Pay what is due.
    Pay,
    /// Refuse.
    Fail,
    /// Pay what is due two times.
    PayTwice,
    /// Pay one minor unit less.
    Underpay,
    /// Pay one minor unit more.
    Overpay,
}

impl TestAction {
    /// What it pays, in minor units, a notice each; none for a refusal. A payment that ended can be paid again:
    /// providers do that, too. Order of checks: the payment is the test channel's, the action can be done.
    pub fn amounts(self, payment: &Payment) -> Result<Vec<Option<i64>>, Refusal> {
        check(payment)?;
        let due = payment.amount;
        match self {
            Self::Pay => Ok(vec![Some(due)]),
            Self::PayTwice => Ok(vec![Some(due), Some(due)]),
            Self::Underpay if due <= 1 => {
                Err(Refusal::invalid("action", "there is nothing less than one minor unit"))
            }
            Self::Underpay => Ok(vec![Some(due - 1)]),
            Self::Overpay => Ok(vec![Some(due + 1)]),
            Self::Fail if payment.state == PaymentState::Succeeded => {
                let detail = "the payment has succeeded";
                Err(Refusal::WrongState { code: "payment_state", detail })
            }
            Self::Fail => Ok(vec![None]),
        }
    }
}

/// Makes the test channel pay what is due some seconds later.
#[derive(Debug, Clone, Copy)]
pub struct PayLater {
    /// Which payment.
    pub payment: PaymentId,
    /// How much later.
    pub seconds: u32,
}

/// What the test channel has to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestNotice {
    /// Its id, which is also the number of the transaction.
    pub id: NoticeId,
    /// In whose book.
    pub tenant: Tenant,
    /// Of which payment.
    pub payment: PaymentId,
    /// Of which order.
    pub order: OrderId,
    /// The currency of its amount.
    pub currency: Currency,
    /// What was paid, in minor units; none when it was refused.
    pub amount: Option<i64>,
    /// When the channel did it.
    pub at: Timestamp,
}

impl PayLater {
    /// The payment.
    pub fn needs(&self, tenant: Tenant, needs: &mut Needs) {
        needs.payments.insert((tenant, self.payment));
    }

    /// Order of checks: the payment exists and is the test channel's, the time.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let tenant = ctx.origin.tenant;
        let found = world.payments.get(&(tenant, self.payment));
        let payment = found.ok_or(Refusal::NotFound("payment"))?;
        check(payment)?;
        if self.seconds > TEST_PAY_AFTER_SECONDS_MAX {
            return Err(Refusal::invalid("seconds", "send 0 to 86400"));
        }
        let id = NoticeId((ctx.draw)());
        let from = ctx.now.plus_micros(i64::from(self.seconds) * 1_000_000);
        let again = if self.seconds > 0 { from } else { from.plus_micros(TELL_AGAIN_US) };
        let notice = TestNotice::of(payment, id, Some(payment.amount), ctx.now);
        world.work.insert(telling(tenant, id), Work::due(again));
        world.new_notices.push(notice.clone());
        Ok(Outcome::Notice(Box::new(notice)))
    }
}

/// Only payments of the test channel, which there are in test mode alone.
fn check(payment: &Payment) -> Result<(), Refusal> {
    let is_test = payment.method == PayMethod::Test && payment.tenant.mode() == Mode::Test;
    if is_test { Ok(()) } else { Err(Refusal::NotFound("payment")) }
}

impl TestNotice {
    /// A notice of a payment.
    pub fn of(payment: &Payment, id: NoticeId, amount: Option<i64>, at: Timestamp) -> Self {
        Self {
            id,
            tenant: payment.tenant,
            payment: payment.id,
            order: payment.order,
            currency: payment.currency,
            amount,
            at,
        }
    }
}

/// A notice that was taken in is not told again, in the same commit.
pub fn told(method: PayMethod, tenant: Tenant, number: &str, world: &mut World) {
    if let Some(key) = telling_of(method, tenant, number) {
        world.work.remove(&key);
    }
}

/// The work that [`told`] ends.
pub fn needs_of_told(method: PayMethod, tenant: Tenant, number: &str, needs: &mut Needs) {
    needs.work.extend(telling_of(method, tenant, number));
}

fn telling_of(method: PayMethod, tenant: Tenant, number: &str) -> Option<WorkKey> {
    let id = NoticeId::parse(number).ok().filter(|_| method == PayMethod::Test)?;
    Some(telling(tenant, id))
}

fn telling(tenant: Tenant, id: NoticeId) -> WorkKey {
    WorkKey { kind: WorkKind::SendNotice, tenant, subject: id.0 }
}

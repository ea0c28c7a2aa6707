//! The test channel's own books: what it was told to do, and what it has to tell us.
//!
//! It stands in for a payment provider, so what it does is durable before it tells anything: a notice is
//! a row with work behind it, and is told until we have taken it in.

use super::{PayMethod, PaymentState};
use crate::work::{Work, WorkKey, WorkKind};
use crate::{Context, Needs, Outcome, Refusal, World};
use kernel::limits::TEST_PAY_AFTER_SECONDS_MAX;
use kernel::{Currency, Mode, NoticeId, OrderId, PaymentId, Tenant, Timestamp};

/// The first attempt to tell is the caller's own; work takes over when it does not come through.
const TELL_AGAIN_US: i64 = 5_000_000;

/// Makes the test channel do something with a payment.
#[derive(Debug, Clone, Copy)]
pub struct DriveTestChannel {
    /// Which payment.
    pub payment: PaymentId,
    /// What.
    pub action: TestAction,
}

/// What the test channel can do.
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
    /// Pay what is due so many seconds later.
    PayAfter(u32),
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

impl DriveTestChannel {
    /// The payment.
    pub fn needs(&self, tenant: Tenant, needs: &mut Needs) {
        needs.payments.insert((tenant, self.payment));
    }

    /// Order of checks: test mode, the payment exists and is the test channel's, the action can be done. A
    /// payment that ended can be paid again: providers do that, too.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let tenant = ctx.origin.tenant;
        let found = world.payments.get(&(tenant, self.payment));
        let of_test = found.filter(|p| p.method == PayMethod::Test && tenant.mode() == Mode::Test);
        let payment = of_test.ok_or(Refusal::NotFound("payment"))?.clone();
        let due = payment.amount;
        let (amounts, wait): (Vec<Option<i64>>, i64) = match self.action {
            TestAction::Pay => (vec![Some(due)], 0),
            TestAction::PayTwice => (vec![Some(due), Some(due)], 0),
            TestAction::Underpay => (vec![Some(due - 1).filter(|less| *less > 0)], 0),
            TestAction::Overpay => (vec![Some(due + 1)], 0),
            TestAction::PayAfter(seconds) if seconds > TEST_PAY_AFTER_SECONDS_MAX => {
                return Err(Refusal::invalid("seconds", "send 0 to 86400"));
            }
            TestAction::PayAfter(seconds) => (vec![Some(due)], i64::from(seconds) * 1_000_000),
            TestAction::Fail if payment.state == PaymentState::Succeeded => {
                let detail = "the payment has succeeded";
                return Err(Refusal::WrongState { code: "payment_state", detail });
            }
            TestAction::Fail => (vec![None], 0),
        };
        if self.action == TestAction::Underpay && amounts == [None] {
            return Err(Refusal::invalid("action", "there is nothing less than one minor unit"));
        }

        let mut notices = Vec::with_capacity(amounts.len());
        for amount in amounts {
            let id = NoticeId((ctx.draw)());
            let from = ctx.now.plus_micros(wait);
            let again = if wait > 0 { from } else { from.plus_micros(TELL_AGAIN_US) };
            world.work.insert(telling(tenant, id), Work::due(again));
            world.new_notices.push(TestNotice {
                id,
                tenant,
                payment: payment.id,
                order: payment.order,
                currency: payment.currency,
                amount,
                at: ctx.now,
            });
            notices.push((id, from));
        }
        Ok(Outcome::Notices(notices))
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

//! The test channel: what it can do with a payment, and the book of what it will do later.
//!
//! It stands in for a payment provider. What it does at once it tells at once, before anybody is answered, and
//! when that does not come through nothing was paid. What it does later is a row with work behind it, and is told
//! until we have taken it in.

use super::{PayMethod, Payment, PaymentState};
use crate::outcome::Answer;
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::limits::TEST_PAY_AFTER_SECONDS_MAX;
use kernel::{Currency, Mode, Money, NoticeId, OrderId, PaymentId, Tenant, Timestamp};

/// The first attempt to tell is the caller's own; work takes over when it does not come through.
const TELL_AGAIN_US: i64 = 5_000_000;

/// What is due for a payment: what the test channel, as any provider, is told when it is begun. Where the payment
/// stands is not in it, so nothing can be decided by a state that was remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The tenant of the book.
    pub tenant: Tenant,
    /// The payment.
    pub payment: PaymentId,
    /// The order; none of a recharge.
    pub order: Option<OrderId>,
    /// The currency of its amount.
    pub currency: Currency,
    /// What is to be paid, in minor units.
    pub amount: i64,
}

impl Due {
    /// Of a payment of the test channel, which there are in test mode alone; none of any other.
    pub fn of(payment: &Payment) -> Option<Self> {
        let is_test = payment.method == PayMethod::Test && payment.tenant.mode() == Mode::Test;
        is_test.then_some(Self {
            tenant: payment.tenant,
            payment: payment.id,
            order: payment.order(),
            currency: payment.currency,
            amount: payment.amount,
        })
    }

    /// Its key among the begun ones.
    pub fn key(&self) -> (Tenant, PaymentId) {
        (self.tenant, self.payment)
    }

    /// What is to be paid.
    pub fn money(&self) -> Money {
        Money::new(self.amount, self.currency)
    }
}

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
    /// What it pays, in minor units; none for a refusal. A payment that ended can be paid again: providers do
    /// that, too.
    pub fn amount(self, due: &Due) -> Result<Option<i64>, Refusal> {
        match self {
            Self::Pay | Self::PayTwice => Ok(Some(due.amount)),
            Self::Underpay if due.amount <= 1 => {
                Err(Refusal::invalid("action", "there is nothing less than one minor unit"))
            }
            Self::Underpay => Ok(Some(due.amount - 1)),
            Self::Overpay => Ok(Some(due.amount + 1)),
            Self::Fail => Ok(None),
        }
    }

    /// How many transactions it makes, a notice each.
    pub fn times(self) -> u128 {
        if self == Self::PayTwice { 2 } else { 1 }
    }

    /// Whether the action could be done, by the payment as its notices left it. Failing changes nothing of a payment
    /// that has succeeded, and no payment succeeds by failing.
    pub fn check_done(self, payment: &Payment) -> Result<(), Refusal> {
        if self == Self::Fail && payment.state == PaymentState::Succeeded {
            let detail = "the payment has succeeded";
            return Err(Refusal::WrongState { code: "payment_state", detail });
        }
        Ok(())
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
    /// The tenant of the book.
    pub tenant: Tenant,
    /// The payment.
    pub payment: PaymentId,
    /// The order; none of a recharge.
    pub order: Option<OrderId>,
    /// The currency of its amount.
    pub currency: Currency,
    /// What was paid, in minor units; none when it was refused.
    pub amount: Option<i64>,
    /// When the channel did it.
    pub at: Timestamp,
}

impl Answer for TestNotice {}

impl Verb for PayLater {
    type Answer = Box<TestNotice>;

    /// The payment.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.payment.payments.insert((tenant, self.payment));
    }

    /// Order of checks: the payment exists and is the test channel's, the time.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let found = world.payment.payments.get(&(tenant, self.payment));
        let due = found.and_then(Due::of).ok_or(Refusal::NotFound("payment"))?;
        if self.seconds > TEST_PAY_AFTER_SECONDS_MAX {
            return Err(Refusal::invalid("seconds", "send 0 to 86400"));
        }
        let id = NoticeId((ctx.draw)());
        let from = ctx.now.plus_micros(i64::from(self.seconds) * 1_000_000);
        let again = if self.seconds > 0 { from } else { from.plus_micros(TELL_AGAIN_US) };
        let notice = TestNotice::of(&due, id, Some(due.amount), ctx.now);
        world.work.insert(telling(tenant, id), Work::due(again));
        world.payment.new_notices.push(notice.clone());
        Ok(Box::new(notice))
    }
}

impl TestNotice {
    /// A notice of what happened to what is due.
    pub fn of(due: &Due, id: NoticeId, amount: Option<i64>, at: Timestamp) -> Self {
        Self {
            id,
            tenant: due.tenant,
            payment: due.payment,
            order: due.order,
            currency: due.currency,
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
    needs.work.keys.extend(telling_of(method, tenant, number));
}

fn telling_of(method: PayMethod, tenant: Tenant, number: &str) -> Option<WorkKey> {
    let id = NoticeId::parse(number).ok().filter(|_| method == PayMethod::Test)?;
    Some(telling(tenant, id))
}

fn telling(tenant: Tenant, id: NoticeId) -> WorkKey {
    WorkKey { kind: WorkKind::SendNotice, tenant, subject: id.0 }
}

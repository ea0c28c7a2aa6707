//! What was said to a channel and what it said, masked, as it is shown beside a payment.

use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::id::first_at;
use kernel::limits::EXCHANGES_KEPT_DAYS;
use kernel::{Id16, PaymentId, Tenant, Timestamp};

/// An exchange that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptExchange {
    /// The tenant of the book.
    pub tenant: Tenant,
    /// The payment that it is about.
    pub payment: PaymentId,
    /// Ordered by time.
    pub id: Id16,
    /// The exchange, as JSON, masked.
    pub data: String,
}

/// Keeps exchanges about a payment. They are no facts: nothing is decided by them.
#[derive(Debug, Clone)]
pub struct KeepExchanges {
    /// The payment.
    pub payment: PaymentId,
    /// Exchanges as JSON, masked, oldest first.
    pub exchanges: Vec<String>,
}

impl Verb for KeepExchanges {
    type Answer = ();

    /// The payment.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.payment.payments.insert((at.tenant, self.payment));
    }

    /// The payment exists.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let (tenant, payment) = (ctx.origin.tenant, self.payment);
        world.payment.payments.get(&(tenant, payment)).ok_or(Refusal::NotFound("payment"))?;
        for data in self.exchanges {
            let id = (ctx.draw)();
            world.payment.new_exchanges.push(KeptExchange { tenant, payment, id, data });
        }
        Ok(())
    }
}

/// Lets a slice of the exchanges go that were kept long enough, of whatever book.
#[derive(Debug, Clone, Copy)]
pub struct ForgetExchanges;

impl ForgetExchanges {
    /// The id before which they go.
    pub fn before(now: Timestamp) -> Id16 {
        first_at(now.plus_days(-EXCHANGES_KEPT_DAYS))
    }
}

impl Verb for ForgetExchanges {
    type Answer = ();

    /// Never refuses.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        world.payment.exchanges_gone = Some(Self::before(ctx.now));
        Ok(())
    }
}

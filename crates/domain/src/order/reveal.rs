//! Show the codes of an order again. Recorded before anything is opened.

use crate::{Context, Fact, Needs, Outcome, Refusal, World};
use kernel::{OrderId, Tenant};

/// Records that a caller sees an order's codes.
#[derive(Debug, Clone)]
pub struct RevealCodes {
    /// Which order.
    pub order: OrderId,
}

impl RevealCodes {
    /// The order.
    pub fn needs(&self, tenant: Tenant, needs: &mut Needs) {
        needs.orders.insert((tenant, self.order));
    }

    /// Order of checks: the order exists.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let key = (ctx.origin.tenant, self.order);
        world.orders.get(&key).ok_or(Refusal::NotFound("order"))?;
        world.record(ctx, self.order.0, Fact::CodesRevealed { order: self.order });
        Ok(Outcome::Order(self.order))
    }
}

//! Show what a buyer answered with an order. Recorded with the reason before anything is opened.

use super::require;
use crate::people::fact::OrderUnmasked;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::OrderId;

/// Records that somebody sees what came with an order.
#[derive(Debug, Clone)]
pub struct UnmaskOrder {
    /// Which order.
    pub order: OrderId,
    /// Why.
    pub reason: String,
}

impl Verb for UnmaskOrder {
    type Answer = ();

    /// The order.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.order.orders.insert((at.tenant, self.order));
    }

    /// Order of checks: the order exists.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        require(world, ctx.origin.tenant, self.order)?;
        let fact = OrderUnmasked { order: self.order, reason: self.reason };
        world.record(ctx, self.order.0, fact);
        Ok(())
    }
}

//! Set the timer of an order anew that was placed in a future which the clock was taken back from.

use super::{Line, require, reserve};
use crate::order::fact::OrderRetimed;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::OrderId;

/// Lets an order that waits for money wait as long as it was to, from now on.
#[derive(Debug, Clone, Copy)]
pub struct RetimeOrder {
    /// Which order.
    pub order: OrderId,
}

impl Verb for RetimeOrder {
    type Answer = ();

    /// The order and its timer.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.order.orders.insert((tenant, self.order));
        needs.work.keys.insert(reserve::timer(tenant, self.order));
    }

    /// Order of checks: the order exists. One that waits no more, or that was not placed in the future, is left
    /// alone, but for a lease of the future, which ends.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let (mut order, lines) = require(world, ctx.origin.tenant, self.order)?;
        let timer = reserve::timer(order.tenant, order.id);
        if let Some(work) = world.work.change(&timer) {
            work.end_lease_of_future(ctx.now);
        }
        let Some(until) = order.expires_at.filter(|_| order.created_at > ctx.now) else {
            return Ok(());
        };
        let until = ctx.now.plus_micros(until.0 - order.created_at.0);
        order.expires_at = Some(until);
        if let Some(work) = world.work.change(&timer) {
            work.due_at = until;
        }
        world.order.save_order(order.clone());
        let subject = order.id.0;
        let lines = lines.iter().map(Line::fact).collect();
        world.record(ctx, subject, OrderRetimed { order, lines });
        Ok(())
    }
}

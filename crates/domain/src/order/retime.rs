//! Set the timer of an order anew that was placed in a future which the clock was taken back from.

use super::close::found;
use super::{Line, reserve};
use crate::fact::order::OrderRetimed;
use crate::{Context, Fact, Needs, Outcome, Refusal, World};
use kernel::{OrderId, Tenant};

/// Lets an order that waits for money wait as long as it was to, from now on.
#[derive(Debug, Clone, Copy)]
pub struct RetimeOrder {
    /// Which order.
    pub order: OrderId,
}

impl RetimeOrder {
    /// The order and its timer.
    pub fn needs(&self, tenant: Tenant, needs: &mut Needs) {
        needs.orders.insert((tenant, self.order));
        needs.work.insert(reserve::timer(tenant, self.order));
    }

    /// Order of checks: the order exists. One that waits no more, or that was not placed in the future, is left
    /// alone, but for a lease of the future, which ends.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let (mut order, lines) = found(world, ctx.origin.tenant, self.order)?;
        let timer = reserve::timer(order.tenant, order.id);
        if let Some(work) = world.work.change(&timer) {
            work.end_lease_of_future(ctx.now);
        }
        let Some(until) = order.expires_at.filter(|_| order.created_at > ctx.now) else {
            return Ok(Outcome::Done);
        };
        let until = ctx.now.plus_micros(until.0 - order.created_at.0);
        order.expires_at = Some(until);
        if let Some(work) = world.work.change(&timer) {
            work.due_at = until;
        }
        world.save_order(order.clone());
        let subject = order.id.0;
        let lines = lines.iter().map(Line::fact).collect();
        world.record(ctx, subject, Fact::OrderRetimed(OrderRetimed { order, lines }));
        Ok(Outcome::Done)
    }
}

//! Close an order that is not paid: somebody cancels it, or its time is over.

use super::answer::Placed;
use super::{Closed, Line, Order, require, reserve};
use crate::order::fact::OrderClosed;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{OrderId, Timestamp};

/// Cancels an order that waits for money.
#[derive(Debug, Clone, Copy)]
pub struct CancelOrder {
    /// Which order.
    pub order: OrderId,
}

/// Closes an order whose time is over.
#[derive(Debug, Clone, Copy)]
pub struct ExpireOrder {
    /// Which order.
    pub order: OrderId,
}

impl Verb for CancelOrder {
    type Answer = Box<Placed>;

    /// The order, and what it keeps.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs_of(self.order, at, needs);
    }

    /// Order of checks: the order exists and waits for money.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let (order, lines) = require(world, ctx.origin.tenant, self.order)?;
        check_waits(&order)?;
        let order = close(world, ctx, order, &lines, Closed::Cancelled);
        Ok(Box::new(Placed { order, lines }))
    }
}

impl Verb for ExpireOrder {
    type Answer = ();

    /// The order, and what it keeps.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs_of(self.order, at, needs);
        needs.work.keys.insert(reserve::timer(tenant, self.order));
    }

    /// Order of checks: the order exists. A timer that rings early, or for an order that waits no more,
    /// changes nothing.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let (order, lines) = require(world, ctx.origin.tenant, self.order)?;
        match order.expires_at {
            Some(until) if ctx.now >= until => {
                close(world, ctx, order, &lines, Closed::Expired);
            }
            Some(until) => {
                if let Some(work) = world.work.change(&reserve::timer(order.tenant, order.id)) {
                    work.due_at = until;
                    work.lease_until = Timestamp(0);
                }
            }
            None => world.work.remove(&reserve::timer(order.tenant, order.id)),
        }
        Ok(())
    }
}

/// Closes an order that waits; its stock and limits are free again.
pub fn close(
    world: &mut World,
    ctx: &mut Context<'_>,
    mut order: Order,
    lines: &[Line],
    reason: Closed,
) -> Order {
    let released = reserve::release(world, &order, lines);
    order.expires_at = None;
    order.closed = Some(reason);
    world.order.save_order(order.clone());
    let fact = OrderClosed {
        order: order.clone(),
        lines: lines.iter().map(Line::fact).collect(),
        released,
    };
    world.record(ctx, order.id.0, fact);
    reserve::sweep(world, ctx, &order, lines);
    order
}

/// An order that must wait for money.
pub fn check_waits(order: &Order) -> Result<(), Refusal> {
    let detail = match order.closed {
        None if order.waits() => return Ok(()),
        None => "the order is paid",
        Some(Closed::Cancelled) => "the order was cancelled",
        Some(Closed::Expired) => "the order was not paid in time",
        Some(Closed::SoldOut) => "the order was closed because its codes are gone",
    };
    Err(Refusal::WrongState { code: "order_state", detail })
}

fn needs_of(id: OrderId, at: &At<'_>, needs: &mut Needs) {
    let At { tenant, world, .. } = *at;
    needs.order.orders.insert((tenant, id));
    if let Ok((order, lines)) = require(world, tenant, id)
        && order.waits()
    {
        reserve::needs(&order, &lines, at, needs);
    }
}

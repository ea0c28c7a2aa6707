//! Keep an order's pieces while it waits for money: one hold a line, and a timer that ends the wait.
//!
//! A guest's line that is above what may be held without money has no hold: its pieces are taken from what is free
//! when the money comes. Pieces that come back are looked at in the same command: what crossed its date meanwhile
//! leaves stock before anybody is offered it.

use super::{Line, Order, deliver, limit, terms_at_sale};
use crate::inventory::expire_codes;
use crate::ledger::transfer::free;
use crate::ledger::{Hold, HoldState, hold};
use crate::order::fact::HeldFact;
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Needs, World};
use kernel::{HoldId, OrderId, Tenant, Timestamp};

/// The timer that closes an order.
pub fn timer(tenant: Tenant, order: OrderId) -> WorkKey {
    WorkKey { kind: WorkKind::ExpireOrder, tenant, subject: order.0 }
}

/// Everything that an order's end of waiting touches: holds, stock with what crossed its date, counters with the
/// terms that they counted by, timer.
pub fn needs(order: &Order, lines: &[Line], at: &At<'_>, needs: &mut Needs) {
    let tenant = order.tenant;
    terms_at_sale::needs(lines, at, needs);
    for line in lines {
        if !deliver::is_stocked(at.world, tenant, line.sku) {
            continue;
        }
        needs.ledger.account(deliver::accounts(tenant, line.sku).0);
        if order.waits() {
            expire_codes::needs_of_sweep(line.sku, at, needs);
        }
        if let Some(id) = line.hold.filter(|_| order.waits()) {
            needs.ledger.hold(tenant, id);
        }
    }
    limit::needs_of_lines(order, lines, needs);
    limit::needs_of_unpaid(tenant, Some(order.buyer), order.visit, needs);
    needs.work.keys.insert(timer(tenant, order.id));
}

/// Holds the pieces of every line that may be held, counts the order as unpaid and sets its timer.
pub fn hold(
    world: &mut World,
    ctx: &mut Context<'_>,
    order: &Order,
    lines: &mut [Line],
    until: Timestamp,
) -> Vec<HeldFact> {
    let tenant = order.tenant;
    let mut held = Vec::with_capacity(lines.len());
    for line in lines {
        let (stock, issued) = deliver::accounts(tenant, line.sku);
        let (before, amount) = (free(world, &stock), i64::from(line.quantity));
        limit::count_taken(world, order, line.sku, amount);
        if !deliver::is_stocked(world, tenant, line.sku) {
            continue;
        }
        if !limit::may_hold(world, tenant, line.sku, order.visit, amount) {
            continue;
        }
        world.ledger.account_mut(&stock).held += amount;
        let hold = Hold {
            id: HoldId((ctx.draw)()),
            debit: stock,
            credit: issued,
            amount,
            posted: 0,
            state: HoldState::Pending,
            at: ctx.now,
        };
        world.ledger.holds.insert((tenant, hold.id), hold);
        line.hold = Some(hold.id);
        held.push(HeldFact { hold: hold.id, account: stock.id(), amount });
        limit::count_held(world, order, line.sku, amount);
        deliver::sound_alarm(world, ctx, tenant, line.sku, before, before - amount);
    }
    limit::count_unpaid(world, order, 1);
    world.work.insert(timer(tenant, order.id), Work::due(until));
    held
}

/// Lets the pieces go, gives the limits back and takes the timer away. The caller sweeps the lines' pools.
pub fn release(world: &mut World, order: &Order, lines: &[Line]) -> Vec<HeldFact> {
    let mut released = Vec::with_capacity(lines.len());
    for line in lines {
        let pending = line.hold.and_then(|id| world.ledger.holds.get(&(order.tenant, id))).copied();
        if let Some(pending) = pending.filter(|hold| hold.state == HoldState::Pending) {
            let ended = hold::end(world, &pending, HoldState::Voided, 0);
            released.push(held_fact(&ended));
            limit::count_held(world, order, line.sku, -ended.amount);
        }
        limit::give_back(world, order, line);
    }
    end_wait(world, order);
    released
}

/// Takes what crossed its date out of the pools that pieces came back to.
pub fn sweep(world: &mut World, ctx: &mut Context<'_>, order: &Order, lines: &[Line]) {
    for line in lines.iter().filter(|line| line.vouchers.is_empty()) {
        expire_codes::sweep(world, ctx, order.tenant, line.sku);
    }
}

/// The order no longer waits: its counters and its timer.
pub fn end_wait(world: &mut World, order: &Order) {
    limit::count_unpaid(world, order, -1);
    world.work.remove(&timer(order.tenant, order.id));
}

/// What a fact says of a hold.
pub fn held_fact(hold: &Hold) -> HeldFact {
    HeldFact { hold: hold.id, account: hold.debit.id(), amount: hold.amount }
}

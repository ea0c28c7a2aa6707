//! Limits of orders: how much one buyer may take of a SKU, and how many orders may wait for money.
//!
//! Unpaid orders hold stock, so whoever could make any number of them could lock a shop without a coin.
//! Each limit is a counter: taken when an order is placed, given back when it ends unpaid.

use super::{CounterKey, Line, Order, Visit, sold};
use crate::catalog::Sku;
use crate::{Needs, Refusal, World};
use kernel::{BuyerId, Id16, OrderId, SkuId, Tenant, limits};

/// Orders of a buyer that wait for money.
const UNPAID_BUYER: Id16 = *b"unpaid of buyer.";
/// Orders from an address that wait for money.
const UNPAID_ADDRESS: Id16 = *b"unpaid of adres.";
/// Orders from a device that wait for money.
const UNPAID_DEVICE: Id16 = *b"unpaid of devic.";
/// Attempts to pay an order.
const PAYMENTS: Id16 = *b"payments of ord.";

/// How many pieces of a SKU a buyer has taken.
pub fn per_user(tenant: Tenant, sku: SkuId, buyer: BuyerId) -> CounterKey {
    CounterKey { tenant, scope: sku.0, key: buyer.0, window: 0 }
}

/// How often somebody tried to pay an order.
pub fn payments(tenant: Tenant, order: OrderId) -> CounterKey {
    CounterKey { tenant, scope: PAYMENTS, key: order.0, window: 0 }
}

/// What a counter says.
pub fn used(world: &World, key: &CounterKey) -> i64 {
    world.counters.get(key).copied().unwrap_or(0)
}

/// Whether a buyer may have so many pieces of a SKU in one more order. `at` is the line's place.
pub fn check_sku(
    world: &World,
    tenant: Tenant,
    buyer: Option<BuyerId>,
    sku: &Sku,
    quantity: u32,
    at: usize,
) -> Result<(), Refusal> {
    let limits = sku.terms.limits;
    let exceeded = |limit: u32| {
        let field = format!("lines[{at}].quantity");
        Err(Refusal::LimitExceeded { field, limit: i64::from(limit) })
    };
    match limits.per_order {
        Some(limit) if quantity > limit => return exceeded(limit),
        _ => {}
    }
    let Some(limit) = limits.per_user else { return Ok(()) };
    let taken = buyer.map_or(0, |buyer| used(world, &per_user(tenant, sku.id, buyer)));
    if taken + i64::from(quantity) > i64::from(limit) { exceeded(limit) } else { Ok(()) }
}

/// Whether the codes of all lines fit into one order, each taken for as large as the largest that its pool took in.
pub fn check_bytes(
    world: &World,
    tenant: Tenant,
    lines: impl Iterator<Item = (SkuId, u32)>,
) -> Result<(), Refusal> {
    let mut left = limits::ORDER_CODES_BYTES_MAX;
    for (at, (sku, quantity)) in lines.enumerate() {
        let largest = world.pools.get(&(tenant, sku)).map_or(0, |pool| pool.largest);
        let fit = left / largest.max(1);
        if i64::from(quantity) > fit {
            let field = format!("lines[{at}].quantity");
            return Err(Refusal::LimitExceeded { field, limit: fit });
        }
        left -= i64::from(quantity) * largest;
    }
    Ok(())
}

/// Whether one more order may wait for money.
pub fn check_unpaid(
    world: &World,
    tenant: Tenant,
    buyer: Option<BuyerId>,
    visit: Option<Visit>,
) -> Result<(), Refusal> {
    for (key, max, field) in unpaid(tenant, buyer, visit) {
        if used(world, &key) >= max {
            return Err(Refusal::LimitExceeded { field: field.to_owned(), limit: max });
        }
    }
    Ok(())
}

/// The counters of an order that waits.
pub fn needs_of_unpaid(
    tenant: Tenant,
    buyer: Option<BuyerId>,
    visit: Option<Visit>,
    needs: &mut Needs,
) {
    needs.counters.extend(unpaid(tenant, buyer, visit).map(|(key, _, _)| key));
}

/// The counters that the lines of an order may move.
pub fn needs_of_lines(order: &Order, lines: &[Line], needs: &mut Needs) {
    let of_line = |line: &Line| per_user(order.tenant, line.sku, order.buyer);
    needs.counters.extend(lines.iter().map(of_line));
}

/// One more (1) or one fewer (-1) order waits.
pub fn count_unpaid(world: &mut World, order: &Order, by: i64) {
    for (key, _, _) in unpaid(order.tenant, Some(order.buyer), order.visit) {
        *world.counter_mut(key) += by;
    }
}

/// Pieces of a SKU with a limit were taken.
pub fn count_taken(world: &mut World, order: &Order, sku: SkuId, pieces: i64) {
    let terms = world.catalog.sku(order.tenant, sku).map(|(_, sku)| &sku.terms);
    if terms.is_some_and(|terms| terms.limits.per_user.is_some()) {
        *world.counter_mut(per_user(order.tenant, sku, order.buyer)) += pieces;
    }
}

/// What a line took of a limit when it was placed is given back. A limit that came later never counted it.
pub fn give_back(world: &mut World, order: &Order, line: &Line) {
    let terms = sold::terms(world, order.tenant, line);
    if terms.is_some_and(|terms| terms.limits.per_user.is_some()) {
        let key = per_user(order.tenant, line.sku, order.buyer);
        *world.counter_mut(key) -= i64::from(line.quantity);
    }
}

fn unpaid(
    tenant: Tenant,
    buyer: Option<BuyerId>,
    visit: Option<Visit>,
) -> impl Iterator<Item = (CounterKey, i64, &'static str)> {
    let counter = move |scope, key| CounterKey { tenant, scope, key, window: 0 };
    let buyer = buyer
        .map(|b| (counter(UNPAID_BUYER, b.0), limits::UNPAID_ORDERS_BUYER_MAX, "unpaid_orders"));
    let visit = visit.into_iter().flat_map(move |visit| {
        let (address, device) = (visit.address, visit.device);
        [
            (counter(UNPAID_ADDRESS, address), limits::UNPAID_ORDERS_ADDRESS_MAX, "unpaid_orders"),
            (counter(UNPAID_DEVICE, device), limits::UNPAID_ORDERS_DEVICE_MAX, "unpaid_orders"),
        ]
    });
    buyer.into_iter().chain(visit)
}

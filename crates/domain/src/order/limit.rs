//! Limits of orders: how much one buyer may take of a SKU, how many orders may wait for money, and how many pieces
//! guests may hold without money.
//!
//! Unpaid orders hold stock, so whoever could make any number of them could lock a shop without a coin.
//! Each limit is a counter: taken when an order is placed, given back when it ends unpaid. An order that is above
//! the pieces that may be held is not refused: it waits without a hold.

use super::{CounterKey, Line, Order, Visit, deliver, terms_at_sale};
use crate::catalog::Sku;
use crate::{Needs, Refusal, World};
use kernel::{BuyerId, Id16, OrderId, SkuId, Tenant, Timestamp, limits};

/// Orders of a buyer that wait for money.
const UNPAID_BUYER: Id16 = *b"unpaid of buyer.";
/// Orders from an address that wait for money.
const UNPAID_ADDRESS: Id16 = *b"unpaid of adres.";
/// Orders from a device that wait for money.
const UNPAID_DEVICE: Id16 = *b"unpaid of devic.";
/// Attempts to pay an order.
const PAYMENTS: Id16 = *b"payments of ord.";

/// Times that the link of an order is given out.
const LINKS: Id16 = *b"links of orders.";
/// An hour in microseconds.
const HOUR_US: i64 = 3_600_000_000;

/// Pieces of a SKU that a device holds without money.
const HELD_DEVICE: Id16 = *b"held by devices.";
/// Pieces of a SKU that an address holds without money.
const HELD_ADDRESS: Id16 = *b"held by adresses";
/// Pieces of a SKU that all guests hold without money.
const HELD_GUESTS: Id16 = *b"held by guests..";

/// Whose pieces a limit counts: the person behind a phone or an e-mail that a product asked for, else the buyer.
pub fn who(buyer: Option<BuyerId>, visit: Option<Visit>) -> Option<Id16> {
    visit.and_then(|visit| visit.person).or(buyer.map(|buyer| buyer.0))
}

/// How many pieces of a SKU somebody has taken.
pub fn per_user(tenant: Tenant, sku: SkuId, who: Id16) -> CounterKey {
    CounterKey { tenant, scope: sku.0, key: who, window: 0 }
}

fn of_order(order: &Order, sku: SkuId) -> CounterKey {
    per_user(order.tenant, sku, who(Some(order.buyer), order.visit).unwrap_or(order.buyer.0))
}

/// How often somebody tried to pay an order.
pub fn payments(tenant: Tenant, order: OrderId) -> CounterKey {
    CounterKey { tenant, scope: PAYMENTS, key: order.0, window: 0 }
}

/// How often the link of an order was given out in the hour of a time.
pub fn links(tenant: Tenant, order: OrderId, at: Timestamp) -> CounterKey {
    CounterKey { tenant, scope: LINKS, key: order.0, window: at.0.div_euclid(HOUR_US) }
}

/// What a counter says.
pub fn used(world: &World, key: &CounterKey) -> i64 {
    world.order.counters.get(key).copied().unwrap_or(0)
}

/// Whether somebody may have so many pieces of a SKU in one more order. `at` is the line's place.
pub fn check_sku(
    world: &World,
    tenant: Tenant,
    who: Option<Id16>,
    sku: &Sku,
    quantity: u32,
    at: usize,
) -> Result<(), Refusal> {
    let limits = sku.terms.limits;
    let exceeded = |limit: u32| {
        let field = format!("lines[{at}].quantity");
        Err(Refusal::LimitExceeded { field, limit: i64::from(limit) })
    };
    match sku.terms.per_order() {
        Some(limit) if quantity > limit => return exceeded(limit),
        _ => {}
    }
    let Some(limit) = limits.per_user else { return Ok(()) };
    let taken = who.map_or(0, |who| used(world, &per_user(tenant, sku.id, who)));
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
        let largest = world.inventory.pools.get(&(tenant, sku)).map_or(0, |pool| pool.largest);
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
    needs.order.counters.extend(unpaid(tenant, buyer, visit).map(|(key, _, _)| key));
}

/// The counters that the lines of an order may move.
pub fn needs_of_lines(order: &Order, lines: &[Line], needs: &mut Needs) {
    needs.order.counters.extend(lines.iter().map(|line| of_order(order, line.sku)));
    for line in lines {
        needs_of_held(order.tenant, line.sku, order.visit, needs);
    }
}

/// The counters of pieces that a guest may hold; none for callers with a key.
pub fn needs_of_held(tenant: Tenant, sku: SkuId, visit: Option<Visit>, needs: &mut Needs) {
    needs.order.counters.extend(visit.into_iter().flat_map(|visit| held(tenant, sku, visit)));
}

/// Whether so many more pieces of a SKU may be held without money. A caller with a key may hold any number; guests
/// together at most half of what is in stock, so that whoever has money finds the other half.
pub fn may_hold(
    world: &World,
    tenant: Tenant,
    sku: SkuId,
    visit: Option<Visit>,
    pieces: i64,
) -> bool {
    let Some(visit) = visit else { return true };
    let own = world.config.sku(tenant, sku).map(|(_, sku)| sku.terms.limits).unwrap_or_default();
    let (stock, _) = deliver::accounts(tenant, sku);
    let stock =
        world.ledger.accounts.get(&(tenant, stock.id())).map_or(0, |account| account.balance);
    let all = own.held_by_guests.map_or((stock / 2).max(1), i64::from);
    let max = [
        own.held_per_browser.unwrap_or(limits::HELD_PIECES_BROWSER_MAX).into(),
        own.held_per_address.unwrap_or(limits::HELD_PIECES_ADDRESS_MAX).into(),
        all,
    ];
    let keys = held(tenant, sku, visit).into_iter();
    keys.zip(max).all(|(key, max)| used(world, &key) + pieces <= max)
}

/// So many more (or fewer) pieces of a SKU are held for a guest's order. Orders from before these counters never
/// counted, so none falls below zero.
pub fn count_held(world: &mut World, order: &Order, sku: SkuId, by: i64) {
    for key in order.visit.into_iter().flat_map(|visit| held(order.tenant, sku, visit)) {
        let held = world.order.counter_mut(key);
        *held = (*held + by).max(0);
    }
}

/// Pieces of a SKU that a guest holds: his device, his address, all guests.
fn held(tenant: Tenant, sku: SkuId, visit: Visit) -> [CounterKey; 3] {
    let key = |scope, key| CounterKey { tenant, scope, key, window: 0 };
    [
        key(HELD_DEVICE, both(sku, visit.device)),
        key(HELD_ADDRESS, both(sku, visit.address)),
        key(HELD_GUESTS, sku.0),
    ]
}

/// One key of two. Tags are keyed hashes, so nobody can make two pairs meet.
fn both(sku: SkuId, tag: Id16) -> Id16 {
    std::array::from_fn(|i| sku.0[i] ^ tag[i])
}

/// One more (1) or one fewer (-1) order waits.
pub fn count_unpaid(world: &mut World, order: &Order, by: i64) {
    for (key, _, _) in unpaid(order.tenant, Some(order.buyer), order.visit) {
        *world.order.counter_mut(key) += by;
    }
}

/// Pieces of a SKU with a limit were taken.
pub fn count_taken(world: &mut World, order: &Order, sku: SkuId, pieces: i64) {
    let terms = world.config.sku(order.tenant, sku).map(|(_, sku)| &sku.terms);
    if terms.is_some_and(|terms| terms.limits.per_user.is_some()) {
        *world.order.counter_mut(of_order(order, sku)) += pieces;
    }
}

/// What a line took of a limit when it was placed is given back. A limit that came later never counted it.
pub fn give_back(world: &mut World, order: &Order, line: &Line) {
    let terms = terms_at_sale::terms(world, order.tenant, line);
    if terms.is_some_and(|terms| terms.limits.per_user.is_some()) {
        *world.order.counter_mut(of_order(order, line.sku)) -= i64::from(line.quantity);
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

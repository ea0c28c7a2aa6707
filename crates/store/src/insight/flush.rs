//! Writes what facts say of orders, and how far the journals were followed.

use crate::seam::{Calls, Value};
use domain::insight::OrderKey;
use domain::insight::sales::{Sale, SaleKey};
use domain::insight::told::Told;
use domain::insight::world::Rows;
use kernel::Tenant;

/// Writes what was told. Nothing follows a book twice in a batch, so no key is told in two ways.
pub(crate) fn write<'w>(insight: &'w Rows, calls: &mut Calls<'w>) {
    for (tenant, told) in &insight.told {
        book(tenant, told, calls);
    }
    let (added, changed) = (insight.followed.added(), insight.followed.changed());
    let followed = added.into_iter().chain(changed);
    let rows = followed.map(|(tenant, seq)| [Value::bytes(tenant.bytes()), Value::Int(*seq)]);
    calls.write_all(&super::sql::UPSERT_FOLLOWED, rows.collect());
}

fn book<'w>(tenant: &'w Tenant, told: &'w Told, calls: &mut Calls<'w>) {
    let keys = |there: bool| -> Vec<_> {
        let keys = told.keys.iter().filter(|(_, now)| **now == there);
        keys.map(|(key, _)| order_key(tenant, key)).collect()
    };
    calls.execute_rows(&super::sql::DELETE_ORDER_KEYS, keys(false));
    calls.execute_rows(&super::sql::INSERT_ORDER_KEYS, keys(true));
    let facts = told.facts.iter().map(|(order, seq)| {
        [Value::bytes(tenant.bytes()), Value::bytes(&order.0), Value::Int(*seq)]
    });
    calls.write_all(&super::sql::INSERT_ORDER_FACTS, facts.collect());
    let counts = told.sales.counts.iter().map(|(key, sale)| count(tenant, key, sale));
    calls.write_all(&super::sql::ADD_TO_SALES, counts.collect());
    let earned = told.sales.earned.iter().map(|((batch, currency), earned)| {
        [
            Value::bytes(tenant.bytes()),
            Value::bytes(&batch.0),
            Value::Int(currency.number()),
            Value::Int(earned.sold),
            Value::Int(earned.returned),
            Value::Int(earned.gross),
            Value::Int(earned.refunded),
        ]
    });
    calls.write_all(&super::sql::ADD_TO_BATCH_SALES, earned.collect());
}

fn count<'w>(
    tenant: &'w Tenant,
    (cut, slot, sku, channel, currency): &'w SaleKey,
    sale: &Sale,
) -> [Value<'w>; 15] {
    [
        Value::bytes(tenant.bytes()),
        Value::Int(*cut as i64),
        Value::Int(*slot),
        Value::bytes(sku),
        Value::Int(*channel as i64),
        Value::Int(currency.number()),
        Value::Int(sale.placed),
        Value::Int(sale.closed),
        Value::Int(sale.orders),
        Value::Int(sale.pieces),
        Value::Int(sale.returned),
        Value::Int(sale.gross),
        Value::Int(sale.refunded),
        Value::Int(sale.cost),
        Value::Int(sale.uncosted),
    ]
}

fn order_key<'w>(tenant: &'w Tenant, (name, value, order): &'w OrderKey) -> [Value<'w>; 4] {
    [
        Value::bytes(tenant.bytes()),
        Value::Int(*name as i64),
        Value::bytes(value),
        Value::bytes(&order.0),
    ]
}

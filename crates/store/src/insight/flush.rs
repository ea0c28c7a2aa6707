//! Writes what facts say of orders, and how far the journals were followed.

use crate::seam::{Calls, Value};
use domain::insight::OrderKey;
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
    let sums = told.sums.iter().map(|((slot, name, currency), amount)| {
        [
            Value::bytes(tenant.bytes()),
            Value::Int(*slot),
            Value::Int(*name as i64),
            Value::Int(*currency),
            Value::Int(*amount),
        ]
    });
    calls.write_all(&super::sql::ADD_TO_SUMS, sums.collect());
    let sold = told.sold.iter().map(|((sku, day), pieces)| {
        let (tenant, sku) = (Value::bytes(tenant.bytes()), Value::bytes(&sku.0));
        [tenant, sku, Value::Int(*day), Value::Int(*pieces)]
    });
    calls.write_all(&super::sql::ADD_TO_SOLD, sold.collect());
}

fn order_key<'w>(tenant: &'w Tenant, (name, value, order): &'w OrderKey) -> [Value<'w>; 4] {
    [
        Value::bytes(tenant.bytes()),
        Value::Int(*name as i64),
        Value::bytes(value),
        Value::bytes(&order.0),
    ]
}

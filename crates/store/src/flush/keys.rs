//! Idempotency records and buyers: unique claims that must all be written.

use super::catalog;
use crate::seam::{Calls, Value};
use crate::sql;
use domain::World;

/// Writes what is new.
pub(super) fn write<'w>(world: &'w World, calls: &mut Calls<'w>) {
    if world.idempotency.rotate {
        catalog::rotate(world, calls);
    }
    let rows: Vec<_> = world
        .idempotency
        .records
        .added()
        .into_iter()
        .map(|(key, record)| {
            [
                Value::bytes(key),
                Value::bytes(&record.fingerprint),
                Value::Int(record.outcome.kind as i64),
                Value::bytes(&record.outcome.subject),
                Value::Int(record.outcome.version),
            ]
        })
        .collect();
    let statement = if world.idempotency.generation.number & 1 == 0 {
        &sql::INSERT_IDEMPOTENCY_0
    } else {
        &sql::INSERT_IDEMPOTENCY_1
    };
    calls.write_all(statement, rows);

    let rows: Vec<_> = world
        .identity
        .buyers
        .added()
        .into_iter()
        .map(|((tenant, tag), buyer)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(tag),
                Value::bytes(&buyer.id.0),
                Value::bytes(&buyer.sealed),
                Value::Int(buyer.created_at.0),
            ]
        })
        .collect();
    calls.write_all(&sql::INSERT_BUYERS, rows);
}

//! Writes idempotency records.

use crate::config::lock::GENERATION;
use crate::seam::{Calls, Value};
use domain::idempotency::world::Rows;

/// Starts a new generation of idempotency records: the table that it will use is emptied, and its table of before.
pub(crate) fn rotate<'w>(idempotency: &'w Rows, calls: &mut Calls<'w>) {
    let generation = idempotency.generation;
    let emptied = if generation.number & 1 == 0 {
        [&super::sql::TRUNCATE_IDEMPOTENCY_0, &super::sql::TRUNCATE_IDEMPOTENCY_0_BEFORE]
    } else {
        [&super::sql::TRUNCATE_IDEMPOTENCY_1, &super::sql::TRUNCATE_IDEMPOTENCY_1_BEFORE]
    };
    emptied.into_iter().for_each(|statement| calls.execute(statement, Vec::new()));
    let row =
        [Value::bytes(&GENERATION), Value::Int(generation.number), Value::Int(generation.since.0)];
    calls.write_all(&crate::config::sql::UPDATE_VERSIONS, vec![row]);
}

/// The records of the generation in force; the older one is dropped first where it is time.
pub(crate) fn records<'w>(idempotency: &'w Rows, calls: &mut Calls<'w>) {
    if idempotency.rotate {
        rotate(idempotency, calls);
    }
    let rows: Vec<_> = idempotency
        .records
        .added()
        .into_iter()
        .map(|((tenant, key), record)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(key),
                Value::bytes(&record.fingerprint),
                Value::Int(record.outcome.kind as i64),
                Value::bytes(&record.outcome.subject),
                Value::Int(record.outcome.version),
            ]
        })
        .collect();
    let statement = if idempotency.generation.number & 1 == 0 {
        &super::sql::INSERT_IDEMPOTENCY_0
    } else {
        &super::sql::INSERT_IDEMPOTENCY_1
    };
    calls.write_all(statement, rows);
}

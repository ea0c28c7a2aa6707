//! Writes work.

use crate::seam::{Calls, Value};
use domain::work::world::Rows;
use domain::work::{Work, WorkKey};

/// Writes what changed.
pub(crate) fn write<'w>(work: &'w Rows, calls: &mut Calls<'w>) {
    let added: Vec<_> = work.added().into_iter().map(row).collect();
    calls.write_all(&super::sql::INSERT_WORK, added);
    let changed: Vec<_> = work.changed().into_iter().map(row).collect();
    calls.write_all(&super::sql::UPDATE_WORK, changed);
    let rows: Vec<_> = work
        .removed()
        .into_iter()
        .map(|key| {
            let tenant = Value::bytes(key.tenant.bytes());
            [Value::Int(key.kind as i64), tenant, Value::bytes(&key.subject)]
        })
        .collect();
    calls.execute_rows(&super::sql::DELETE_WORK, rows);
}

fn row<'a>((key, work): (&'a WorkKey, &'a Work)) -> [Value<'a>; 6] {
    [
        Value::Int(key.kind as i64),
        Value::bytes(key.tenant.bytes()),
        Value::bytes(&key.subject),
        Value::Int(work.due_at.0),
        Value::Int(work.lease_until.0),
        Value::Int(work.attempts),
    ]
}

//! Writes devices of stores.

use crate::seam::{Calls, Value};
use domain::till::world::Rows;

pub(crate) fn write<'w>(rows: &'w Rows, calls: &mut Calls<'w>) {
    let added = rows.devices.added().into_iter().map(|(_, d)| {
        [
            Value::bytes(d.tenant.bytes()),
            Value::bytes(&d.id.0),
            Value::bytes(&d.store.0),
            Value::text(&d.name),
            Value::Int(d.state as i64),
            Value::bytes(&d.tag),
            Value::Int(d.code_until.0),
            Value::maybe_int(d.paired_at.map(|at| at.0)),
            Value::Int(i64::from(d.tries)),
            Value::Int(d.unlocked_until.0),
            Value::Int(d.created_at.0),
        ]
    });
    calls.write_all(&super::sql::INSERT_DEVICES, added.collect());
    let changed = rows.devices.changed().into_iter().map(|(_, d)| {
        [
            Value::bytes(d.tenant.bytes()),
            Value::bytes(&d.id.0),
            Value::Int(d.state as i64),
            Value::maybe_int(d.paired_at.map(|at| at.0)),
            Value::Int(i64::from(d.tries)),
            Value::Int(d.unlocked_until.0),
        ]
    });
    calls.write_all(&super::sql::UPDATE_DEVICES, changed.collect());
}

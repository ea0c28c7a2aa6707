//! Writes anchors.

use super::rows;
use crate::seam::{Calls, Value};
use domain::anchor::world::Rows;

/// Writes what changed.
pub(crate) fn write<'w>(anchor: &'w Rows, calls: &mut Calls<'w>) {
    let added = anchor.anchors.added().into_iter().map(|(tenant, to)| rows::values(tenant, to));
    calls.write_all(&super::sql::INSERT_ANCHORS, added.collect());
    let changed = anchor.anchors.changed().into_iter().map(|(tenant, to)| rows::values(tenant, to));
    calls.write_all(&super::sql::UPDATE_ANCHORS, changed.collect());
    for (_, all) in anchor.all.changed() {
        let numbers = [all.books, all.checkpoint, all.at].map(Value::Int);
        let params = numbers.into_iter().chain([Value::bytes(&all.digest)]).collect();
        calls.execute(&super::sql::UPDATE_ANCHORING, params);
    }
    let leaves = anchor.leaves.iter().map(|(tenant, seq, checkpoint)| {
        [Value::bytes(tenant.bytes()), Value::Int(*seq), Value::Int(*checkpoint)]
    });
    calls.write_all(&super::sql::INSERT_LEAVES, leaves.collect());
}

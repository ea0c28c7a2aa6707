//! The journal: its one head row moves on, then the facts take the numbers below it.

use super::json;
use crate::seam::{Calls, Value};
use crate::{Error, sql};
use domain::fact::Record;

/// Appends facts, as the last thing that a transaction does.
pub(crate) fn append<'w>(records: &'w [Record], calls: &mut Calls<'w>) -> Result<(), Error> {
    let count = records.len() as i64;
    if count == 0 {
        return Ok(());
    }
    calls.execute(&sql::ADVANCE_JOURNAL, vec![Value::Int(count)]);
    let mut rows = Vec::with_capacity(records.len());
    for (record, back) in records.iter().zip((0..count).rev()) {
        rows.push([
            Value::Int(back),
            Value::bytes(record.origin.tenant.bytes()),
            Value::Int(record.at.0),
            Value::bytes(&record.origin.request.0),
            Value::maybe_bytes(record.origin.actor.as_ref().map(|key| &key.0[..])),
            Value::text(record.fact.kind()),
            Value::Int(1),
            Value::bytes(&record.subject),
            json(&record.fact)?,
        ]);
    }
    calls.write_all(&sql::INSERT_JOURNAL, rows);
    Ok(())
}

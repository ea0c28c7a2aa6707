//! Writes the journal.

use crate::Error;
use crate::flush::json;
use crate::seam::{Calls, Value};
use domain::fact::Record;

/// Appends facts, as the last thing that a transaction does.
pub(crate) fn append<'w>(records: &'w [Record], calls: &mut Calls<'w>) -> Result<(), Error> {
    let count = records.len() as i64;
    if count == 0 {
        return Ok(());
    }
    let at = records.iter().map(|record| record.at.0).max().unwrap_or_default();
    let advance = vec![Value::Int(count), Value::Int(at), Value::Int(at)];
    calls.execute(&super::sql::ADVANCE_JOURNAL, advance);
    let mut rows = Vec::with_capacity(records.len());
    for (record, back) in records.iter().zip((0..count).rev()) {
        let kind = record.fact.kind();
        rows.push([
            Value::Int(back),
            Value::bytes(record.origin.tenant.bytes()),
            Value::bytes(&record.origin.request.0),
            Value::maybe_bytes(record.origin.actor.as_ref().map(|key| &key.0[..])),
            Value::text(kind.name),
            Value::Int(kind.v),
            Value::bytes(&record.subject),
            json(&record.fact)?,
        ]);
    }
    calls.write_all(&super::sql::INSERT_JOURNAL, rows);
    Ok(())
}

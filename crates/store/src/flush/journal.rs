//! The journal: numbers from its one head row, then the facts.

use crate::seam::{Conn, Value};
use crate::{Error, sql};
use domain::fact::Record;

/// Appends facts, as the last thing that a transaction does.
pub(crate) async fn append(conn: &mut Conn, records: &[Record]) -> Result<(), Error> {
    let count = records.len() as i64;
    if count == 0 {
        return Ok(());
    }
    let mut data = Vec::with_capacity(records.len());
    for record in records {
        data.push(serde_json::to_string(&record.fact).map_err(|_| Error::Corrupt("a fact"))?);
    }
    let head = conn.fetch(&sql::ADVANCE_JOURNAL, &[Value::Int(count)]).await?;
    let last = head.first().ok_or(Error::Corrupt("the journal has no head"))?.int(0)?;
    let rows: Vec<_> = records
        .iter()
        .zip(&data)
        .enumerate()
        .map(|(i, (r, data))| {
            [
                Value::Int(last - count + 1 + i as i64),
                Value::bytes(r.origin.tenant.bytes()),
                Value::Int(r.at.0),
                Value::bytes(&r.origin.request.0),
                Value::maybe_bytes(r.origin.actor.as_ref().map(|key| &key.0[..])),
                Value::text(r.fact.kind()),
                Value::Int(1),
                Value::bytes(&r.subject),
                Value::text(data),
            ]
        })
        .collect();
    conn.write_all(&sql::INSERT_JOURNAL, &rows).await
}

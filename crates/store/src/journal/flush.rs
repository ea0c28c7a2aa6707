//! Writes the journal.

use crate::Error;
use crate::resource::rows::actor;
use crate::rows::json;
use crate::seam::{Calls, Value};
use domain::fact::Record;
use kernel::Tenant;
use std::collections::BTreeMap;

/// Appends facts to their books, as the last thing that a transaction does. The heads are locked in the order of their
/// tenants.
pub(crate) fn append<'w>(records: &'w [Record], calls: &mut Calls<'w>) -> Result<(), Error> {
    let mut heads: BTreeMap<Tenant, (i64, i64)> = BTreeMap::new();
    for record in records {
        let (count, at) = heads.entry(record.origin.tenant).or_default();
        (*count, *at) = (*count + 1, record.at.0.max(*at));
    }
    let advance = heads.iter().map(|(tenant, (count, at))| {
        [Value::copy(tenant.bytes()), Value::Int(*count), Value::Int(*at)]
    });
    calls.write_all(&super::sql::ADVANCE_JOURNAL, advance.collect());
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let tenant = &record.origin.tenant;
        let back = heads.entry(*tenant).or_default();
        back.0 -= 1;
        let kind = record.fact.kind();
        rows.push([
            Value::bytes(tenant.bytes()),
            Value::Int(back.0),
            Value::bytes(&record.origin.request.0),
            actor(record.origin.actor),
            Value::text(kind.name),
            Value::Int(kind.v),
            Value::bytes(&record.subject),
            json(&record.fact)?,
        ]);
    }
    calls.write_all(&super::sql::INSERT_JOURNAL, rows);
    Ok(())
}

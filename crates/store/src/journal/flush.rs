//! Writes the journal.

use crate::Error;
use crate::anchor::prover::{Prover, address};
use crate::resource::rows::actor;
use crate::seam::{Calls, Type, Value};
use domain::anchor::MacKey;
use domain::fact::Record;
use kernel::Tenant;
use std::collections::BTreeMap;

/// Appends facts to their books, as the last thing that a transaction does. The heads are locked in the order of their
/// tenants. The last fact of each book carries the proof of all that go there.
pub(crate) fn append<'w>(
    records: &'w [Record],
    prover: &mut Prover,
    key: MacKey<'_>,
    calls: &mut Calls<'w>,
) -> Result<(), Error> {
    let texts = records.iter().map(text).collect::<Result<Vec<_>, _>>()?;
    let proofs = prover.prove(records, &texts, key);
    let advance = proofs.iter().map(|(tenant, proof)| {
        let (count, at) = (Value::Int(i64::from(proof.count)), Value::Int(proof.at));
        [Value::copy(tenant.bytes()), count, at]
    });
    calls.write_all(&super::sql::ADVANCE_JOURNAL, advance.collect());
    let mut left: BTreeMap<Tenant, u32> =
        proofs.iter().map(|(tenant, proof)| (*tenant, proof.count)).collect();
    let mut rows = Vec::with_capacity(records.len());
    for (record, (address, text)) in records.iter().zip(texts) {
        let tenant = &record.origin.tenant;
        let left = left.entry(*tenant).or_default();
        *left = left.saturating_sub(1);
        let proof = proofs.get(tenant).filter(|_| *left == 0);
        let kind = record.fact.kind();
        rows.push([
            Value::bytes(tenant.bytes()),
            Value::Int(i64::from(*left)),
            Value::bytes(&record.origin.request.0),
            actor(record.origin.actor),
            Value::text(kind.name),
            Value::Int(kind.v),
            Value::bytes(&record.subject),
            Value::Text(text.into()),
            maybe_owned(address),
            maybe_owned(proof.map(|proof| proof.to_bytes())),
        ]);
    }
    calls.write_all(&super::sql::INSERT_JOURNAL, rows);
    Ok(())
}

/// The address and the text of a fact as they are stored.
fn text(record: &Record) -> Result<(Option<Vec<u8>>, String), Error> {
    let text = serde_json::to_string(&record.fact);
    Ok((address(record), text.map_err(|_| Error::Corrupt("a fact that cannot be written"))?))
}

fn maybe_owned(bytes: Option<Vec<u8>>) -> Value<'static> {
    bytes.map_or(Value::Null(Type::Blob), |bytes| Value::Blob(bytes.into()))
}

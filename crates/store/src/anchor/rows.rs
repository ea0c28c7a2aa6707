//! Rows of the chain as values, and values as rows.

use crate::Error;
use crate::seam::{Row, Value};
use domain::anchor::Anchor;
use domain::anchor::proof;
use domain::anchor::walk::Stored;
use domain::anchor::world::Anchoring;
use kernel::Tenant;

/// `seq, before, at, chain, key, mac` from a column on. An anchor that was never moved has no digests yet.
pub(crate) fn anchor(row: &Row, from: usize) -> Result<Anchor, Error> {
    let key = u32::try_from(row.int(from + 4)?);
    Ok(Anchor {
        seq: row.int(from)?,
        before: row.int(from + 1)?,
        at: row.int(from + 2)?,
        chain: digest(row, from + 3)?,
        key: key.map_err(|_| Error::Corrupt("the key of an anchor"))?,
        mac: digest(row, from + 5)?,
    })
}

/// `origin, books, checkpoint, at, digest`
pub(crate) fn anchoring(row: &Row) -> Result<Anchoring, Error> {
    Ok(Anchoring {
        origin: row.int(0)?,
        books: row.int(1)?,
        checkpoint: row.int(2)?,
        at: row.int(3)?,
        digest: digest(row, 4)?,
    })
}

/// `seq, at, request, actor, address, kind, v, subject, data, before, proof` from a column on.
pub(crate) fn stored(row: &Row, from: usize) -> Result<Stored<'_>, Error> {
    let id = |at: usize| {
        let bytes = row.maybe_bytes(from + at)?;
        let id = bytes.map(|bytes| bytes.try_into().map_err(|_| Error::Corrupt("an id")));
        id.transpose()
    };
    let there = |id: Option<_>| id.ok_or(Error::Corrupt("an id is missing"));
    Ok(Stored {
        seq: row.int(from)?,
        at: row.int(from + 1)?,
        before: row.maybe_int(from + 9)?,
        proof: row.maybe_bytes(from + 10)?,
        row: proof::Row {
            request: there(id(2)?)?,
            actor: row.maybe_bytes(from + 3)?,
            address: row.maybe_bytes(from + 4)?,
            kind: row.text(from + 5)?,
            v: row.int(from + 6)?,
            subject: there(id(7)?)?,
            data: row.text(from + 8)?,
        },
    })
}

/// What the store writes of an anchor.
pub(crate) fn values<'a>(tenant: &'a Tenant, anchor: &'a Anchor) -> [Value<'a>; 7] {
    [
        Value::bytes(tenant.bytes()),
        Value::Int(anchor.seq),
        Value::Int(anchor.before),
        Value::Int(anchor.at),
        Value::bytes(&anchor.chain),
        Value::Int(i64::from(anchor.key)),
        Value::bytes(&anchor.mac),
    ]
}

fn digest(row: &Row, at: usize) -> Result<proof::Digest, Error> {
    if row.bytes(at)?.is_empty() { Ok([0; 32]) } else { row.array(at) }
}

//! Resources in all their versions: each row is what the journal tells.

use super::digests::digest;
use crate::Error;
use crate::resource::sql::{VERIFY_ROWS_PAGE, VERIFY_VERSIONS_PAGE};
use crate::resource::verify::name;
use crate::seam::{Conn, Row, Value};
use crate::verify::finding::Finding;
use domain::fold::Folded;
use kernel::{Id16, Tenant};
use std::collections::HashMap;

/// Rows of a page.
const ROWS: i64 = 2000;

/// A resource in a version, or (version 0) as it is now.
type Key = (Tenant, (i64, Id16), i64);

/// What the journal tells of resources.
#[derive(Default)]
pub(super) struct Digests(HashMap<Key, u64>);

impl Digests {
    /// Takes the resources that were just folded. The newest word on each is what it is now.
    pub(super) fn take(&mut self, folded: &mut Folded) -> Result<(), Error> {
        while let Some(((tenant, at), row)) = folded.resources.pop_first() {
            let told = digest(&row)?;
            self.0.insert((tenant, at, row.version), told);
            self.0.insert((tenant, at, 0), told);
        }
        Ok(())
    }
}

/// Walks resources and their versions; each must be as told, and all that was told of must be there.
pub(super) async fn compare(
    conn: &mut Conn,
    Digests(mut told): Digests,
    finding: &mut Finding,
) -> Result<(), Error> {
    let mut after = (vec![], i64::MIN, vec![]);
    loop {
        let (tenant, kind, id) = &after;
        let from = [Value::bytes(tenant), Value::Int(*kind), Value::bytes(id), Value::Int(ROWS)];
        let found = conn.fetch(&VERIFY_ROWS_PAGE, &from).await?;
        let Some(last) = found.last() else { break };
        after = (last.bytes(0)?.to_vec(), last.int(1)?, last.bytes(2)?.to_vec());
        found.iter().for_each(|row| check(row, |_| 0, &mut told, finding));
    }
    let mut after = (vec![], i64::MIN, vec![], 0);
    loop {
        let (tenant, kind, id, version) = &after;
        let key = [Value::bytes(tenant), Value::Int(*kind), Value::bytes(id), Value::Int(*version)];
        let from = [&key[..], &[Value::Int(ROWS)]].concat();
        let found = conn.fetch(&VERIFY_VERSIONS_PAGE, &from).await?;
        let Some(last) = found.last() else { break };
        after = (last.bytes(0)?.to_vec(), last.int(1)?, last.bytes(2)?.to_vec(), last.int(3)?);
        found.iter().for_each(|row| check(row, |version| version, &mut told, finding));
    }
    let mut missing: Vec<_> = told.into_keys().collect();
    missing.sort_unstable();
    for (_, (kind, id), _) in missing {
        finding.wrong("is told of and not there", || name(kind, &id));
    }
    Ok(())
}

fn check(
    row: &Row,
    version: impl Fn(i64) -> i64,
    told: &mut HashMap<Key, u64>,
    finding: &mut Finding,
) {
    let stored = crate::resource::rows::resource(row)
        .and_then(|stored| Ok((row.tenant(0)?, digest(&stored)?, stored)));
    match stored {
        Ok((tenant, digest, stored)) => {
            let key = (tenant, (stored.kind, stored.id), version(stored.version));
            if told.remove(&key) != Some(digest) {
                let of = || name(stored.kind, &stored.id);
                finding.wrong("is not what the journal tells", of);
            }
        }
        Err(_) => finding.wrong("cannot be read", || {
            name(row.int(1).unwrap_or(0), row.bytes(2).unwrap_or_default())
        }),
    }
}

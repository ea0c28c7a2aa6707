//! Resources in all their versions: each row is what the journal tells.

use super::digests::digest;
use crate::Error;
use crate::resource::sql::{VERIFY_ROWS_PAGE, VERIFY_VERSIONS_PAGE};
use crate::resource::verify::name;
use crate::seam::{self, Conn, Value};
use crate::verify::finding::Finding;
use domain::fold::Folded;
use domain::resource::Row;
use kernel::{Id16, Tenant, Timestamp};
use std::collections::HashMap;

/// Rows of a page.
const ROWS: i64 = 2000;

/// A resource in a version, or (version 0) as it is now.
type Key = (Tenant, (i64, Id16), i64);

/// What the journal tells of resources.
#[derive(Default)]
pub(super) struct Digests {
    rows: HashMap<Key, u64>,
    /// Of rows whose times no fact tells.
    timeless: HashMap<Key, u64>,
}

impl Digests {
    /// Takes the resources that were just folded. The newest word on each is what it is now.
    pub(super) fn take(&mut self, folded: &mut Folded) -> Result<(), Error> {
        while let Some(((tenant, at), row)) = folded.resources.pop_first() {
            let told = digest(&row)?;
            self.rows.insert((tenant, at, row.version), told);
            self.rows.insert((tenant, at, 0), told);
        }
        Ok(())
    }

    /// Takes what became a resource in its last version.
    pub(super) fn brought_over(&mut self, folded: &Folded) -> Result<(), Error> {
        for (tenant, row) in &folded.styles_before {
            let (at, told) = ((row.kind, row.id), digest(row)?);
            self.timeless.insert((*tenant, at, row.version), told);
            if !self.rows.contains_key(&(*tenant, at, 0)) {
                self.timeless.insert((*tenant, at, 0), told);
            }
        }
        Ok(())
    }

    /// Whether a row is as told; what was asked for is told no more.
    fn tells(&mut self, key: Key, stored: Row) -> Result<bool, Error> {
        if let Some(told) = self.rows.remove(&key) {
            return Ok(told == digest(&stored)?);
        }
        let timeless = Row { created_at: Timestamp(0), edited_at: Timestamp(0), ..stored };
        Ok(self.timeless.remove(&key) == Some(digest(&timeless)?))
    }
}

/// Walks resources and their versions; each must be as told, and all that was told of must be there.
pub(super) async fn compare(
    conn: &mut Conn,
    mut told: Digests,
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
    let mut missing: Vec<_> = told.rows.into_keys().chain(told.timeless.into_keys()).collect();
    missing.sort_unstable();
    for (_, (kind, id), _) in missing {
        finding.wrong("is told of and not there", || name(kind, &id));
    }
    Ok(())
}

fn check(row: &seam::Row, version: impl Fn(i64) -> i64, told: &mut Digests, finding: &mut Finding) {
    let stored = crate::resource::rows::resource(row);
    let checked = stored.and_then(|stored| {
        let (kind, id) = (stored.kind, stored.id);
        let key = (row.tenant(0)?, (kind, id), version(stored.version));
        Ok((kind, id, told.tells(key, stored)?))
    });
    match checked {
        Ok((_, _, true)) => {}
        Ok((kind, id, false)) => finding.wrong("is not what the journal tells", || name(kind, &id)),
        Err(_) => finding.wrong("cannot be read", || {
            name(row.int(1).unwrap_or(0), row.bytes(2).unwrap_or_default())
        }),
    }
}

//! Resources of a batch: what it needs, what was loaded, what its commands changed.

use super::{PictureFile, Row};
use crate::Table;
use crate::context::Actor;
use kernel::{Id16, Tenant};
use std::collections::{BTreeMap, BTreeSet};

/// A kind of one book.
pub type HeadKey = (Tenant, i64);
/// A resource: book, kind and id.
pub type RowKey = (Tenant, i64, Id16);
/// A value of a unique key: book, kind, name and value.
pub type ClaimKey = (Tenant, i64, &'static str, Vec<u8>);
/// A key of one resource: book, kind, name, value and id.
pub type KeyRow = (Tenant, i64, &'static str, Vec<u8>, Id16);

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// How many resources there are of a kind. The row is the lock of its kind in its book.
    pub heads: Table<HeadKey, i64>,
    /// Resources.
    pub rows: Table<RowKey, Row>,
    /// Who has a value of a unique key.
    pub claims: Table<ClaimKey, Id16>,
    /// Who refers to a resource without being archived: kind, field and id of the first few.
    pub referrers: BTreeMap<RowKey, BTreeSet<(i64, &'static str, Id16)>>,
    /// Keys that came (1) and went (-1).
    pub keys: BTreeMap<KeyRow, i8>,
    /// Every version that came to be, with who asked.
    pub versions: Vec<(Tenant, Row, Option<Actor>)>,
    /// Secrets that were set, by resource and field; none for one that was taken away.
    pub secrets: BTreeMap<(RowKey, &'static str), Option<Vec<u8>>>,
    /// Pictures likewise.
    pub pictures: BTreeMap<(RowKey, &'static str), Option<PictureFile>>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Kinds, under their locks.
    pub heads: BTreeSet<HeadKey>,
    /// Resources.
    pub rows: BTreeSet<RowKey>,
    /// Values of unique keys.
    pub claims: BTreeSet<ClaimKey>,
    /// Resources whose referrers matter.
    pub referrers: BTreeSet<RowKey>,
}

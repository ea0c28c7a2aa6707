//! Anchors of a batch: what it needs, what was loaded, what its commands changed.

use super::Anchor;
use super::proof::Digest;
use crate::Table;
use kernel::Tenant;
use std::collections::BTreeSet;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Anchors by book.
    pub anchors: Table<Tenant, Anchor>,
    /// The one row about all books.
    pub all: Table<(), Anchoring>,
    /// Books as they are in a new checkpoint: up to which fact, and which checkpoint that is.
    pub leaves: Vec<(Tenant, i64, i64)>,
}

/// How far all books are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchoring {
    /// The time of the newest fact that was there before facts were proven; 0 when none was.
    pub origin: i64,
    /// How many books have anchors.
    pub books: i64,
    /// The number of the newest checkpoint; 0 for none.
    pub checkpoint: i64,
    /// When it was made or, while there is none, when the first book was anchored; 0 before that.
    pub at: i64,
    /// The digest by which the next one names it; zeros for none.
    pub digest: Digest,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Books whose anchors move.
    pub anchors: BTreeSet<Tenant>,
    /// Whether the row about all books is read.
    pub all: bool,
}

//! Idempotency records of a batch: what it needs, what was loaded, what its commands changed.

use super::{Generation, Idempotent};
use crate::Table;
use kernel::{Id16, Tenant};
use std::collections::BTreeSet;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// The generation of idempotency records.
    pub generation: Generation,
    /// Idempotency records by key.
    pub records: Table<(Tenant, Id16), Idempotent>,
    /// Whether the older idempotency records go.
    pub rotate: bool,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// The generation of idempotency records.
    pub generation: bool,
    /// Idempotency records.
    pub records: BTreeSet<(Tenant, Id16)>,
}

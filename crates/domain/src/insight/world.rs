//! What a batch needs and writes of what is told behind the journal.

use super::told::Told;
use crate::Table;
use kernel::Tenant;
use std::collections::BTreeSet;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Up to which number each book's journal was followed.
    pub followed: Table<Tenant, i64>,
    /// What the facts say, by book, in their order.
    pub told: Vec<(Tenant, Told)>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Books that are followed.
    pub followed: BTreeSet<Tenant>,
}

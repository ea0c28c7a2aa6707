//! Exports of a batch: what it needs, what was loaded, what its commands changed.

use super::Export;
use crate::Table;
use kernel::{ExportId, Tenant};
use std::collections::BTreeSet;

/// Rows of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Exports.
    pub exports: Table<(Tenant, ExportId), Export>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Exports, under their locks.
    pub exports: BTreeSet<(Tenant, ExportId)>,
}

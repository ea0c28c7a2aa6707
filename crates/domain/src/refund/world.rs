//! Refunds of a batch: what it needs, what was loaded, what its commands changed.

use super::Refund;
use crate::Table;
use kernel::{RefundId, Tenant};
use std::collections::BTreeSet;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Refunds.
    pub refunds: Table<(Tenant, RefundId), Refund>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Refunds.
    pub refunds: BTreeSet<(Tenant, RefundId)>,
}

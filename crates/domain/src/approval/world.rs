//! Approvals of a batch: what it needs, what was loaded, what its commands changed.

use super::{Approval, Part};
use crate::Table;
use kernel::{ApprovalId, Tenant};
use std::collections::{BTreeMap, BTreeSet};

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Approvals.
    pub approvals: Table<(Tenant, ApprovalId), Approval>,
    /// Sealed parts that came, and none for those that go.
    pub sealed: BTreeMap<(Tenant, ApprovalId, Part), Option<Vec<u8>>>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Approvals, under their locks.
    pub approvals: BTreeSet<(Tenant, ApprovalId)>,
}

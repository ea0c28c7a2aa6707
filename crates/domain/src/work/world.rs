//! Work of a batch.

use super::{Work, WorkKey};
use crate::Table;
use kernel::Timestamp;
use std::collections::BTreeSet;

/// Work by key.
pub type Rows = Table<WorkKey, Work>;

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Work by key.
    pub keys: BTreeSet<WorkKey>,
    /// Work that is due at a time and free, and how much of it.
    pub due: Option<(Timestamp, u32)>,
}

//! Facts about the journal itself.

use super::checkpoint::Checkpoint;
use crate::fact::FactBody;
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Anchor:
    "journal.checkpointed" 1 => JournalCheckpointed,
    "journal.exported" 1 => JournalExported,
}

/// All books were signed at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalCheckpointed {
    /// What was signed.
    pub checkpoint: Checkpoint,
}

impl FactBody for JournalCheckpointed {}

/// A part of a book was taken out, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalExported {
    /// What was asked for, as JSON.
    pub asked: String,
    /// How many facts.
    pub rows: i64,
    /// SHA-256 of what was given, in hex.
    pub sha256: String,
}

impl FactBody for JournalExported {}

//! Facts about the chain over the journal.

use super::checkpoint::Checkpoint;
use crate::fact::FactBody;
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Anchor:
    "journal.checkpointed" 1 => JournalCheckpointed,
}

/// All books were signed at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalCheckpointed {
    /// What was signed.
    pub checkpoint: Checkpoint,
}

impl FactBody for JournalCheckpointed {}

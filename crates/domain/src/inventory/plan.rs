//! What the inspection of a file found, and how it is to be read after it.

use kernel::{ImportId, Tenant};

/// An import's inspection, as JSON that only its reader understands. It names what a file holds, never a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPlan {
    /// Whose import.
    pub tenant: Tenant,
    /// The import.
    pub import: ImportId,
    /// What was understood and what is asked; none until the file was looked at.
    pub inspection: Option<String>,
    /// How every reading of the file goes; none as long as something is asked.
    pub plan: Option<String>,
}

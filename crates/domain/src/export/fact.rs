//! Facts about exports: who asked for which list, what came of it, who took the file.

use super::{ExportState, Format};
use crate::fact::FactBody;
use kernel::ExportId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::dispatch::facts! {
    Export:
    "export.requested" 1 => ExportRequested,
    "export.ended" 1 => ExportEnded,
    "export.downloaded" 1 => ExportDownloaded,
}

/// Somebody asked for a list as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRequested {
    /// The export.
    pub export: ExportId,
    /// Which list.
    pub list: String,
    /// What kind of file.
    pub format: Format,
    /// Parameters of the list.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub filter: BTreeMap<String, String>,
}

impl FactBody for ExportRequested {}

/// The file is there, or never will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportEnded {
    /// The export.
    pub export: ExportId,
    /// Which list.
    pub list: String,
    /// What came of it.
    pub state: ExportState,
    /// Rows of the file.
    pub rows: i64,
    /// Its bytes.
    pub bytes: i64,
    /// The code of what went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

impl FactBody for ExportEnded {}

/// Who asked took the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportDownloaded {
    /// The export.
    pub export: ExportId,
    /// Which list.
    pub list: String,
    /// Rows of the file.
    pub rows: i64,
}

impl FactBody for ExportDownloaded {}

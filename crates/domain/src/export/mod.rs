//! Exports (导出): lists that are written to files behind a request.
//!
//! The row says what is asked for and how far it is; its work writes the file, and later takes it away again. What the file
//! holds is read through the list's own route as the one who asked, so nothing here knows any list.

pub mod advance;
pub mod begin;
pub mod cancel;
pub mod clear;
pub mod download;
pub mod end;
pub mod fact;
pub mod request;
pub mod world;

use crate::context::Actor;
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use crate::work::{WorkKey, WorkKind};
use crate::{Refusal, World};
use kernel::{ExportId, Tenant, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::dispatch::verbs! {
    Export:
    "request_export" => request::RequestExport,
    "begin_export" => begin::BeginExport,
    "advance_export" => advance::AdvanceExport,
    "end_export" => end::EndExport,
    "cancel_export" => cancel::CancelExport,
    "clear_export" => clear::ClearExport,
    "record_download" => download::RecordDownload,
}

crate::numbered::numbered! {
    /// Where an export stands. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum ExportState {
        /// Nobody writes it yet.
        Waiting = 1,
        /// It is being written.
        Running = 2,
        /// The file is there.
        Done = 3,
        /// It cannot be written.
        Failed = 4,
        /// Who asked does not want it any more.
        Cancelled = 5,
        /// The file's time is over.
        Expired = 6,
    }
}

crate::numbered::numbered! {
    /// What kind of file.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Format {
        /// Text: UTF-8 with a byte order mark, RFC 4180.
        Csv = 1,
        /// A workbook.
        Xlsx = 2,
    }
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its id.
    pub id: ExportId,
    /// Whose list.
    pub tenant: Tenant,
    /// Who asked; the file is his alone.
    pub requester: Actor,
    /// Where it stands.
    pub state: ExportState,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// What else is known of it.
    pub told: Told,
}

/// What is asked for, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which list.
    pub list: String,
    /// What kind of file.
    pub format: Format,
    /// Parameters of the list.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub filter: BTreeMap<String, String>,
    /// Columns in their order; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Rows that are written.
    #[serde(default)]
    pub rows: i64,
    /// Who writes it: names the folder of its parts, which nobody can guess.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// When that was last known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Timestamp>,
    /// How often somebody began to write it.
    #[serde(default)]
    pub tries: i64,
    /// Parts of the file.
    #[serde(default)]
    pub parts: i64,
    /// Its bytes.
    #[serde(default)]
    pub bytes: i64,
    /// The code of what went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The same in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Until when the file is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_until: Option<Timestamp>,
}

impl Answer for Export {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Export, self.id.0))
    }
}

impl Export {
    /// Whether its file is still to be written.
    pub fn is_open(&self) -> bool {
        matches!(self.state, ExportState::Waiting | ExportState::Running)
    }

    /// Whether somebody writes it under this name.
    fn is_written_by(&self, run: &str) -> bool {
        self.state == ExportState::Running && self.told.run.as_deref() == Some(run)
    }
}

/// The work that writes an export's file, and later clears it away.
pub fn job(tenant: Tenant, export: ExportId) -> WorkKey {
    WorkKey { kind: WorkKind::WriteExport, tenant, subject: export.0 }
}

/// An export of the world.
fn require(world: &World, tenant: Tenant, id: ExportId) -> Result<Export, Refusal> {
    world.export.exports.get(&(tenant, id)).cloned().ok_or(Refusal::NotFound("export"))
}

/// The same of who asked; others have none.
fn require_own(
    world: &World,
    tenant: Tenant,
    id: ExportId,
    by: Option<Actor>,
) -> Result<Export, Refusal> {
    require(world, tenant, id).and_then(|export| {
        (Some(export.requester) == by).then_some(export).ok_or(Refusal::NotFound("export"))
    })
}

/// Keeps what changed of an export.
fn put(world: &mut World, export: Export) {
    world.export.exports.insert((export.tenant, export.id), export);
}

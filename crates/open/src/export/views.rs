//! Exports as callers see them.

use crate::file_link::{Link, Target};
use edge::wire::{self, Wire};
use kernel::Timestamp;
use kernel::limits::EXPORT_LINK_SECONDS;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use vault::Vault;

/// A list that is written to a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Export {
    /// Its id.
    pub id: wire::ExportId,
    /// Where it stands.
    pub state: wire::ExportState,
    /// Which list.
    pub list: String,
    /// What kind of file.
    pub format: wire::ExportFormat,
    /// What the list was filtered by.
    pub filter: BTreeMap<String, String>,
    /// Its columns, when only some were asked for.
    pub columns: Vec<String>,
    /// Rows that are written.
    pub rows: i64,
    /// Bytes of the file, once it is there.
    pub bytes: i64,
    /// Where the file is, for ten minutes and for who asked alone: by his cookie or his key. Read the export again for another
    /// address. Null while there is no file.
    pub file_url: Option<String>,
    /// The code of what went wrong; null unless it failed.
    pub problem: Option<String>,
    /// The same in words.
    pub detail: Option<String>,
    /// When it was asked for.
    pub created_at: wire::Time,
    /// When it ended.
    pub ended_at: Option<wire::Time>,
    /// Until when the file is kept.
    pub kept_until: Option<wire::Time>,
}

impl Export {
    /// An export at a time: its file's end may be a little late.
    pub fn of(vault: &Vault, export: &domain::export::Export, now: Timestamp) -> Self {
        use domain::export::ExportState::{Done, Expired};
        let told = &export.told;
        let is_kept = told.kept_until.is_some_and(|until| now < until);
        let state = if export.state == Done && !is_kept { Expired } else { export.state };
        let link = Link {
            tenant: export.tenant,
            to: Target::Export(export.id),
            ends_at: now.plus_micros(EXPORT_LINK_SECONDS * 1_000_000),
        };
        let file_url = (state == Done).then(|| link.path(vault, export.requester));
        Self {
            id: Wire(export.id),
            state: Wire(state),
            list: told.list.clone(),
            format: Wire(told.format),
            filter: told.filter.clone(),
            columns: told.columns.clone(),
            rows: told.rows,
            bytes: told.bytes,
            file_url,
            problem: told.problem.clone(),
            detail: told.detail.clone(),
            created_at: Wire(export.created_at),
            ended_at: told.ended_at.map(Wire),
            kept_until: told.kept_until.map(Wire),
        }
    }
}

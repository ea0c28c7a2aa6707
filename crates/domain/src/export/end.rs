//! End an export: its file is there, or cannot be written.

use super::fact::ExportEnded;
use super::{Export, ExportState, job, put, require};
use crate::work::Work;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ExportId;
use kernel::limits::EXPORT_DAYS;

/// What came of it.
#[derive(Debug, Clone)]
pub struct EndExport {
    /// Which export.
    pub export: ExportId,
    /// Who wrote it.
    pub run: String,
    /// The end.
    pub end: End,
}

/// An end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The file is there.
    Done {
        /// Its rows.
        rows: i64,
        /// Its parts.
        parts: i64,
        /// Its bytes.
        bytes: i64,
    },
    /// It cannot be written.
    Failed {
        /// The code of what went wrong.
        problem: String,
        /// The same in words.
        detail: String,
    },
}

impl Verb for EndExport {
    type Answer = ();

    /// The row and its work.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.export.exports.insert((at.tenant, self.export));
        needs.work.keys.insert(job(at.tenant, self.export));
    }

    /// Order of checks: the export exists, and is still written by who tells.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let mut export = require(world, ctx.origin.tenant, self.export)?;
        if !export.is_written_by(&self.run) {
            return Err(Refusal::Stale);
        }
        match self.end {
            End::Done { rows, parts, bytes } => {
                let told = &mut export.told;
                (told.rows, told.parts, told.bytes) = (rows, parts, bytes);
                told.kept_until = Some(ctx.now.plus_days(EXPORT_DAYS));
                conclude(world, ctx, export, ExportState::Done);
            }
            End::Failed { problem, detail } => {
                (export.told.problem, export.told.detail) = (Some(problem), Some(detail));
                conclude(world, ctx, export, ExportState::Failed);
            }
        }
        Ok(())
    }
}

/// Keeps the end, tells it, and lets what is left be cleared away in its time.
pub(super) fn conclude(
    world: &mut World,
    ctx: &Context<'_>,
    mut export: Export,
    state: ExportState,
) {
    export.state = state;
    export.told.ended_at = Some(ctx.now);
    let due = export.told.kept_until.unwrap_or(ctx.now);
    if let Some(work) = world.work.change(&job(export.tenant, export.id)) {
        *work = Work::due(due);
    }
    let fact = ExportEnded {
        export: export.id,
        list: export.told.list.clone(),
        state,
        rows: export.told.rows,
        bytes: export.told.bytes,
        problem: export.told.problem.clone(),
    };
    world.record(ctx, export.id.0, fact);
    put(world, export);
}

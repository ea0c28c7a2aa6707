//! Record that who asked takes the file, before it is given.

use super::fact::ExportDownloaded;
use super::{Export, ExportState, require_own};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ExportId;

/// He takes it.
#[derive(Debug, Clone, Copy)]
pub struct RecordDownload {
    /// Which export.
    pub export: ExportId,
}

impl Verb for RecordDownload {
    type Answer = Box<Export>;

    /// The row.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.export.exports.insert((at.tenant, self.export));
    }

    /// Order of checks: the export is the caller's, and its file is there.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let export = require_own(world, ctx.origin.tenant, self.export, ctx.origin.actor)?;
        if export.state != ExportState::Done {
            return Err(Refusal::NotFound("file"));
        }
        let (list, rows) = (export.told.list.clone(), export.told.rows);
        world.record(ctx, export.id.0, ExportDownloaded { export: export.id, list, rows });
        Ok(Box::new(export))
    }
}

//! Forget the file of an export whose time is over, or that came to nothing; its parts are gone.

use super::{ExportState, job, put, require};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ExportId;

/// Nothing is left of its file.
#[derive(Debug, Clone, Copy)]
pub struct ClearExport {
    /// Which export.
    pub export: ExportId,
}

impl Verb for ClearExport {
    type Answer = ();

    /// The row and its work.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.export.exports.insert((at.tenant, self.export));
        needs.work.keys.insert(job(at.tenant, self.export));
    }

    /// Order of checks: the export exists, and has ended.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let mut export = require(world, tenant, self.export)?;
        if export.is_open() {
            return Err(Refusal::Stale);
        }
        if export.state == ExportState::Done {
            export.state = ExportState::Expired;
            put(world, export);
        }
        world.work.remove(&job(tenant, self.export));
        Ok(())
    }
}

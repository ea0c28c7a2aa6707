//! Cancel an export that is not there yet.

use super::end::conclude;
use super::{Export, ExportState, job, require_own};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ExportId;

/// Who asked does not want it any more.
#[derive(Debug, Clone, Copy)]
pub struct CancelExport {
    /// Which export.
    pub export: ExportId,
}

impl Verb for CancelExport {
    type Answer = Box<Export>;

    /// The row and its work.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.export.exports.insert((at.tenant, self.export));
        needs.work.keys.insert(job(at.tenant, self.export));
    }

    /// Order of checks: the export is the caller's, and its file is still to be written. Cancelling twice is one.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let export = require_own(world, tenant, self.export, ctx.origin.actor)?;
        if export.is_open() {
            conclude(world, ctx, export, ExportState::Cancelled);
        } else if export.state != ExportState::Cancelled {
            let detail = "it has ended already";
            return Err(Refusal::WrongState { code: "export_state", detail });
        }
        require_own(world, tenant, self.export, ctx.origin.actor).map(Box::new)
    }
}

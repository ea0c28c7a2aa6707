//! Tell how far an export is, and go on with its lease.

use super::{job, put, require};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ExportId;

/// So much is written.
#[derive(Debug, Clone)]
pub struct AdvanceExport {
    /// Which export.
    pub export: ExportId,
    /// Who writes it.
    pub run: String,
    /// Rows that are written.
    pub rows: i64,
    /// How long the lease runs, in microseconds.
    pub lease_us: i64,
}

impl Verb for AdvanceExport {
    type Answer = ();

    /// The row and its work.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.export.exports.insert((at.tenant, self.export));
        needs.work.keys.insert(job(at.tenant, self.export));
    }

    /// Order of checks: the export exists, and is still written by who tells.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let mut export = require(world, tenant, self.export)?;
        if !export.is_written_by(&self.run) {
            return Err(Refusal::Stale);
        }
        (export.told.rows, export.told.seen_at) = (self.rows, Some(ctx.now));
        if let Some(work) = world.work.change(&job(tenant, self.export)) {
            work.lease_until = ctx.now.plus_micros(self.lease_us);
        }
        put(world, export);
        Ok(())
    }
}

//! Begin to write an export's file, from its first row: nobody else is at it.

use super::{Export, ExportState, job, put, require};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ExportId;

/// How long nothing must be heard of who wrote it before, in microseconds. It is told every second or so.
pub const SILENCE_US: i64 = 8_000_000;

/// Somebody begins.
#[derive(Debug, Clone)]
pub struct BeginExport {
    /// Which export.
    pub export: ExportId,
    /// Names the folder of its parts.
    pub run: String,
    /// How long the lease runs, in microseconds.
    pub lease_us: i64,
}

impl Verb for BeginExport {
    type Answer = Box<Export>;

    /// The row and its work.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.export.exports.insert((at.tenant, self.export));
        needs.work.keys.insert(job(at.tenant, self.export));
    }

    /// Order of checks: the export exists, is to be written, and nobody else is at it.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let mut export = require(world, tenant, self.export)?;
        let silent = export.told.seen_at.is_none_or(|at| ctx.now.0 - at.0 >= SILENCE_US);
        if !export.is_open() || (export.state == ExportState::Running && !silent) {
            return Err(Refusal::Stale);
        }
        export.state = ExportState::Running;
        let told = &mut export.told;
        (told.run, told.rows, told.seen_at) = (Some(self.run), 0, Some(ctx.now));
        told.tries += 1;
        if let Some(work) = world.work.change(&job(tenant, self.export)) {
            // It may have waited for its turn through several leases.
            work.lease_until = ctx.now.plus_micros(self.lease_us);
            work.attempts = export.told.tries;
        }
        put(world, export.clone());
        Ok(Box::new(export))
    }
}

//! Write a slice of cells that were sealed again.

use super::{Resealed, job};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::Timestamp;

/// Cells of one table, sealed again outside.
#[derive(Debug, Clone)]
pub struct ResealSlice {
    /// The cells.
    pub cells: Vec<Resealed>,
    /// The job's lease runs until this time.
    pub lease_until: Timestamp,
}

impl Verb for ResealSlice {
    type Answer = ();

    /// The fence and the job. The cells are not read: the old bytes go with the write, which falls
    /// through where they no longer stand.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.seal.oldest = true;
        needs.work.keys.insert(job());
    }

    /// Order of checks: the job is under way, every new seal is in force.
    fn decide(self, world: &mut World, _: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        if world.work.get(&job()).is_none() {
            return Err(Refusal::Stale);
        }
        for cell in &self.cells {
            world.seal.may_store(&cell.new)?;
        }
        world.seal.resealed.extend(self.cells);
        if let Some(work) = world.work.change(&job()) {
            work.lease_until = self.lease_until;
        }
        Ok(())
    }
}

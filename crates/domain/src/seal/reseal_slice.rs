//! Write a slice of cells that were sealed again.

use super::{Resealed, job};
use crate::{Context, Needs, Outcome, Refusal, World};
use kernel::Timestamp;

/// Cells of one table, sealed again outside.
#[derive(Debug, Clone)]
pub struct ResealSlice {
    /// The cells.
    pub cells: Vec<Resealed>,
    /// The job's lease runs until this time.
    pub lease_until: Timestamp,
}

impl ResealSlice {
    /// The fence and the job. The cells are not read: the old bytes go with the write, which falls
    /// through where they no longer stand.
    pub fn needs(&self, needs: &mut Needs) {
        needs.seals = true;
        needs.work.insert(job());
    }

    /// Order of checks: the job is under way, every new seal is in force.
    pub fn decide(self, world: &mut World, _: &mut Context<'_>) -> Result<Outcome, Refusal> {
        if world.work.get(&job()).is_none() {
            return Err(Refusal::Stale);
        }
        for cell in &self.cells {
            world.may_store(&cell.new)?;
        }
        world.resealed.extend(self.cells);
        if let Some(work) = world.work.change(&job()) {
            work.lease_until = self.lease_until;
        }
        Ok(Outcome::Done)
    }
}

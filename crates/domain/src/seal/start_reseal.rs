//! Start sealing everything again, if that is not under way.

use super::job;
use crate::work::Work;
use crate::{Context, Needs, Outcome, Refusal, World};

/// Time for every node to learn the new key before the old one is retired, in microseconds.
const NOTICE_US: i64 = 5_000_000;

/// Leaves the job behind.
#[derive(Debug, Clone, Copy)]
pub struct StartReseal;

impl StartReseal {
    /// The job.
    pub fn needs(&self, needs: &mut Needs) {
        needs.work.insert(job());
    }

    /// Always succeeds; a job that is there stays as it is.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        if world.work.get(&job()).is_none() {
            world.work.insert(job(), Work::due(ctx.now.plus_micros(NOTICE_US)));
        }
        Ok(Outcome::Done)
    }
}

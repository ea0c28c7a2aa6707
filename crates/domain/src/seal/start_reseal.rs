//! Start sealing everything again, if that is not under way.

use super::job;
use crate::work::Work;
use crate::{At, Context, Needs, Refusal, Verb, World};

/// Time for every node to learn the new key before the old one is retired, in microseconds.
const NOTICE_US: i64 = 5_000_000;

/// Leaves the job behind.
#[derive(Debug, Clone, Copy)]
pub struct StartReseal;

impl Verb for StartReseal {
    type Answer = ();

    /// The job.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.work.keys.insert(job());
    }

    /// Always succeeds; a job that is there stays as it is.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        if world.work.get(&job()).is_none() {
            world.work.insert(job(), Work::due(ctx.now.plus_micros(NOTICE_US)));
        }
        Ok(())
    }
}

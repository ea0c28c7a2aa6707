//! Drop the retired keys, once nothing lies under them; with that the job is done.

use super::job;
use crate::identity::operator;
use crate::{Context, Fact, Needs, Outcome, Refusal, World};

/// Ends the job that sealed everything again.
#[derive(Debug, Clone, Copy)]
pub struct DropSealKeys {
    /// The oldest key that stays.
    pub oldest: u32,
}

impl DropSealKeys {
    /// The fence and the job.
    pub fn needs(&self, needs: &mut Needs) {
        needs.seals = true;
        needs.work.insert(job());
    }

    /// Order of checks: the job is under way, the keys were retired.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let oldest = i64::from(self.oldest);
        if world.work.get(&job()).is_none() {
            return Err(Refusal::Stale);
        }
        if world.oldest_seal.is_none_or(|fence| fence < oldest) {
            return Err(Refusal::Stale);
        }
        world.drop_seals_below = Some(oldest);
        world.work.remove(&job());
        let fact = Fact::KeysDropped { oldest: self.oldest };
        world.record(ctx, operator().merchant().0, fact);
        Ok(Outcome::Done)
    }
}

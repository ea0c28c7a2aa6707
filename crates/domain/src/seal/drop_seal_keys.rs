//! Drop the retired keys, once nothing lies under them; with that the job is done.

use super::fact::KeysDropped;
use super::job;
use crate::identity::operator;
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};

/// Ends the job that sealed everything again.
#[derive(Debug, Clone, Copy)]
pub struct DropSealKeys {
    /// The oldest key that stays.
    pub oldest: u32,
}

impl Verb for DropSealKeys {
    const NATURE: Nature = Nature::Configuration;
    type Answer = ();

    /// The fence and the job.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.seal.oldest = true;
        needs.work.keys.insert(job());
    }

    /// Order of checks: the job is under way, the keys were retired.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let oldest = i64::from(self.oldest);
        if world.work.get(&job()).is_none() {
            return Err(Refusal::Stale);
        }
        if world.seal.oldest.is_none_or(|fence| fence < oldest) {
            return Err(Refusal::Stale);
        }
        world.seal.drop_below = Some(oldest);
        world.work.remove(&job());
        let fact = KeysDropped { oldest: self.oldest };
        world.record(ctx, operator().merchant().0, fact);
        Ok(())
    }
}

//! Claim work that is due: nobody else gets it while the lease runs.

use crate::outcome::Answer;
use crate::work::WorkKey;
use crate::{At, Context, Needs, Refusal, Verb, World};

/// Longest lease, in microseconds: a minute. A longer one was given by a clock that was set back since.
pub const LEASE_US_MAX: i64 = 60_000_000;

/// Takes a lease on due work.
#[derive(Debug, Clone, Copy)]
pub struct ClaimWork {
    /// How many pieces at most.
    pub limit: u32,
    /// How long the lease runs, in microseconds; [`LEASE_US_MAX`] at most.
    pub lease_us: i64,
}

impl Verb for ClaimWork {
    type Answer = Vec<WorkKey>;

    /// Work that is due and free.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { now, .. } = *at;
        needs.work.due = Some((now, self.limit));
    }

    /// Always succeeds; may claim nothing.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let mut keys: Vec<_> = world
            .work
            .rows()
            .filter(|(_, work)| work.due_at <= ctx.now && work.lease_until <= ctx.now)
            .map(|(key, work)| (work.due_at, *key))
            .collect();
        keys.sort();
        keys.truncate(self.limit as usize);
        for (_, key) in &keys {
            if let Some(work) = world.work.change(key) {
                work.lease_until = ctx.now.plus_micros(self.lease_us.min(LEASE_US_MAX));
                work.attempts += 1;
            }
        }
        Ok(keys.into_iter().map(|(_, key)| key).collect())
    }
}

/// Work that is the caller's until the lease ends.
impl Answer for Vec<WorkKey> {}

//! Claim work that is due: nobody else gets it while the lease runs.

use crate::{Context, Needs, Outcome, Refusal, World};
use kernel::Timestamp;

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

impl ClaimWork {
    /// Work that is due and free.
    pub fn needs(&self, now: Timestamp, needs: &mut Needs) {
        needs.due_work = Some((now, self.limit));
    }

    /// Always succeeds; may claim nothing.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
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
        Ok(Outcome::Claimed(keys.into_iter().map(|(_, key)| key).collect()))
    }
}

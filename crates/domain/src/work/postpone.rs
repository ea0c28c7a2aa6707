//! Give work back that did not go well: it comes again later, ever later.

use super::WorkKey;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::Timestamp;

/// Longest pause between two attempts, in microseconds: ten minutes.
pub const PAUSE_US_MAX: i64 = 600_000_000;

/// Ends a lease without success.
#[derive(Debug, Clone, Copy)]
pub struct PostponeWork {
    /// Which work.
    pub key: WorkKey,
}

impl Verb for PostponeWork {
    type Answer = ();

    /// The work.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.work.keys.insert(self.key);
    }

    /// Always succeeds; work that is gone stays gone. Pauses double from one second.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        if let Some(work) = world.work.change(&self.key) {
            let doublings = work.attempts.clamp(1, 20) - 1;
            let pause = (1_000_000_i64 << doublings).min(PAUSE_US_MAX);
            work.due_at = ctx.now.plus_micros(pause);
            work.lease_until = Timestamp(0);
        }
        Ok(())
    }
}

//! Set work anew that is due in a future which the clock was taken back from.

use super::postpone::PAUSE_US_MAX;
use super::{WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::drawn_at;

/// Lets a piece of work be due when it would have been, had the clock been right.
#[derive(Debug, Clone, Copy)]
pub struct RetimeWork {
    /// Which work.
    pub key: WorkKey,
}

impl Verb for RetimeWork {
    type Answer = ();

    /// The work.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.work.keys.insert(self.key);
    }

    /// Always succeeds. What follows a date that people gave is due on that date; leases of the future end.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let Some(mut work) = world.work.get(&self.key).copied() else { return Ok(()) };
        let before = work;
        work.end_lease_of_future(ctx.now);
        let made = drawn_at(&self.key.subject);
        let follows_dates =
            matches!(self.key.kind, WorkKind::ExpireCodes | WorkKind::ExpireVouchers);
        if !follows_dates && work.due_at > ctx.now {
            if made > ctx.now {
                work.due_at = ctx.now.plus_micros((work.due_at.0 - made.0).max(0));
            } else if work.attempts > 0 && work.due_at > ctx.now.plus_micros(PAUSE_US_MAX) {
                work.due_at = ctx.now;
            }
        }
        if work != before
            && let Some(stored) = world.work.change(&self.key)
        {
            *stored = work;
        }
        Ok(())
    }
}

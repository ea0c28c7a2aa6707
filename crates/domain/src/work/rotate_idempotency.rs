//! Rotate the idempotency records: the older generation is dropped whole, which costs nothing.

use crate::{Context, Needs, Outcome, Refusal, World};
use kernel::limits;

/// Starts a new generation when the present one is old enough.
#[derive(Debug, Clone, Copy)]
pub struct RotateIdempotency;

impl RotateIdempotency {
    /// The generation.
    pub fn needs(&self, needs: &mut Needs) {
        needs.generation = true;
    }

    /// Always succeeds; rotates at most once in seven days, so a record lives seven to fourteen.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let since = world.generation.since;
        if ctx.now >= since.plus_days(limits::IDEMPOTENCY_DAYS) {
            world.generation.number += 1;
            world.generation.since = ctx.now;
            world.rotate = true;
        }
        Ok(Outcome::Done)
    }
}

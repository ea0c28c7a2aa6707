//! Rotate the idempotency records: the older generation is dropped whole, which costs nothing.

use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::limits;

/// Starts a new generation when the present one is old enough.
#[derive(Debug, Clone, Copy)]
pub struct RotateIdempotency;

impl Verb for RotateIdempotency {
    const NATURE: Nature = Nature::Configuration;
    type Answer = ();

    /// The generation.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.idempotency.generation = true;
    }

    /// Always succeeds; rotates at most once in seven days, so a record lives seven to fourteen.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let since = world.idempotency.generation.since;
        if ctx.now >= since.plus_days(limits::IDEMPOTENCY_DAYS) {
            world.idempotency.generation.number += 1;
            world.idempotency.generation.since = ctx.now;
            world.idempotency.rotate = true;
        }
        Ok(())
    }
}

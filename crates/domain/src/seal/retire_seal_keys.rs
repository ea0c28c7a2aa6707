//! Retire the keys before a new one: from here on no row comes in under them, on any node.

use crate::{At, Context, Nature, Needs, Refusal, Verb, World};

/// Raises the fence.
#[derive(Debug, Clone, Copy)]
pub struct RetireSealKeys {
    /// The oldest key that may still seal.
    pub oldest: u32,
}

impl Verb for RetireSealKeys {
    const NATURE: Nature = Nature::Configuration;
    type Answer = ();

    /// The fence.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.seal.oldest = true;
    }

    /// Always succeeds; the fence never sinks.
    fn decide(self, world: &mut World, _: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let oldest = i64::from(self.oldest);
        if world.seal.oldest.is_none_or(|fence| fence < oldest) {
            world.seal.oldest = Some(oldest);
            world.seal.retired = true;
        }
        Ok(())
    }
}

//! Retire the keys before a new one: from here on no row comes in under them, on any node.

use crate::{Context, Needs, Outcome, Refusal, World};

/// Raises the fence.
#[derive(Debug, Clone, Copy)]
pub struct RetireSealKeys {
    /// The oldest key that may still seal.
    pub oldest: u32,
}

impl RetireSealKeys {
    /// The fence.
    pub fn needs(&self, needs: &mut Needs) {
        needs.seals = true;
    }

    /// Always succeeds; the fence never sinks.
    pub fn decide(self, world: &mut World, _: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let oldest = i64::from(self.oldest);
        if world.oldest_seal.is_none_or(|fence| fence < oldest) {
            world.oldest_seal = Some(oldest);
            world.seals_retired = true;
        }
        Ok(Outcome::Done)
    }
}

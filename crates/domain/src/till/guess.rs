//! Record that somebody tries out codes. The edge gathers guesses: one fact an address and minute.

use super::fact::CodesGuessed;
use crate::{Context, Refusal, Verb, World};

/// Guesses of one address.
#[derive(Debug, Clone)]
pub struct NoteGuesses(pub CodesGuessed);

impl Verb for NoteGuesses {
    type Answer = ();

    /// Always succeeds.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let subject = self.0.device.map_or([0; 16], |device| device.0);
        world.record(ctx, subject, self.0);
        Ok(())
    }
}

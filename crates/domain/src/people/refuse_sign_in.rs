//! Record that somebody did not prove who he is. The edge gathers refusals: one fact an address and minute.

use super::fact::SignInRefused;
use crate::{Context, Refusal, Verb, World};

/// Refusals of one address.
#[derive(Debug, Clone)]
pub struct RefuseSignIn(pub SignInRefused);

impl Verb for RefuseSignIn {
    type Answer = ();

    /// Always succeeds.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let subject = self.0.person.map_or([0; 16], |person| person.0);
        world.record(ctx, subject, self.0);
        Ok(())
    }
}

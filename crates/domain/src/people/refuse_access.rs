//! Record that something was refused to whoever came with a session.

use crate::people::fact::AccessRefused;
use crate::{Context, Refusal, Verb, World};

/// What was refused; the edge counts, so that many refusals are one fact.
#[derive(Debug, Clone)]
pub struct RefuseAccess(pub AccessRefused);

impl Verb for RefuseAccess {
    type Answer = ();

    /// Always succeeds.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let subject = self.0.person.map_or([0; 16], |person| person.0);
        world.record(ctx, subject, self.0);
        Ok(())
    }
}

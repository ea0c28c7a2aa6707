//! Record that a part of the journal was taken out, before it is given.

use super::fact::JournalExported;
use crate::{Context, Refusal, Verb, World};

/// What was taken out.
#[derive(Debug, Clone)]
pub struct RecordExport(pub JournalExported);

impl Verb for RecordExport {
    type Answer = ();

    /// Always succeeds.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        world.record(ctx, *ctx.origin.tenant.bytes(), self.0);
        Ok(())
    }
}

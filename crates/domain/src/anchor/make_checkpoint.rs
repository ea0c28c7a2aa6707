//! Keep a checkpoint that was signed, in the operator's journal.

use super::checkpoint::Checkpoint;
use super::fact::JournalCheckpointed;
use crate::identity::operator;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::Tenant;

/// A signed checkpoint.
#[derive(Debug, Clone)]
pub struct MakeCheckpoint {
    /// What was signed.
    pub checkpoint: Checkpoint,
    /// Books that are further than in the one before, and how far.
    pub leaves: Vec<(Tenant, i64)>,
}

impl Verb for MakeCheckpoint {
    type Answer = ();

    /// The row about all books.
    fn needs(&self, _: &At<'_>, needs: &mut Needs) {
        needs.anchor.all = true;
    }

    /// Order of checks: no other process made the one of this number.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let number = self.checkpoint.number;
        let all = world.anchor.all.change(&()).filter(|all| all.checkpoint + 1 == number);
        let all = all.ok_or(Refusal::Stale)?;
        (all.checkpoint, all.at, all.digest) = (number, ctx.now.0, self.checkpoint.digest());
        let leaves = self.leaves.into_iter().map(|(tenant, seq)| (tenant, seq, number));
        world.anchor.leaves.extend(leaves);
        let fact = JournalCheckpointed { checkpoint: self.checkpoint };
        world.record(ctx, operator().merchant().0, fact);
        Ok(())
    }
}

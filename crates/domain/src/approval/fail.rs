//! Fail an act that was approved and never came to its rule: who asked may not do it any more, or what he names is gone.

use super::Approval;
use super::decide::{Decider, Verdict};
use crate::{At, Context, Needs, Refusal, Verb, World};

/// A second person's yes to a request that the edge refuses by now.
#[derive(Debug, Clone)]
pub struct FailApproval {
    /// Who said yes.
    pub decider: Decider,
    /// The code of the refusal.
    pub problem: String,
}

impl Verb for FailApproval {
    type Answer = Box<Approval>;

    /// The approval, and what the person stands by.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        self.decider.needs(at, needs);
    }

    /// The order of checks is that of a yes.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let approval = self.decider.check(world, ctx)?;
        let verdict = Verdict::Failed(self.problem);
        Ok(Box::new(self.decider.close(world, ctx, approval, verdict)))
    }
}

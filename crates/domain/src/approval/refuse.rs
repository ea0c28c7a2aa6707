//! Refuse an act that waits: nothing of it happens.

use super::Approval;
use super::decide::{Decider, Verdict};
use crate::{At, Context, Needs, Refusal, Verb, World};

/// A second person's no.
#[derive(Debug, Clone)]
pub struct RefuseApproval {
    /// Who says so.
    pub decider: Decider,
    /// Why.
    pub reason: Option<String>,
}

impl Verb for RefuseApproval {
    type Answer = Box<Approval>;

    /// The approval, and what the person stands by.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        self.decider.needs(at, needs);
    }

    /// The order of checks is that of a yes.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let approval = self.decider.check(world, ctx)?;
        let verdict = Verdict::Refused(self.reason);
        Ok(Box::new(self.decider.close(world, ctx, approval, verdict)))
    }
}

//! Wait alone: nobody but who asked could approve. Everybody is told, and a day later he may do it himself.

use super::fact::ApprovalAlone;
use super::{Approval, ApprovalState, require};
use crate::context::Actor;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ApprovalId;

/// A note that nobody else can approve an act. The edge has looked.
#[derive(Debug, Clone)]
pub struct WaitAlone {
    /// Which approval.
    pub approval: ApprovalId,
}

/// The approval, and whether everybody must be told now.
#[derive(Debug, Clone)]
pub struct Alone {
    /// As it is.
    pub approval: Box<Approval>,
    /// Whether this is news.
    pub is_new: bool,
}

impl crate::outcome::Answer for Alone {}

impl Verb for WaitAlone {
    type Answer = Alone;

    /// The approval.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.approval.approvals.insert((at.tenant, self.approval));
    }

    /// Order of checks: it exists and is of who asks. What is known or over stays as it is.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let mut approval = require(world, tenant, self.approval)?;
        if ctx.origin.actor != Some(Actor::Person(approval.requester)) {
            return Err(Refusal::NotFound("approval"));
        }
        let is_new = approval.told.alone_since.is_none() && approval.state == ApprovalState::Open;
        if is_new {
            approval.told.alone_since = Some(ctx.now);
            world.approval.approvals.insert((tenant, approval.id), approval.clone());
            let fact = ApprovalAlone { approval: approval.id, requester: approval.requester };
            world.record(ctx, approval.id.0, fact);
        }
        Ok(Alone { approval: Box::new(approval), is_new })
    }
}

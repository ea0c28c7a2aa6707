//! Keep what an approved act gave, and let who asked take what is his alone: once.

use super::fact::ApprovalTaken;
use super::{Approval, ApprovalState, Part, require, timer};
use crate::context::Actor;
use crate::work::Work;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ApprovalId;
use kernel::limits::APPROVAL_RESULT_DAYS;
use serde_json::Value;

/// What an approved act gave.
#[derive(Debug, Clone)]
pub struct KeepResult {
    /// Which approval.
    pub approval: ApprovalId,
    /// What came of it.
    pub given: Given,
}

/// What an act gave.
#[derive(Debug, Clone)]
pub enum Given {
    /// What everybody may see who sees the approval.
    Told(Value),
    /// What is for nobody but who asked, sealed.
    Sealed(Vec<u8>),
}

/// Who asked takes what the act gave. The edge has read it; whether it is still there is decided here.
#[derive(Debug, Clone, Copy)]
pub struct TakeResult {
    /// Which approval.
    pub approval: ApprovalId,
}

impl Verb for KeepResult {
    type Answer = ();

    /// The approval and its timer.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.seal.oldest |= matches!(self.given, Given::Sealed(_));
        needs.approval.approvals.insert((at.tenant, self.approval));
        needs.work.keys.insert(timer(at.tenant, self.approval));
    }

    /// Order of checks: the approval exists and is done, the seal may be stored. What is kept stays as it is.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let mut approval = require(world, tenant, self.approval)?;
        if approval.state != ApprovalState::Done {
            return Err(Refusal::Stale);
        }
        match self.given {
            Given::Told(value) => approval.told.result = Some(value),
            Given::Sealed(_) if approval.told.to_take => return Ok(()),
            Given::Sealed(sealed) => {
                world.seal.may_store(&sealed)?;
                approval.told.to_take = true;
                let due = ctx.now.plus_days(APPROVAL_RESULT_DAYS);
                world.work.insert(timer(tenant, approval.id), Work::due(due));
                let part = (tenant, approval.id, Part::Result);
                world.approval.sealed.insert(part, Some(sealed));
            }
        }
        world.approval.approvals.insert((tenant, approval.id), approval);
        Ok(())
    }
}

impl Verb for TakeResult {
    type Answer = Box<Approval>;

    /// The approval and its timer.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.approval.approvals.insert((at.tenant, self.approval));
        needs.work.keys.insert(timer(at.tenant, self.approval));
    }

    /// Order of checks: the approval exists and is of who asks, there is something to take.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let mut approval = require(world, tenant, self.approval)?;
        if ctx.origin.actor != Some(Actor::Person(approval.requester)) {
            return Err(Refusal::NotFound("approval"));
        }
        if !approval.told.to_take {
            let detail = "there is nothing to take, or it was taken";
            return Err(Refusal::WrongState { code: "approval_state", detail });
        }
        approval.told.to_take = false;
        world.work.remove(&timer(tenant, approval.id));
        world.approval.sealed.insert((tenant, approval.id, Part::Result), None);
        world.approval.approvals.insert((tenant, approval.id), approval.clone());
        let fact = ApprovalTaken { approval: approval.id, requester: approval.requester };
        world.record(ctx, approval.id.0, fact);
        Ok(Box::new(approval))
    }
}

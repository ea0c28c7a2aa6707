//! End a wait whose time is over, and drop what an approved act gave and nobody took.

use super::fact::ApprovalExpired;
use super::{ApprovalState, Part, require, timer};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{ApprovalId, Timestamp};

/// A timer that rang.
#[derive(Debug, Clone, Copy)]
pub struct ExpireApproval {
    /// Of which approval.
    pub approval: ApprovalId,
}

impl Verb for ExpireApproval {
    type Answer = ();

    /// The approval and its timer.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.approval.approvals.insert((at.tenant, self.approval));
        needs.work.keys.insert(timer(at.tenant, self.approval));
    }

    /// Order of checks: the approval exists. A timer that rings early is set again.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let timer = timer(tenant, self.approval);
        let mut approval = require(world, tenant, self.approval)?;
        let is_open = approval.state == ApprovalState::Open;
        if is_open && ctx.now < approval.expires_at {
            if let Some(work) = world.work.change(&timer) {
                (work.due_at, work.lease_until) = (approval.expires_at, Timestamp(0));
            }
            return Ok(());
        }
        if is_open {
            (approval.state, approval.decided_at) = (ApprovalState::Expired, Some(ctx.now));
            world.approval.end(&approval);
            let fact = ApprovalExpired {
                approval: approval.id,
                act: approval.act,
                requester: approval.requester,
            };
            world.record(ctx, approval.id.0, fact);
        } else if approval.told.to_take {
            approval.told.to_take = false;
            world.approval.sealed.insert((tenant, approval.id, Part::Result), None);
            world.approval.approvals.insert((tenant, approval.id), approval);
        }
        world.work.remove(&timer);
        Ok(())
    }
}

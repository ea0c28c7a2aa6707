//! Open an approval: the request of an act that wants a second person is kept, sealed, until somebody decides.

use super::fact::ApprovalOpened;
use super::{Approval, ApprovalState, Part, Told, Wanted, policy, timer};
use crate::context::Actor;
use crate::work::Work;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ApprovalId;

/// A wish that a second person decides.
#[derive(Debug, Clone)]
pub struct OpenApproval {
    /// The approval's id, for which the request is sealed.
    pub id: ApprovalId,
    /// What the rule found.
    pub wanted: Wanted,
    /// What is told of it.
    pub told: Told,
    /// The request, sealed.
    pub sealed: Vec<u8>,
    /// Whether nobody else can approve it; everybody is told so.
    pub alone: bool,
}

impl Verb for OpenApproval {
    type Answer = Box<Approval>;

    /// The timer; the policy comes with every act of a person.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.seal.oldest = true;
        needs.approval.approvals.insert((at.tenant, self.id));
        needs.work.keys.insert(timer(at.tenant, self.id));
    }

    /// Order of checks: a person asks, the seal may be stored.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let Some(Actor::Person(requester)) = ctx.origin.actor else {
            return Err(Refusal::NotFound("person"));
        };
        world.seal.may_store(&self.sealed)?;
        let tenant = ctx.origin.tenant;
        let hours = policy::of(world, tenant).hours;
        let expires_at = ctx.now.plus_micros(hours * 3_600_000_000);
        let approval = Approval {
            id: self.id,
            tenant,
            act: self.wanted.act,
            requester,
            state: ApprovalState::Open,
            created_at: ctx.now,
            expires_at,
            decided_by: None,
            decided_at: None,
            told: Told {
                size: self.wanted.size,
                alone_since: self.alone.then_some(ctx.now),
                ..self.told
            },
        };
        let fact = ApprovalOpened {
            approval: approval.id,
            act: approval.act,
            requester,
            request: approval.told.request.clone(),
            size: approval.told.size,
            expires_at,
            alone: self.alone,
        };
        world.record(ctx, approval.id.0, fact);
        world.work.insert(timer(tenant, approval.id), Work::due(expires_at));
        let rows = &mut world.approval;
        rows.sealed.insert((tenant, approval.id, Part::Request), Some(self.sealed));
        rows.approvals.insert((tenant, approval.id), approval.clone());
        Ok(Box::new(approval))
    }
}

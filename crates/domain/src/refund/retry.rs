//! Send a refund again that its channel refused. Its money lies unapplied since then.

use super::{RefundState, send};
use crate::fact::refund::RefundRetried;
use crate::ledger::AccountKind;
use crate::{Context, Fact, Needs, Outcome, Refusal, World};
use kernel::{RefundId, Tenant};

/// Tries a refund again, under its number.
#[derive(Debug, Clone, Copy)]
pub struct RetryRefund {
    /// Which refund.
    pub refund: RefundId,
}

impl RetryRefund {
    /// The refund and its work.
    pub fn needs(&self, tenant: Tenant, needs: &mut Needs) {
        needs.refunds.insert((tenant, self.refund));
        needs.work.insert(send::sending(tenant, self.refund));
    }

    /// Order of checks: the refund exists. One that is on its way or was done stays as it is.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let key = (ctx.origin.tenant, self.refund);
        let mut refund = world.refunds.get(&key).ok_or(Refusal::NotFound("refund"))?.clone();
        if refund.state == RefundState::Failed {
            refund.state = RefundState::Processing;
            refund.ended_at = None;
            let amount = refund.amount;
            let posting = send::start(world, ctx, &refund, amount, AccountKind::Unapplied);
            let fact = Fact::RefundRetried(RefundRetried { refund: refund.clone(), posting });
            world.record(ctx, refund.id.0, fact);
        }
        Ok(Outcome::Refund(Box::new(refund)))
    }
}

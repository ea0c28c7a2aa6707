//! Send a refund again that its channel refused. Its money lies unapplied since then.

use super::{Refund, RefundState, send};
use crate::ledger::AccountKind;
use crate::refund::fact::RefundRetried;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::RefundId;

/// Tries a refund again, under its number.
#[derive(Debug, Clone, Copy)]
pub struct RetryRefund {
    /// Which refund.
    pub refund: RefundId,
}

impl Verb for RetryRefund {
    type Answer = Box<Refund>;

    /// The refund and its work.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.refund.refunds.insert((tenant, self.refund));
        needs.work.keys.insert(send::sending(tenant, self.refund));
    }

    /// Order of checks: the refund exists. One that is on its way or was done stays as it is.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let key = (ctx.origin.tenant, self.refund);
        let mut refund = world.refund.refunds.get(&key).ok_or(Refusal::NotFound("refund"))?.clone();
        if refund.state == RefundState::Failed {
            refund.state = RefundState::Processing;
            refund.ended_at = None;
            let amount = refund.amount;
            let posting = send::start(world, ctx, &refund, amount, AccountKind::Unapplied);
            let fact = RefundRetried { refund: refund.clone(), posting };
            world.record(ctx, refund.id.0, fact);
        }
        Ok(Box::new(refund))
    }
}

//! What the channel says of a refund. Not known is not failed: it is asked again.

use super::{Refund, RefundState, send};
use crate::ledger::transfer::{Move, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::refund::fact::RefundSettled;
use crate::work::postpone::PostponeWork;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::RefundId;

/// Takes in the channel's answer.
#[derive(Debug, Clone, Copy)]
pub struct SettleRefund {
    /// Which refund.
    pub refund: RefundId,
    /// What the channel says.
    pub answer: Answer,
}

/// What the outside world says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It was done.
    Succeeded,
    /// It was not done and will not be.
    Failed,
    /// Nobody knows yet.
    Unknown,
}

impl Verb for SettleRefund {
    /// The refund as it ended; `None` while nobody knows how.
    type Answer = Option<Box<Refund>>;

    /// The refund and its work.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.refund.refunds.insert((tenant, self.refund));
        needs.work.keys.insert(send::sending(tenant, self.refund));
    }

    /// Order of checks: the refund exists. A refund that was done stays so; one that was refused may yet be done.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let key = (ctx.origin.tenant, self.refund);
        let mut refund = world.refund.refunds.get(&key).ok_or(Refusal::NotFound("refund"))?.clone();
        let work = send::sending(refund.tenant, refund.id);
        let (state, from, to) = match self.answer {
            // What was refused was done by hand at the channel: its money lies unapplied since then.
            Answer::Succeeded if refund.state == RefundState::Failed => {
                (RefundState::Succeeded, AccountKind::Unapplied, AccountKind::Clearing)
            }
            _ if refund.state != RefundState::Processing => {
                world.work.remove(&work);
                return Ok(Some(Box::new(refund)));
            }
            Answer::Unknown => {
                PostponeWork { key: work }.decide(world, ctx)?;
                return Ok(None);
            }
            Answer::Succeeded => {
                (RefundState::Succeeded, AccountKind::Refunding, AccountKind::Clearing)
            }
            Answer::Failed => (RefundState::Failed, AccountKind::Refunding, AccountKind::Unapplied),
        };
        refund.state = state;
        refund.ended_at = Some(ctx.now);
        let wanted = Move {
            debit: AccountKey::own(refund.tenant, from, refund.currency),
            credit: AccountKey::own(refund.tenant, to, refund.currency),
            amount: refund.money().to_ledger().unwrap_or(0),
            reason: Reason::RefundSettled,
            subject: refund.id.0,
        };
        let moved = transfer(world, ctx, wanted);
        world.work.remove(&work);
        world.refund.refunds.insert(key, refund.clone());
        let fact = RefundSettled { refund: refund.clone(), posting: posting(&moved) };
        world.record(ctx, refund.id.0, fact);
        Ok(Some(Box::new(refund)))
    }
}

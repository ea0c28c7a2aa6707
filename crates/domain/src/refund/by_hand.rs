//! A refund that no channel does: a person transfers the money, and says so.

use super::settle::{Answer, SettleRefund};
use super::{Refund, RefundState};
use crate::payment::PayMethod;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::RefundId;

/// Says that the money of a refund was transferred.
#[derive(Debug, Clone, Copy)]
pub struct ConfirmRefund {
    /// Which refund.
    pub refund: RefundId,
}

impl ConfirmRefund {
    fn settle(self) -> SettleRefund {
        SettleRefund { refund: self.refund, answer: Answer::Succeeded }
    }
}

impl Verb for ConfirmRefund {
    type Answer = Box<Refund>;

    /// What a channel's word needs.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        self.settle().needs(at, needs);
    }

    /// Order of checks: the refund exists and is of a transfer. One that was done stays so.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let key = (ctx.origin.tenant, self.refund);
        let refund = world.refund.refunds.get(&key).ok_or(Refusal::NotFound("refund"))?.clone();
        if refund.method != PayMethod::Offline {
            return Err(Refusal::invalid("id", "its channel says how it ends"));
        }
        if refund.state == RefundState::Succeeded {
            return Ok(Box::new(refund));
        }
        let settled = self.settle().decide(world, ctx)?;
        Ok(settled.unwrap_or_else(|| Box::new(refund)))
    }
}

//! Keep a note about an order, for the merchant's staff alone: a fact of the journal and no row.

use super::require;
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::order::fact::OrderNoted;
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{OrderId, Timestamp};

/// Keeps a note about an order.
#[derive(Debug, Clone)]
pub struct NoteOrder {
    /// Which order.
    pub order: OrderId,
    /// What it says.
    pub text: String,
}

/// When a note was kept. A repeat is the same request and so has the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// About which order.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

impl Answer for Noted {
    /// An order has no versions, so the time stands in their place.
    fn reference(&self) -> Option<OutcomeRef> {
        let (subject, version) = (self.order.0, self.at.0);
        Some(OutcomeRef { kind: OutcomeKind::Order, subject, version })
    }
}

impl Verb for NoteOrder {
    type Answer = Noted;

    /// The order.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.order.orders.insert((at.tenant, self.order));
    }

    /// Order of checks: the order exists. It may stand anywhere.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        require(world, ctx.origin.tenant, self.order)?;
        let order = self.order;
        world.record(ctx, order.0, OrderNoted { order, text: self.text });
        Ok(Noted { order, at: ctx.now })
    }
}

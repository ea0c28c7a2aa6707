//! What verbs of orders answer.

use super::{Line, Order};
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::inventory::Code;
use crate::outcome::Answer;
use crate::voucher::Voucher;

/// An order that was paid and delivered in one command.
#[derive(Debug, Clone)]
pub struct Bought {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its codes with their lines, still sealed.
    pub codes: Vec<(u32, Code)>,
    /// Its vouchers.
    pub vouchers: Vec<Voucher>,
}

/// An order without codes: it waits for money, or was closed.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// What placing an order came to.
#[derive(Debug, Clone)]
pub enum Sold {
    /// Bought, paid, delivered.
    Bought(Box<Bought>),
    /// Waits for money.
    Placed(Box<Placed>),
}

impl Sold {
    /// The order.
    pub fn order(&self) -> &Order {
        match self {
            Self::Bought(bought) => &bought.order,
            Self::Placed(placed) => &placed.order,
        }
    }
}

impl Answer for Placed {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Order, self.order.id.0))
    }
}

impl Answer for Sold {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Order, self.order().id.0))
    }
}

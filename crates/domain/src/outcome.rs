//! What came of a command, and the little of it that an idempotency record keeps.

use crate::catalog::Product;
use crate::identity::ApiKey;
use crate::inventory::{Code, Import};
use crate::ledger::{Hold, Transfer};
use crate::order::{Line, Order};
use crate::payment::Payment;
use crate::payment::test_channel::TestNotice;
use crate::refund::Refund;
use crate::shop::ShopStyle;
use crate::work::WorkKey;
use kernel::{BuyerId, Id16, MerchantId, OrderId};

/// An order that was paid and delivered in one command.
#[derive(Debug, Clone)]
pub struct Bought {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its codes with their lines, still sealed.
    pub codes: Vec<(u32, Code)>,
}

/// An order without codes.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// What came of a command.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Bought, paid, delivered.
    Bought(Box<Bought>),
    /// An order that waits for money, or was closed.
    Placed(Box<Placed>),
    /// A payment as it stands now.
    Payment(Box<Payment>),
    /// A refund as it stands now.
    Refund(Box<Refund>),
    /// What the test channel will tell.
    Notice(Box<TestNotice>),
    /// The order whose codes may be shown now.
    Order(OrderId),
    /// A wallet was credited.
    Credited {
        /// The transfer that did it.
        transfer: Transfer,
        /// Whose wallet.
        buyer: BuyerId,
    },
    /// A hold as it stands now.
    Hold(Hold),
    /// A product as it stands now.
    Product(Box<Product>),
    /// The shop's style as it stands now.
    Shop(Box<ShopStyle>),
    /// An import as it stands now.
    Import(Box<Import>),
    /// A code as it stands now, still sealed.
    Code(Box<Code>),
    /// A merchant was made.
    Merchant(MerchantId),
    /// A key as it stands now.
    ApiKey(Box<ApiKey>),
    /// Work that is the caller's until the lease ends.
    Claimed(Vec<WorkKey>),
    /// Done; nothing to tell.
    Done,
    /// The same was asked before; this came of it.
    Replayed(OutcomeRef),
}

/// The kinds of outcomes that a record can point at. The number is what the store writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeKind {
    /// An order.
    Order = 1,
    /// A transfer.
    Transfer = 2,
    /// A product in a version.
    Product = 3,
    /// An import.
    Import = 4,
    /// A hold; its version is its state.
    Hold = 5,
    /// A merchant.
    Merchant = 6,
    /// A payment.
    Payment = 7,
    /// A refund.
    Refund = 8,
}

impl OutcomeKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Order,
        Self::Transfer,
        Self::Product,
        Self::Import,
        Self::Hold,
        Self::Merchant,
        Self::Payment,
        Self::Refund,
    ];

    /// The kind stored under a number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as i64 == number)
    }
}

/// Enough to render an answer again: ids, never secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeRef {
    /// What it points at.
    pub kind: OutcomeKind,
    /// Which one.
    pub subject: Id16,
    /// In which version, where that matters.
    pub version: i64,
}

impl Outcome {
    /// What an idempotency record keeps of this; none where a repeat simply runs again.
    pub fn reference(&self) -> Option<OutcomeRef> {
        let (kind, subject, version) = match self {
            Self::Bought(bought) => (OutcomeKind::Order, bought.order.id.0, 0),
            Self::Placed(placed) => (OutcomeKind::Order, placed.order.id.0, 0),
            Self::Payment(payment) => (OutcomeKind::Payment, payment.id.0, 0),
            Self::Refund(refund) => (OutcomeKind::Refund, refund.id.0, 0),
            Self::Credited { transfer, .. } => (OutcomeKind::Transfer, transfer.id.0, 0),
            Self::Product(product) => (OutcomeKind::Product, product.id.0, product.version),
            Self::Import(import) => (OutcomeKind::Import, import.id.0, 0),
            Self::Hold(hold) => (OutcomeKind::Hold, hold.id.0, hold.state as i64),
            Self::Merchant(merchant) => (OutcomeKind::Merchant, merchant.0, 0),
            Self::Order(_)
            | Self::Notice(_)
            | Self::Code(_)
            | Self::Shop(_)
            | Self::ApiKey(_)
            | Self::Claimed(_)
            | Self::Done => return None,
            Self::Replayed(reference) => return Some(*reference),
        };
        Some(OutcomeRef { kind, subject, version })
    }
}

//! Facts: what happened, as the journal keeps it for ever.
//!
//! Facts are additive. A field may be added with a default; another meaning is another kind or version.
//! No fact holds a secret or a buyer's external id. What a fact says stands in the file of its context; what is said
//! of data keys stands here.

pub mod catalog;
pub mod identity;
pub mod inventory;
pub mod ledger;
pub mod order;
pub mod payment;
pub mod refund;
pub mod shop;

pub use ledger::Posting;
pub use order::{HeldFact, LineFact};

use crate::context::Origin;
use catalog::{ProductCreated, ProductEdited};
use identity::{ApiKeyCreated, ApiKeyRevoked, BuyerCreated, MerchantCreated};
use inventory::{
    BatchAdvanced, BatchMarked, BatchRelocated, CodeMarked, CodesDamaged, CodesExpired,
    CodesReadmitted, CodesRetagged, DoubtsSettled, ImportAdvanced, ImportAsked, ImportDecided,
    ImportFinished, ImportOpened, RelocationAdvanced, SkuStopped, StockLow,
};
use kernel::{Id16, Timestamp};
use ledger::{HoldMade, HoldPosted, HoldVoided, WalletCredited};
use order::{
    CodesRevealed, CodesUnreadable, OrderBought, OrderClosed, OrderPaid, OrderPlaced, OrderRetimed,
};
use payment::{PaymentEnded, PaymentReturned, PaymentStarted};
use refund::{RefundMade, RefundRetried, RefundSettled};
use serde::{Deserialize, Serialize};
use shop::ShopEdited;

/// A row of the journal before it has its number.
#[derive(Debug, Clone)]
pub struct Record {
    /// Who asked, in which book.
    pub origin: Origin,
    /// When.
    pub at: Timestamp,
    /// The order, buyer, SKU … that it is about.
    pub subject: Id16,
    /// What happened.
    pub fact: Fact,
}

/// What happened. Facts about an order, a payment or a refund tell it as it is afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind")]
#[allow(missing_docs, reason = "each variant is documented at the struct it holds")]
pub enum Fact {
    #[serde(rename = "merchant.created")]
    MerchantCreated(MerchantCreated),
    #[serde(rename = "api_key.created")]
    ApiKeyCreated(ApiKeyCreated),
    #[serde(rename = "api_key.revoked")]
    ApiKeyRevoked(ApiKeyRevoked),
    #[serde(rename = "product.created")]
    ProductCreated(ProductCreated),
    #[serde(rename = "product.edited")]
    ProductEdited(ProductEdited),
    #[serde(rename = "shop.edited")]
    ShopEdited(ShopEdited),
    #[serde(rename = "buyer.created")]
    BuyerCreated(BuyerCreated),
    #[serde(rename = "wallet.credited")]
    WalletCredited(WalletCredited),
    #[serde(rename = "hold.made")]
    HoldMade(HoldMade),
    #[serde(rename = "hold.posted")]
    HoldPosted(HoldPosted),
    #[serde(rename = "hold.voided")]
    HoldVoided(HoldVoided),
    #[serde(rename = "import.opened")]
    ImportOpened(ImportOpened),
    #[serde(rename = "import.advanced")]
    ImportAdvanced(ImportAdvanced),
    #[serde(rename = "import.finished")]
    ImportFinished(ImportFinished),
    #[serde(rename = "codes.readmitted")]
    CodesReadmitted(CodesReadmitted),
    #[serde(rename = "import.asked")]
    ImportAsked(ImportAsked),
    #[serde(rename = "import.decided")]
    ImportDecided(ImportDecided),
    #[serde(rename = "doubts.settled")]
    DoubtsSettled(DoubtsSettled),
    #[serde(rename = "codes.retagged")]
    CodesRetagged(CodesRetagged),
    #[serde(rename = "codes.expired")]
    CodesExpired(CodesExpired),
    #[serde(rename = "codes.damaged")]
    CodesDamaged(CodesDamaged),
    #[serde(rename = "sku.stopped")]
    SkuStopped(SkuStopped),
    #[serde(rename = "batch.marked")]
    BatchMarked(BatchMarked),
    #[serde(rename = "batch.advanced")]
    BatchAdvanced(BatchAdvanced),
    #[serde(rename = "batch.relocated")]
    BatchRelocated(BatchRelocated),
    #[serde(rename = "batch.relocation_advanced")]
    RelocationAdvanced(RelocationAdvanced),
    #[serde(rename = "code.marked")]
    CodeMarked(CodeMarked),
    #[serde(rename = "stock.low")]
    StockLow(StockLow),
    #[serde(rename = "order.bought")]
    OrderBought(OrderBought),
    #[serde(rename = "order.placed")]
    OrderPlaced(OrderPlaced),
    #[serde(rename = "order.paid")]
    OrderPaid(OrderPaid),
    #[serde(rename = "order.closed")]
    OrderClosed(OrderClosed),
    #[serde(rename = "order.retimed")]
    OrderRetimed(OrderRetimed),
    #[serde(rename = "payment.started")]
    PaymentStarted(PaymentStarted),
    #[serde(rename = "payment.ended")]
    PaymentEnded(PaymentEnded),
    #[serde(rename = "payment.returned")]
    PaymentReturned(PaymentReturned),
    #[serde(rename = "refund.made")]
    RefundMade(RefundMade),
    #[serde(rename = "refund.settled")]
    RefundSettled(RefundSettled),
    #[serde(rename = "refund.retried")]
    RefundRetried(RefundRetried),
    #[serde(rename = "codes.revealed")]
    CodesRevealed(CodesRevealed),
    #[serde(rename = "codes.unreadable")]
    CodesUnreadable(CodesUnreadable),
    /// The data keys were brought under the master key in force, by somebody beside the servers.
    #[serde(rename = "keys.rotated")]
    KeysRotated {
        /// Who did it, in his own words.
        by: String,
        /// The data keys that were wrapped again.
        wrapped: Vec<i64>,
        /// A new key, under which everything is sealed from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        added: Option<i64>,
    },
    /// Nothing lies under the older keys that sealed, and they are gone.
    #[serde(rename = "keys.dropped")]
    KeysDropped {
        /// The oldest key that seals and stays.
        oldest: u32,
    },
}

impl Fact {
    /// What moved with it.
    pub fn postings(&self) -> &[Posting] {
        match self {
            Self::WalletCredited(WalletCredited { posting, .. })
            | Self::HoldPosted(HoldPosted { posting, .. })
            | Self::CodesExpired(CodesExpired { posting, .. })
            | Self::CodesDamaged(CodesDamaged { posting, .. })
            | Self::RefundSettled(RefundSettled { posting, .. })
            | Self::RefundRetried(RefundRetried { posting, .. }) => std::slice::from_ref(posting),
            Self::ImportAdvanced(ImportAdvanced { posting, .. }) => posting.as_slice(),
            Self::BatchAdvanced(BatchAdvanced { postings, .. })
            | Self::RelocationAdvanced(RelocationAdvanced { postings, .. })
            | Self::CodesReadmitted(CodesReadmitted { postings, .. })
            | Self::DoubtsSettled(DoubtsSettled { postings, .. })
            | Self::CodeMarked(CodeMarked { postings, .. })
            | Self::OrderBought(OrderBought { postings, .. })
            | Self::OrderPaid(OrderPaid { postings, .. })
            | Self::PaymentReturned(PaymentReturned { postings, .. })
            | Self::RefundMade(RefundMade { postings, .. }) => postings,
            _ => &[],
        }
    }

    /// Whether somebody must look at it: stored values are damaged.
    pub fn is_alarm(&self) -> bool {
        matches!(self, Self::CodesDamaged(_) | Self::CodesUnreadable(_) | Self::SkuStopped(_))
    }

    /// The kind, as the journal's column keeps it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::MerchantCreated(_) => "merchant.created",
            Self::ApiKeyCreated(_) => "api_key.created",
            Self::ApiKeyRevoked(_) => "api_key.revoked",
            Self::ProductCreated(_) => "product.created",
            Self::ProductEdited(_) => "product.edited",
            Self::ShopEdited(_) => "shop.edited",
            Self::BuyerCreated(_) => "buyer.created",
            Self::WalletCredited(_) => "wallet.credited",
            Self::HoldMade(_) => "hold.made",
            Self::HoldPosted(_) => "hold.posted",
            Self::HoldVoided(_) => "hold.voided",
            Self::ImportOpened(_) => "import.opened",
            Self::ImportAdvanced(_) => "import.advanced",
            Self::ImportFinished(_) => "import.finished",
            Self::CodesReadmitted(_) => "codes.readmitted",
            Self::ImportAsked(_) => "import.asked",
            Self::ImportDecided(_) => "import.decided",
            Self::DoubtsSettled(_) => "doubts.settled",
            Self::CodesRetagged(_) => "codes.retagged",
            Self::CodesExpired(_) => "codes.expired",
            Self::CodesDamaged(_) => "codes.damaged",
            Self::SkuStopped(_) => "sku.stopped",
            Self::BatchMarked(_) => "batch.marked",
            Self::BatchAdvanced(_) => "batch.advanced",
            Self::BatchRelocated(_) => "batch.relocated",
            Self::RelocationAdvanced(_) => "batch.relocation_advanced",
            Self::CodeMarked(_) => "code.marked",
            Self::StockLow(_) => "stock.low",
            Self::OrderBought(_) => "order.bought",
            Self::OrderPlaced(_) => "order.placed",
            Self::OrderPaid(_) => "order.paid",
            Self::OrderClosed(_) => "order.closed",
            Self::OrderRetimed(_) => "order.retimed",
            Self::PaymentStarted(_) => "payment.started",
            Self::PaymentEnded(_) => "payment.ended",
            Self::PaymentReturned(_) => "payment.returned",
            Self::RefundMade(_) => "refund.made",
            Self::RefundSettled(_) => "refund.settled",
            Self::RefundRetried(_) => "refund.retried",
            Self::CodesRevealed(_) => "codes.revealed",
            Self::CodesUnreadable(_) => "codes.unreadable",
            Self::KeysRotated { .. } => "keys.rotated",
            Self::KeysDropped { .. } => "keys.dropped",
        }
    }
}

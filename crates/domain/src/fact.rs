//! Facts: what happened, as the journal keeps it for ever.
//!
//! Facts are additive. A field may be added with a default; another meaning is another kind or version.
//! No fact holds a secret or a buyer's external id.

use crate::catalog::Product;
use crate::context::Origin;
use crate::identity::Scope;
use crate::inventory::mark::Mark;
use crate::order::Order;
use crate::payment::{Payment, Receipt};
use crate::refund::Refund;
use crate::shop::ShopStyle;
use kernel::{
    AccountId, ApiKeyId, BuyerId, CodeBatchId, CodeId, HoldId, Id16, ImportId, MerchantId, Mode,
    OrderId, ProductId, SkuId, Timestamp, TransferId, UnitCost,
};
use serde::{Deserialize, Serialize};

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

/// A transfer, as a fact tells it: enough to fold balances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The account that gave.
    pub debit: AccountId,
    /// The account that received.
    pub credit: AccountId,
    /// What moved.
    pub amount: i64,
}

/// A line, as a fact tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFact {
    /// What was bought.
    pub sku: SkuId,
    /// Of which product.
    pub product: ProductId,
    /// In which version.
    pub product_version: i64,
    /// How many pieces.
    pub quantity: u32,
    /// What one piece cost, in minor units.
    pub unit_price: i64,
    /// Pieces delivered and not taken back.
    pub delivered: u32,
    /// Pieces whose money was given back.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunded: u32,
    /// What kept its pieces while the order waited for money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<HoldId>,
    /// The delivered codes, each with its `valid_until` in microseconds.
    pub codes: Vec<(CodeId, i64)>,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// A hold that a fact makes or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldFact {
    /// Which.
    pub hold: HoldId,
    /// The account that keeps it.
    pub account: AccountId,
    /// How much.
    pub amount: i64,
}

/// What happened. Facts about an order, a payment or a refund tell it as it is afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Fact {
    /// A merchant was made.
    #[serde(rename = "merchant.created")]
    MerchantCreated {
        /// Which.
        merchant: MerchantId,
        /// Its name.
        name: String,
        /// Its zone.
        zone: String,
    },
    /// A key was made.
    #[serde(rename = "api_key.created")]
    ApiKeyCreated {
        /// Which.
        key: ApiKeyId,
        /// Whose.
        merchant: MerchantId,
        /// In which mode.
        mode: Mode,
        /// Its name.
        name: String,
        /// What it may do.
        scopes: Vec<Scope>,
        /// Requests a minute at most; none for no limit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        requests_per_minute: Option<u32>,
    },
    /// A key was revoked.
    #[serde(rename = "api_key.revoked")]
    ApiKeyRevoked {
        /// Which.
        key: ApiKeyId,
    },
    /// A product was made.
    #[serde(rename = "product.created")]
    ProductCreated {
        /// As it was made.
        product: Product,
    },
    /// A product or a SKU of it was edited.
    #[serde(rename = "product.edited")]
    ProductEdited {
        /// As it is now.
        product: Product,
    },
    /// The shop got another look or other words.
    #[serde(rename = "shop.edited")]
    ShopEdited {
        /// As it is now.
        shop: ShopStyle,
    },
    /// A buyer was seen for the first time.
    #[serde(rename = "buyer.created")]
    BuyerCreated {
        /// His pseudonym.
        buyer: BuyerId,
    },
    /// A wallet was credited.
    #[serde(rename = "wallet.credited")]
    WalletCredited {
        /// The transfer.
        transfer: TransferId,
        /// Whose wallet.
        buyer: BuyerId,
        /// What moved.
        posting: Posting,
    },
    /// A part of a wallet was put on hold.
    #[serde(rename = "hold.made")]
    HoldMade {
        /// Which.
        hold: HoldId,
        /// The wallet's account.
        account: AccountId,
        /// Whose wallet.
        buyer: BuyerId,
        /// How much.
        amount: i64,
    },
    /// A hold was posted; the rest of it was released.
    #[serde(rename = "hold.posted")]
    HoldPosted {
        /// Which.
        hold: HoldId,
        /// The wallet's account.
        account: AccountId,
        /// What is no longer held.
        released: i64,
        /// What moved.
        posting: Posting,
    },
    /// A hold was voided.
    #[serde(rename = "hold.voided")]
    HoldVoided {
        /// Which.
        hold: HoldId,
        /// The wallet's account.
        account: AccountId,
        /// What is no longer held.
        released: i64,
    },
    /// A code file came in whole.
    #[serde(rename = "import.opened")]
    ImportOpened {
        /// Which.
        import: ImportId,
        /// The batch that its codes form.
        batch: CodeBatchId,
        /// Their pool.
        sku: SkuId,
        /// Who supplied them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        supplier: Option<String>,
        /// What one cost.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit_cost: Option<UnitCost>,
        /// Bytes of the file.
        bytes: i64,
    },
    /// A slice of a code file was read.
    #[serde(rename = "import.advanced")]
    ImportAdvanced {
        /// Which.
        import: ImportId,
        /// Records read so far.
        records: i64,
        /// Codes taken in by this slice.
        accepted: i64,
        /// Codes that were there before.
        duplicates: i64,
        /// Rows that cannot be read.
        errors: i64,
        /// Pieces that came into stock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        posting: Option<Posting>,
    },
    /// A code file was read to its end, or cannot be read.
    #[serde(rename = "import.finished")]
    ImportFinished {
        /// Which.
        import: ImportId,
        /// Codes taken in.
        accepted: i64,
        /// Codes that were there before.
        duplicates: i64,
        /// Rows that cannot be read.
        errors: i64,
        /// Why the file as a whole cannot be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<String>,
    },
    /// Codes crossed their date unsold.
    #[serde(rename = "codes.expired")]
    CodesExpired {
        /// Their pool.
        sku: SkuId,
        /// How many.
        count: i64,
        /// Pieces that left stock.
        posting: Posting,
    },
    /// A batch was frozen, unfrozen or voided.
    #[serde(rename = "batch.marked")]
    BatchMarked {
        /// The import that brought it.
        import: ImportId,
        /// Which.
        batch: CodeBatchId,
        /// Its pool.
        sku: SkuId,
        /// What it is now.
        mark: Mark,
        /// Why.
        reason: String,
    },
    /// A slice of a batch became what the batch's mark says.
    #[serde(rename = "batch.advanced")]
    BatchAdvanced {
        /// The import that brought it.
        import: ImportId,
        /// Its pool.
        sku: SkuId,
        /// What the codes are now.
        mark: Mark,
        /// How many.
        count: i64,
        /// What moved.
        postings: Vec<Posting>,
    },
    /// A code was frozen, unfrozen or voided.
    #[serde(rename = "code.marked")]
    CodeMarked {
        /// Which.
        code: CodeId,
        /// What it came with.
        batch: CodeBatchId,
        /// Its pool.
        sku: SkuId,
        /// What it is now.
        mark: Mark,
        /// Why.
        reason: String,
        /// What moved.
        postings: Vec<Posting>,
    },
    /// Stock fell to the alarm line.
    #[serde(rename = "stock.low")]
    StockLow {
        /// Whose stock.
        sku: SkuId,
        /// Pieces left.
        left: i64,
        /// The line.
        line: i64,
    },
    /// An order was placed, paid and delivered at once.
    #[serde(rename = "order.bought")]
    OrderBought {
        /// The order.
        order: Order,
        /// Its lines.
        lines: Vec<LineFact>,
        /// What moved.
        postings: Vec<Posting>,
    },
    /// An order was placed and waits for money.
    #[serde(rename = "order.placed")]
    OrderPlaced {
        /// The order.
        order: Order,
        /// Its lines.
        lines: Vec<LineFact>,
        /// What keeps its pieces.
        held: Vec<HeldFact>,
    },
    /// A placed order was paid and delivered.
    #[serde(rename = "order.paid")]
    OrderPaid {
        /// The order.
        order: Order,
        /// Its lines.
        lines: Vec<LineFact>,
        /// The payment that did it.
        payment: Payment,
        /// The money that came in, if through a channel.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<Receipt>,
        /// What was too much and goes back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        refunds: Vec<Refund>,
        /// What kept its pieces and was posted.
        held: Vec<HeldFact>,
        /// What moved.
        postings: Vec<Posting>,
    },
    /// An order was closed unpaid.
    #[serde(rename = "order.closed")]
    OrderClosed {
        /// The order.
        order: Order,
        /// Its lines.
        lines: Vec<LineFact>,
        /// What kept its pieces and was voided.
        released: Vec<HeldFact>,
    },
    /// Somebody began to pay through a channel.
    #[serde(rename = "payment.started")]
    PaymentStarted {
        /// The payment.
        payment: Payment,
    },
    /// A channel said that nothing will come.
    #[serde(rename = "payment.ended")]
    PaymentEnded {
        /// The payment.
        payment: Payment,
    },
    /// Money came in that is for no goods, and goes back.
    #[serde(rename = "payment.returned")]
    PaymentReturned {
        /// The payment.
        payment: Payment,
        /// The money that came in.
        receipt: Receipt,
        /// The refund that takes it back.
        refund: Refund,
        /// What moved.
        postings: Vec<Posting>,
    },
    /// An order was refunded in whole or in part.
    #[serde(rename = "refund.made")]
    RefundMade {
        /// The refund.
        refund: Refund,
        /// The order.
        order: Order,
        /// Its lines.
        lines: Vec<LineFact>,
        /// What moved: codes first, then money.
        postings: Vec<Posting>,
    },
    /// A channel said how a refund ended.
    #[serde(rename = "refund.settled")]
    RefundSettled {
        /// The refund.
        refund: Refund,
        /// What moved.
        posting: Posting,
    },
    /// A refund that its channel refused was sent again.
    #[serde(rename = "refund.retried")]
    RefundRetried {
        /// The refund.
        refund: Refund,
        /// What moved.
        posting: Posting,
    },
    /// An order's codes were shown.
    #[serde(rename = "codes.revealed")]
    CodesRevealed {
        /// Which order's.
        order: OrderId,
        /// Tag of the network address, when a page showed them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
        /// Tag of the device, when a page showed them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<String>,
    },
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
            Self::WalletCredited { posting, .. }
            | Self::HoldPosted { posting, .. }
            | Self::CodesExpired { posting, .. }
            | Self::RefundSettled { posting, .. }
            | Self::RefundRetried { posting, .. } => std::slice::from_ref(posting),
            Self::ImportAdvanced { posting, .. } => posting.as_slice(),
            Self::BatchAdvanced { postings, .. }
            | Self::CodeMarked { postings, .. }
            | Self::OrderBought { postings, .. }
            | Self::OrderPaid { postings, .. }
            | Self::PaymentReturned { postings, .. }
            | Self::RefundMade { postings, .. } => postings,
            _ => &[],
        }
    }

    /// The kind, as the journal's column keeps it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::MerchantCreated { .. } => "merchant.created",
            Self::ApiKeyCreated { .. } => "api_key.created",
            Self::ApiKeyRevoked { .. } => "api_key.revoked",
            Self::ProductCreated { .. } => "product.created",
            Self::ProductEdited { .. } => "product.edited",
            Self::ShopEdited { .. } => "shop.edited",
            Self::BuyerCreated { .. } => "buyer.created",
            Self::WalletCredited { .. } => "wallet.credited",
            Self::HoldMade { .. } => "hold.made",
            Self::HoldPosted { .. } => "hold.posted",
            Self::HoldVoided { .. } => "hold.voided",
            Self::ImportOpened { .. } => "import.opened",
            Self::ImportAdvanced { .. } => "import.advanced",
            Self::ImportFinished { .. } => "import.finished",
            Self::CodesExpired { .. } => "codes.expired",
            Self::BatchMarked { .. } => "batch.marked",
            Self::BatchAdvanced { .. } => "batch.advanced",
            Self::CodeMarked { .. } => "code.marked",
            Self::StockLow { .. } => "stock.low",
            Self::OrderBought { .. } => "order.bought",
            Self::OrderPlaced { .. } => "order.placed",
            Self::OrderPaid { .. } => "order.paid",
            Self::OrderClosed { .. } => "order.closed",
            Self::PaymentStarted { .. } => "payment.started",
            Self::PaymentEnded { .. } => "payment.ended",
            Self::PaymentReturned { .. } => "payment.returned",
            Self::RefundMade { .. } => "refund.made",
            Self::RefundSettled { .. } => "refund.settled",
            Self::RefundRetried { .. } => "refund.retried",
            Self::CodesRevealed { .. } => "codes.revealed",
            Self::KeysRotated { .. } => "keys.rotated",
            Self::KeysDropped { .. } => "keys.dropped",
        }
    }
}

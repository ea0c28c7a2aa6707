//! Facts about orders. Each tells its order whole, as it is afterwards.

use crate::fact::FactBody;
use crate::fold::Folded;
use crate::ledger::HoldState;
use crate::ledger::fact::Posting;
use crate::order::Order;
use crate::payment::{Payment, Receipt};
use crate::refund::Refund;
use crate::voucher::Voucher;
use kernel::{AccountId, CodeId, HoldId, OrderId, ProductId, SkuId, Tenant, Timestamp, VoucherId};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Order:
    "order.bought" 1 => OrderBought,
    "order.placed" 1 => OrderPlaced,
    "order.paid" 1 => OrderPaid,
    "order.closed" 1 => OrderClosed,
    "order.retimed" 1 => OrderRetimed,
    "order.noted" 1 => OrderNoted,
    "order.link_given" 1 => OrderLinkGiven,
    "codes.revealed" 1 => CodesRevealed,
    "codes.unreadable" 1 => CodesUnreadable,
}

/// A line, as a fact tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFact {
    /// What was bought.
    pub sku: SkuId,
    /// The product.
    pub product: ProductId,
    /// The version of the product.
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
    /// The delivered vouchers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vouchers: Vec<VoucherId>,
    /// The version of shared content that was delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<u32>,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// A hold that a fact makes or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldFact {
    /// The hold.
    pub hold: HoldId,
    /// The account that keeps it.
    pub account: AccountId,
    /// How much.
    pub amount: i64,
}

/// An order was placed, paid and delivered at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderBought {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<LineFact>,
    /// The vouchers that it delivered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vouchers: Vec<Voucher>,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for OrderBought {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.order(tenant, self.order, self.lines);
        rows.vouchers(tenant, self.vouchers);
    }
}

/// An order was placed and waits for money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPlaced {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<LineFact>,
    /// What keeps its pieces.
    pub held: Vec<HeldFact>,
}

impl FactBody for OrderPlaced {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.order(tenant, self.order, self.lines);
        rows.order_holds(tenant, &self.held, HoldState::Pending);
    }
}

/// A placed order was paid and delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPaid {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<LineFact>,
    /// The payment that did it.
    pub payment: Payment,
    /// The money that came in, if through a channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// What was too much and goes back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<Refund>,
    /// The vouchers that it delivered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vouchers: Vec<Voucher>,
    /// What kept its pieces and was posted.
    pub held: Vec<HeldFact>,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for OrderPaid {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.order(tenant, self.order, self.lines);
        rows.vouchers(tenant, self.vouchers);
        rows.payment(tenant, self.payment);
        self.refunds.into_iter().for_each(|refund| rows.refund(tenant, refund));
        rows.order_holds(tenant, &self.held, HoldState::Posted);
    }
}

/// An order was closed unpaid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderClosed {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<LineFact>,
    /// What kept its pieces and was voided.
    pub released: Vec<HeldFact>,
}

impl FactBody for OrderClosed {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.order(tenant, self.order, self.lines);
        rows.order_holds(tenant, &self.released, HoldState::Voided);
    }
}

/// An order waits for money until another time, because the clock was taken back from when it was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRetimed {
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<LineFact>,
}

impl FactBody for OrderRetimed {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.order(tenant, self.order, self.lines);
    }
}

/// Somebody of the merchant's kept a note about an order. Buyers never see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderNoted {
    /// About which order.
    pub order: OrderId,
    /// What it says.
    pub text: String,
}

impl FactBody for OrderNoted {}

/// The link of an order's page was given out again: to who asked, and perhaps to the buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLinkGiven {
    /// Which order's.
    pub order: OrderId,
    /// Whether it went to the buyer by mail.
    pub mailed: bool,
}

impl FactBody for OrderLinkGiven {}

/// An order's codes were shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesRevealed {
    /// Which order's.
    pub order: OrderId,
    /// Tag of the network address, when a page showed them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Tag of the device, when a page showed them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Why, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl FactBody for CodesRevealed {
    fn fold(self, tenant: Tenant, at: Timestamp, rows: &mut Folded) {
        rows.first_reveals.entry((tenant, self.order)).or_insert(at.0);
    }
}

/// Codes that an order delivered before were to be shown, and do not open although their key is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesUnreadable {
    /// Which order's.
    pub order: OrderId,
    /// The codes.
    pub codes: Vec<CodeId>,
}

impl FactBody for CodesUnreadable {
    const ALARM: bool = true;
}

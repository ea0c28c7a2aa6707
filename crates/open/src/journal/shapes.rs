//! The parts of facts. Amounts in facts are ledger units: 1/10,000 of the major unit, or pieces.

use super::shapes_of_vouchers::FactTemplate;
use crate::catalog::{CodeField, InputField, Limits, ProductWords, SkuWords};
use edge::wire::{
    AccountId, BuyerId, Channel, Closed, CodeId, Currency, GoodsClass, HoldId, LogoFormat, Money,
    OrderId, PaymentId, ProductId, RefundRule, ReturnedCodes, SkuId, SkuKind, Time, VoucherId,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// An amount in 1/10,000 of the major unit.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct LedgerAmount {
    /// 1/10,000 of the major unit.
    amount: i64,
    /// What it is an amount of.
    currency: Currency,
}

/// How large an act is that wants a second person.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactSize {
    /// Money, in minor units.
    Amount(Money),
    /// Pieces.
    Pieces(i64),
}

/// What moved from one account to another.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactPosting {
    /// The account that gave.
    debit: AccountId,
    /// The account that received.
    credit: AccountId,
    /// What moved, in ledger units or pieces.
    amount: i64,
}

/// An order as it is after the fact. Amounts are minor units of its currency.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactOrder {
    /// Its id.
    id: OrderId,
    /// Who bought.
    buyer: BuyerId,
    /// Where it came from.
    channel: Channel,
    /// The caller's own id for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    /// The currency of its amounts.
    currency: Currency,
    /// What it costs.
    total: i64,
    /// What was paid.
    paid: i64,
    /// What was given back.
    refunded: i64,
    /// When it was placed.
    created_at: Time,
    /// It waits for money until this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<Time>,
    /// Why it was closed unpaid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed: Option<Closed>,
    /// The payment that paid it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    payment: Option<PaymentId>,
    /// The buyer's consent that a seen code is not taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    consent: Option<FactConsent>,
}

/// A consent as an order keeps it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactConsent {
    /// Version of the text that was agreed to.
    version: String,
    /// The time.
    at: Time,
}

/// A line of an order as it is after the fact.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactLine {
    /// What was bought.
    sku: SkuId,
    /// The product.
    product: ProductId,
    /// The version of the product.
    product_version: i64,
    /// How many pieces.
    quantity: u32,
    /// What one piece cost, in minor units.
    unit_price: i64,
    /// Pieces delivered and not taken back.
    delivered: u32,
    /// Pieces whose money was given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refunded: Option<u32>,
    /// What kept its pieces while the order waited for money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hold: Option<HoldId>,
    /// The delivered codes, each with its end of validity in microseconds since 1970.
    codes: Vec<FactCode>,
    /// The delivered vouchers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    vouchers: Vec<VoucherId>,
    /// The version of shared content that was delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<u32>,
}

/// A code's id and its end of validity in microseconds since 1970, as a pair.
#[derive(Debug, Serialize, Deserialize)]
pub struct FactCode(CodeId, i64);

// utoipa's own schema of a pair leaves open what stands in it, and generators of clients know nothing but items.
impl PartialSchema for FactCode {
    fn schema() -> RefOr<Schema> {
        let either = AnyOfBuilder::new().item(CodeId::schema()).item(i64::schema());
        ArrayBuilder::new().items(either).min_items(Some(2)).max_items(Some(2)).into()
    }
}

impl ToSchema for FactCode {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("FactCode")
    }
}

/// A product as it was at the time.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactProduct {
    /// Its id.
    id: ProductId,
    /// Grows with every edit.
    version: i64,
    /// What buyers read.
    name: String,
    /// What buyers get, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// What it looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    /// The shelf that it lies on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// How it is used, step by step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    guide: Vec<String>,
    /// What its buyer is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    input: Vec<InputField>,
    /// What buyers read in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<ProductWords>,
    /// Where it stands in its shop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    position: Option<i64>,
    /// Whether it can be bought.
    on_shelf: bool,
    /// Its SKUs.
    skus: Vec<FactSku>,
    /// When it was made.
    created_at: Time,
}

/// A checkpoint over all books, as it was signed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactCheckpoint {
    /// 1, 2, 3 …
    number: i64,
    /// When, in microseconds since 1970.
    at: i64,
    /// Books in it.
    books: i64,
    /// Facts in them.
    facts: i64,
    /// The root of the Merkle tree over the books.
    root: String,
    /// The digest of the checkpoint before it.
    previous: String,
    /// The public key, Ed25519.
    key: String,
    /// The signature.
    signature: String,
}

/// A shop's style as it was at the time.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactShop {
    /// Grows with every edit.
    version: i64,
    /// What buyers call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<FactText>,
    /// The line under the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    greeting: Option<FactText>,
    /// How to reach a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contact: Option<FactText>,
    /// The colour of the primary action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    colour: Option<String>,
    /// The logo, without its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logo: Option<FactLogo>,
}

/// A text in the languages of the pages.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactText {
    /// In Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    zh: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

/// A logo, without its bytes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactLogo {
    /// What kind of file it is.
    format: LogoFormat,
    /// The start of the SHA-256 of its bytes, in hexadecimal.
    hash: String,
    /// How many bytes it has.
    bytes: i64,
}

/// A SKU as it was at the time.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactSku {
    /// Its id.
    id: SkuId,
    /// How it is delivered.
    kind: SkuKind,
    /// What buyers read.
    name: String,
    /// What one piece costs the buyer.
    price: Money,
    /// The price that is struck through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    list_price: Option<Money>,
    /// What one piece costs the merchant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cost: Option<LedgerAmount>,
    /// What the goods count as.
    goods_class: GoodsClass,
    /// Tax classification code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tax_code: Option<String>,
    /// Purchase limits.
    #[serde(default)]
    limits: Limits,
    /// Sold from this time on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sale_from: Option<Time>,
    /// Sold before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sale_until: Option<Time>,
    /// The alarm line of its stock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stock_alarm: Option<u32>,
    /// Codes with fewer whole days left are not sold.
    #[serde(default)]
    min_days_left: u32,
    /// When money is given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refund: Option<RefundRule>,
    /// What becomes of a code that a buyer gives back unseen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    returned_codes: Option<ReturnedCodes>,
    /// What its codes have, in the order in which buyers read it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    code_fields: Vec<CodeField>,
    /// The template of its vouchers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    voucher: Option<FactTemplate>,
    /// What buyers read in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<SkuWords>,
    /// Whether it can be bought.
    on_shelf: bool,
    /// The newest version of what its buyers share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<u32>,
}

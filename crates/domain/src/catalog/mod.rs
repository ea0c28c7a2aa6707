//! What is listed (product) and what is priced and stocked (SKU), and the snapshot rules read from.

mod code_field;
pub mod create_product;
pub mod edit_product;
pub mod fact;
pub mod input;
pub mod place;
pub mod presentation;
pub mod put_product;
pub mod snapshot;
pub mod world;

use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
pub use code_field::CodeField;
pub use presentation::{Presentation, PresentationChange, ProductWords, SkuWords};
pub use put_product::ProductSettings;
pub use snapshot::{Catalog, Listed, TenantCatalog};

use crate::voucher::{Present, VoucherTerms};
use kernel::{Money, ProductId, SkuId, Timestamp, UnitCost};
use serde::{Deserialize, Serialize};

crate::dispatch::verbs! {
    Catalog:
    "create_product" => create_product::CreateProduct,
    "edit_product" => edit_product::EditProduct,
    "edit_sku" => edit_product::EditSku,
    "put_product" => put_product::PutProduct,
}

/// A product with its SKUs, as one document with one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// The tenant's version at its last change.
    pub version: i64,
    /// What buyers read.
    pub name: String,
    /// What buyers get, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What else buyers see of it, and what it asks of them.
    #[serde(flatten)]
    pub presentation: Presentation,
    /// Whether it can be bought.
    pub on_shelf: bool,
    /// Its SKUs, at least one.
    pub skus: Vec<Sku>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Answer for Product {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef { kind: OutcomeKind::Product, subject: self.id.0, version: self.version })
    }
}

/// A SKU: what is priced and stocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sku {
    /// Its id.
    pub id: SkuId,
    /// The editable part.
    #[serde(flatten)]
    pub terms: SkuTerms,
    /// The newest version of what its buyers share; 0 before there is one, and of other kinds.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub content: u32,
}

/// How a SKU is delivered. Other kinds join when their delivery is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkuKind {
    /// A card code (卡密) from a pool.
    Code,
    /// A voucher (券) that we redeem ourselves.
    Voucher,
    /// One text or link that all its buyers share (共享内容).
    Content,
}

/// What law and channels take the goods for; decides which payment methods are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoodsClass {
    /// Consumed online, such as a membership (虚拟商品).
    VirtualGoods,
    /// Redeemed for something in the real world (实物券).
    RealWorldVoucher,
    /// Stored value of an issuer (预付卡).
    PrepaidCard,
    /// Phone, data, utility (充值缴费).
    TopUp,
}

/// What a merchant sets on a SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuTerms {
    /// How it is delivered.
    pub kind: SkuKind,
    /// What buyers read.
    pub name: String,
    /// What one piece costs the buyer.
    pub price: Money,
    /// The price that is struck through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Money>,
    /// What one piece costs the merchant, if no batch says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<UnitCost>,
    /// What the goods count as.
    pub goods_class: GoodsClass,
    /// Tax classification code (税收分类编码).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_code: Option<String>,
    /// Purchase limits.
    #[serde(default)]
    pub limits: SkuLimits,
    /// Sold from this time on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_from: Option<Timestamp>,
    /// Sold before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_until: Option<Timestamp>,
    /// A fact is recorded when stock falls to this line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock_alarm: Option<u32>,
    /// Codes with fewer whole days (24 h) left are not sold.
    #[serde(default)]
    pub min_days_left: u32,
    /// When money is given back.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub refund: RefundRule,
    /// What becomes of a code that a buyer gives back unseen.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub returned_codes: ReturnedCodes,
    /// What its codes have, in the order in which buyers read it; none: a number, a password, or both.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code_fields: Vec<CodeField>,
    /// The template of its vouchers, if it is of that kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voucher: Option<Box<VoucherTerms>>,
    /// What buyers read in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<SkuWords>,
    /// Whether it can be bought.
    pub on_shelf: bool,
}

/// When money is given back. A code that was seen is never taken back; see `refund/request.rs`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundRule {
    /// Never.
    None,
    /// As long as the code was not seen.
    #[default]
    BeforeReveal,
    /// What was not redeemed of a voucher.
    BeforeRedeem,
    /// As long as the code was not seen, within so many days of the order.
    Days(u16),
}

/// What becomes of a code that a buyer gives back unseen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnedCodes {
    /// It is sold again.
    Restock,
    /// It is made worthless.
    #[default]
    Void,
}

/// How many pieces one order and one buyer may take, and how many may be held without money. Absent: no limit of the
/// merchant's own for orders and buyers, the usual numbers for what is held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuLimits {
    /// Pieces per order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_order: Option<u32>,
    /// Pieces per buyer, for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_user: Option<u32>,
    /// Unpaid pieces that one browser may hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_per_browser: Option<u32>,
    /// Unpaid pieces that one network address may hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_per_address: Option<u32>,
    /// Unpaid pieces that all guests of the pages may hold together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_by_guests: Option<u32>,
}

/// What is as usual is not written, so that products from before the field read and write alike.
fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl SkuTerms {
    /// Codes valid until this time or earlier are not sold now.
    pub fn cutoff(&self, now: Timestamp) -> Timestamp {
        now.plus_days(i64::from(self.min_days_left))
    }

    /// Whether its pieces are counted and picked from a pool of codes; of the others there are as many as are wanted.
    pub fn is_stocked(&self) -> bool {
        let imported = |terms: &VoucherTerms| terms.present == Present::Imported;
        self.kind == SkuKind::Code || self.voucher.as_deref().is_some_and(imported)
    }

    /// Pieces that one order may take at most. What buyers share is bought once.
    pub fn per_order(&self) -> Option<u32> {
        if self.kind == SkuKind::Content { Some(1) } else { self.limits.per_order }
    }

    /// Whether a time lies in the sale window.
    pub fn in_window(&self, now: Timestamp) -> bool {
        self.sale_from.is_none_or(|from| now >= from)
            && self.sale_until.is_none_or(|until| now < until)
    }
}

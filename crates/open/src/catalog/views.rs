//! Products and SKUs as callers see them.

use super::code_field::CodeField;
use super::presentation::{InputField, ProductWords, SkuWords};
use domain::catalog;
use edge::wire::{
    Decimal, GoodsClass, Hours, Money, OnExpiry, Present, ProductId, RefundRule, ReturnedCodes,
    SkuId, SkuKind, StoreId, Time, Validity, VoucherWorth, Wire,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// A product with its SKUs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Grows with every edit.
    pub version: i64,
    /// What buyers read.
    pub name: String,
    /// What buyers get, in words.
    pub description: Option<String>,
    /// What it looks like.
    pub picture: Option<String>,
    /// The shelf that it lies on.
    pub category: Option<String>,
    /// How it is used, step by step.
    pub guide: Vec<String>,
    /// What its buyer is asked.
    pub input: Vec<InputField>,
    /// What buyers read in English.
    pub en: Option<ProductWords>,
    /// Where it stands in its shop; null: by when it was listed.
    pub position: Option<i64>,
    /// Whether it can be bought.
    pub on_shelf: bool,
    /// Its SKUs.
    pub skus: Vec<Sku>,
    /// When it was made.
    pub created_at: Time,
}

/// A SKU: what is priced and stocked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sku {
    /// Its id.
    pub id: SkuId,
    /// The product that it belongs to.
    pub product: ProductId,
    /// How it is delivered.
    pub kind: SkuKind,
    /// What buyers read.
    pub name: String,
    /// What one piece costs the buyer.
    pub price: Money,
    /// The price that is struck through.
    pub list_price: Option<Money>,
    /// What one piece costs the merchant, in the currency of the price.
    pub cost: Option<Decimal>,
    /// What the goods count as.
    pub goods_class: GoodsClass,
    /// Tax classification code.
    pub tax_code: Option<String>,
    /// Purchase limits.
    pub limits: Limits,
    /// Sold from this time on.
    pub sale_from: Option<Time>,
    /// Sold before this time.
    pub sale_until: Option<Time>,
    /// A fact is recorded in the journal when stock falls to this line.
    pub stock_alarm: Option<u32>,
    /// Codes with fewer whole days left are not sold.
    pub min_days_left: u32,
    /// When money is given back.
    pub refund: RefundRule,
    /// What becomes of a code that a buyer gives back unseen.
    pub returned_codes: ReturnedCodes,
    /// What its codes have, in the order in which buyers read it; empty: a number, a password, or both.
    pub code_fields: Vec<CodeField>,
    /// What a voucher is worth; of the kind `voucher` alone, as what follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voucher: Option<VoucherWorth>,
    /// When a voucher is redeemed; absent: at any time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// Where a voucher is redeemed; empty: in every store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stores: Option<Vec<StoreId>>,
    /// On which days and at which hours a voucher is redeemed; empty: always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Vec<Hours>>,
    /// From which bill on a voucher is redeemed; absent: from any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_spend: Option<Money>,
    /// How a voucher is shown to be redeemed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<Present>,
    /// What becomes of what is left of a voucher when its time is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_expiry: Option<OnExpiry>,
    /// What buyers read in English.
    pub en: Option<SkuWords>,
    /// Whether it can be bought.
    pub on_shelf: bool,
    /// The newest version of what its buyers share; of the kind `content` alone. 0: there is none, and nothing is sold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<u32>,
    /// Pieces that can be sold now; of codes alone. Answers to edits don't have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock: Option<i64>,
}

/// How many pieces one order and one buyer may take (null: as many as they like), and how many pieces buyers of the
/// shop's pages may hold without money (absent: the usual). Above that an order is taken without a hold: its pieces are
/// taken when the money comes, or the money goes back. Orders placed with a key are always held.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(remote = "Self", default, deny_unknown_fields)]
pub struct Limits {
    /// Pieces per order.
    pub per_order: Option<u32>,
    /// Pieces per buyer, for ever. With a key that is `buyer`. On the shop's pages it is the phone or e-mail that
    /// the product asks, else the browser's cookie: whoever has several of them, or clears the cookie, counts as
    /// several buyers. The network address is never counted.
    pub per_user: Option<u32>,
    /// Unpaid pieces that one browser holds; 20 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_per_browser: Option<u32>,
    /// Unpaid pieces that one network address holds; 200 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_per_address: Option<u32>,
    /// Unpaid pieces that all browsers hold together; half of what is in stock, at least 1, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_by_guests: Option<u32>,
}

edge::wire::written_as_read!(Limits);

impl Product {
    /// Without stock: what was written, which a repeat must show again.
    pub fn of(product: &catalog::Product) -> Self {
        let page = &product.presentation;
        Self {
            id: Wire(product.id),
            version: product.version,
            name: product.name.clone(),
            description: product.description.clone(),
            picture: page.picture.clone(),
            category: page.category.clone(),
            guide: page.guide.clone(),
            input: page.input.iter().cloned().map(Into::into).collect(),
            en: page.en.clone().map(Into::into),
            position: page.position,
            on_shelf: product.on_shelf,
            skus: product.skus.iter().map(|sku| Sku::of(product, sku)).collect(),
            created_at: Wire(product.created_at),
        }
    }

    /// With the pieces that can be sold now.
    pub fn with_stock(product: &catalog::Product, stock: &HashMap<kernel::SkuId, i64>) -> Self {
        let mut view = Self::of(product);
        for (sku, stored) in view.skus.iter_mut().zip(&product.skus) {
            let count = || stock.get(&stored.id).copied().unwrap_or(0);
            sku.stock = stored.terms.is_stocked().then(count);
        }
        view
    }

    /// One of its SKUs.
    pub fn into_sku(self, id: kernel::SkuId) -> Option<Sku> {
        self.skus.into_iter().find(|sku| sku.id.0 == id)
    }
}

impl Sku {
    fn of(product: &catalog::Product, sku: &catalog::Sku) -> Self {
        let terms = &sku.terms;
        let voucher = terms.voucher.as_ref();
        Self {
            id: Wire(sku.id),
            product: Wire(product.id),
            kind: Wire(terms.kind),
            name: terms.name.clone(),
            price: terms.price.into(),
            list_price: terms.list_price.map(Money::from),
            cost: terms.cost.map(|cost| Decimal(cost.amount)),
            goods_class: Wire(terms.goods_class),
            tax_code: terms.tax_code.clone(),
            limits: terms.limits.into(),
            sale_from: terms.sale_from.map(Wire),
            sale_until: terms.sale_until.map(Wire),
            stock_alarm: terms.stock_alarm,
            min_days_left: terms.min_days_left,
            refund: RefundRule(terms.refund),
            returned_codes: Wire(terms.returned_codes),
            code_fields: terms.code_fields.iter().map(CodeField::from).collect(),
            voucher: voucher.map(|voucher| VoucherWorth(voucher.worth)),
            validity: voucher.and_then(|voucher| voucher.validity).map(Validity),
            stores: voucher.map(|voucher| voucher.stores.iter().copied().map(Wire).collect()),
            hours: voucher.map(|voucher| voucher.hours.iter().cloned().map(Hours).collect()),
            min_spend: voucher.and_then(|voucher| voucher.min_spend).map(Into::into),
            present: voucher.map(|voucher| Wire(voucher.present)),
            on_expiry: voucher.map(|voucher| OnExpiry(voucher.on_expiry)),
            en: terms.en.clone().map(Into::into),
            on_shelf: terms.on_shelf,
            content: (terms.kind == catalog::SkuKind::Content).then_some(sku.content),
            stock: None,
        }
    }
}

impl From<catalog::SkuLimits> for Limits {
    fn from(limits: catalog::SkuLimits) -> Self {
        Self {
            per_order: limits.per_order,
            per_user: limits.per_user,
            held_per_browser: limits.held_per_browser,
            held_per_address: limits.held_per_address,
            held_by_guests: limits.held_by_guests,
        }
    }
}

impl From<Limits> for catalog::SkuLimits {
    fn from(limits: Limits) -> Self {
        Self {
            per_order: limits.per_order,
            per_user: limits.per_user,
            held_per_browser: limits.held_per_browser,
            held_per_address: limits.held_per_address,
            held_by_guests: limits.held_by_guests,
        }
    }
}

//! Products and SKUs as callers send them.

use super::code_field::NewCodeField;
use super::picture::PictureName;
use super::presentation::{InputField, ProductWords, SkuWords};
use super::views::Limits;
use domain::catalog::{
    GoodsClass as Class, Presentation, PresentationChange, RefundRule as Rule, SkuKind as Kind,
    SkuTerms, create_product, edit_product,
};
use domain::voucher::VoucherTerms;
use edge::wire::{
    Decimal, Description, GoodsClass, GuideStep, Hours, Money, Name, OnExpiry, Present, ProductId,
    RefundRule, ReturnedCodes, SkuId, SkuKind, StoreId, TaxCode, Time, Validity, VoucherWorth,
    only_objects,
};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

/// A product that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProduct {
    /// What buyers read.
    pub name: Name,
    /// What buyers get, in words.
    pub description: Option<Description>,
    /// What it looks like.
    pub picture: Option<PictureName>,
    /// The shelf that it lies on.
    pub category: Option<Name>,
    /// How it is used, in up to 12 steps; buyers see it once it is paid.
    #[serde(default)]
    pub guide: Vec<GuideStep>,
    /// What its buyer is asked, up to 6 fields.
    #[serde(default)]
    pub input: Vec<InputField>,
    /// What buyers read in English.
    pub en: Option<ProductWords>,
    /// Where it stands in its shop, the smallest number first; by when it was listed when absent, behind all small numbers.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub position: Option<i64>,
    /// Whether it can be bought at once; true when absent.
    #[serde(default = "yes")]
    pub on_shelf: bool,
    /// Its SKUs, 1 to 100.
    pub skus: Vec<NewSku>,
}

/// A SKU that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NewSku {
    /// How it is delivered.
    pub kind: SkuKind,
    /// What buyers read.
    pub name: Name,
    /// What one piece costs the buyer.
    pub price: Money,
    /// The price that is struck through.
    pub list_price: Option<Money>,
    /// What one piece costs the merchant, in the currency of the price.
    pub cost: Option<Decimal>,
    /// What the goods count as; `virtual_goods` when absent.
    pub goods_class: Option<GoodsClass>,
    /// Tax classification code.
    pub tax_code: Option<TaxCode>,
    /// Purchase limits.
    #[serde(default)]
    pub limits: Limits,
    /// Sold from this time on.
    pub sale_from: Option<Time>,
    /// Sold before this time.
    pub sale_until: Option<Time>,
    /// A fact is recorded in the journal when stock falls to this line.
    pub stock_alarm: Option<u32>,
    /// Codes with fewer whole days left are not sold.
    #[serde(default)]
    pub min_days_left: u32,
    /// When money is given back; `before_reveal` of codes and `before_redeem` of vouchers when absent.
    pub refund: Option<RefundRule>,
    /// What becomes of a code that a buyer gives back unseen; `void` when absent.
    pub returned_codes: Option<ReturnedCodes>,
    /// What its codes have, up to 12 fields in the order in which buyers read them; when absent a number, a password,
    /// or both.
    #[serde(default)]
    pub code_fields: Vec<NewCodeField>,
    /// What a voucher is worth; of the kind `voucher` alone, as what follows.
    pub voucher: Option<VoucherWorth>,
    /// When a voucher is redeemed; at any time when absent.
    pub validity: Option<Validity>,
    /// Where a voucher is redeemed; in every store when absent or empty.
    #[serde(default)]
    pub stores: Vec<StoreId>,
    /// On which days and at which hours a voucher is redeemed; always when absent or empty.
    #[serde(default)]
    #[schema(max_items = 21)]
    pub hours: Vec<Hours>,
    /// From which bill on a voucher is redeemed.
    pub min_spend: Option<Money>,
    /// How a voucher is shown to be redeemed; by its code when absent.
    pub present: Option<Present>,
    /// What becomes of what is left of a voucher when its time is over; `refund` when absent.
    pub on_expiry: Option<OnExpiry>,
    /// What buyers read in English.
    pub en: Option<SkuWords>,
    /// Whether it can be bought; true when absent.
    #[serde(default = "yes")]
    pub on_shelf: bool,
}

/// A change of a product. What is absent stays; null takes away what may be missing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductChange {
    /// A new name.
    pub name: Option<Name>,
    /// A new description.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Description>)]
    pub description: Option<Option<Description>>,
    /// Another picture.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<PictureName>)]
    pub picture: Option<Option<PictureName>>,
    /// Another shelf.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Name>)]
    pub category: Option<Option<Name>>,
    /// Another guide, all of it.
    pub guide: Option<Vec<GuideStep>>,
    /// Other fields that the buyer is asked, all of them.
    pub input: Option<Vec<InputField>>,
    /// Other English words, all of them.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<ProductWords>)]
    pub en: Option<Option<ProductWords>>,
    /// Another position; null: where it was listed. Not together with `behind`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub position: Option<Option<i64>>,
    /// Behind which other product it stands from now on, as its shop shows them; null puts it first.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<ProductId>)]
    pub behind: Option<Option<ProductId>>,
    /// On or off the shelf.
    pub on_shelf: Option<bool>,
}

/// A change of a SKU. What is absent stays; null takes away what may be missing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SkuChange {
    /// A new name.
    pub name: Option<Name>,
    /// A new price, in the same currency.
    pub price: Option<Money>,
    /// A new list price.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Money>)]
    pub list_price: Option<Option<Money>>,
    /// A new cost, in the currency of the price.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Decimal>)]
    pub cost: Option<Option<Decimal>>,
    /// A new tax code.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<TaxCode>)]
    pub tax_code: Option<Option<TaxCode>>,
    /// New limits, all of them.
    pub limits: Option<Limits>,
    /// A new start of sale.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Time>)]
    pub sale_from: Option<Option<Time>>,
    /// A new end of sale.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Time>)]
    pub sale_until: Option<Option<Time>>,
    /// A new alarm line.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<u32>)]
    pub stock_alarm: Option<Option<u32>>,
    /// New days that codes must have left.
    pub min_days_left: Option<u32>,
    /// A new rule of refunds.
    pub refund: Option<RefundRule>,
    /// A new fate of codes that come back.
    pub returned_codes: Option<ReturnedCodes>,
    /// Other fields of its codes, all of them. Codes that are stored keep those that they came with.
    pub code_fields: Option<Vec<NewCodeField>>,
    /// What vouchers are worth that are delivered from now on; what they count stays.
    pub voucher: Option<VoucherWorth>,
    /// When those are redeemed; null: at any time.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Validity>)]
    pub validity: Option<Option<Validity>>,
    /// Where vouchers are redeemed, all stores; also those that were delivered before.
    pub stores: Option<Vec<StoreId>>,
    /// On which days and at which hours vouchers are redeemed, all of them; also those that were delivered before.
    pub hours: Option<Vec<Hours>>,
    /// From which bill on vouchers are redeemed, also those that were delivered before; null: from any.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Money>)]
    pub min_spend: Option<Option<Money>>,
    /// How vouchers are shown that are delivered from now on.
    pub present: Option<Present>,
    /// What becomes of what is left of those.
    pub on_expiry: Option<OnExpiry>,
    /// Other English words, all of them.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<SkuWords>)]
    pub en: Option<Option<SkuWords>>,
    /// Behind which other SKU of its product it stands from now on; null puts it first.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<SkuId>)]
    pub behind: Option<Option<SkuId>>,
    /// On or off the shelf.
    pub on_shelf: Option<bool>,
}

only_objects!(NewSku);

fn yes() -> bool {
    true
}

/// Tells null from absent: what is present is `Some`, also null.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

impl From<NewProduct> for create_product::CreateProduct {
    fn from(new: NewProduct) -> Self {
        Self {
            name: new.name.0,
            description: new.description.map(|text| text.0),
            presentation: Presentation {
                picture: new.picture.map(|picture| picture.0),
                category: new.category.map(|name| name.0),
                guide: steps(new.guide),
                input: fields(new.input),
                en: new.en.map(Into::into),
                position: new.position,
            },
            on_shelf: new.on_shelf,
            skus: new.skus.into_iter().map(SkuTerms::from).collect(),
        }
    }
}

impl From<NewSku> for SkuTerms {
    fn from(new: NewSku) -> Self {
        let currency = new.price.currency.0;
        Self {
            kind: new.kind.0,
            name: new.name.0,
            price: new.price.into(),
            list_price: new.list_price.map(Into::into),
            cost: new.cost.map(|cost| cost.unit_cost(currency)),
            goods_class: new.goods_class.map_or(Class::VirtualGoods, |class| class.0),
            tax_code: new.tax_code.map(|code| code.0),
            limits: new.limits.into(),
            sale_from: new.sale_from.map(|at| at.0),
            sale_until: new.sale_until.map(|at| at.0),
            stock_alarm: new.stock_alarm,
            min_days_left: new.min_days_left,
            refund: new.refund.map_or(usual_refund(new.kind.0), |rule| rule.0),
            returned_codes: new.returned_codes.map_or_else(Default::default, |fate| fate.0),
            code_fields: new.code_fields.into_iter().map(Into::into).collect(),
            voucher: new.voucher.map(|worth| {
                Box::new(VoucherTerms {
                    worth: worth.0,
                    validity: new.validity.map(|validity| validity.0),
                    stores: new.stores.into_iter().map(|store| store.0).collect(),
                    hours: new.hours.into_iter().map(|hours| hours.0).collect(),
                    min_spend: new.min_spend.map(Into::into),
                    present: new.present.map_or_else(Default::default, |present| present.0),
                    on_expiry: new.on_expiry.map_or_else(Default::default, |rule| rule.0),
                })
            }),
            en: new.en.map(Into::into),
            on_shelf: new.on_shelf,
        }
    }
}

fn usual_refund(kind: Kind) -> Rule {
    match kind {
        Kind::Code | Kind::Content => Rule::BeforeReveal,
        Kind::Voucher => Rule::BeforeRedeem,
    }
}

fn steps(guide: Vec<GuideStep>) -> Vec<String> {
    guide.into_iter().map(|step| step.0).collect()
}

fn fields(input: Vec<InputField>) -> Vec<domain::catalog::input::InputField> {
    input.into_iter().map(Into::into).collect()
}

impl ProductChange {
    /// The change of a product.
    pub fn into_domain(self, product: kernel::ProductId) -> edit_product::EditProduct {
        edit_product::EditProduct {
            product,
            name: self.name.map(|name| name.0),
            description: self.description.map(|text| text.map(|text| text.0)),
            presentation: PresentationChange {
                picture: self.picture.map(|picture| picture.map(|picture| picture.0)),
                category: self.category.map(|name| name.map(|name| name.0)),
                guide: self.guide.map(steps),
                input: self.input.map(fields),
                en: self.en.map(|en| en.map(Into::into)),
                position: self.position,
            },
            behind: self.behind.map(|behind| behind.map(|id| id.0)),
            on_shelf: self.on_shelf,
        }
    }
}

impl SkuChange {
    /// The change; `currency` is the one that the SKU keeps for ever.
    pub fn into_domain(self, currency: kernel::Currency) -> edit_product::SkuChange {
        edit_product::SkuChange {
            name: self.name.map(|name| name.0),
            price: self.price.map(Into::into),
            list_price: self.list_price.map(|price| price.map(Into::into)),
            cost: self.cost.map(|cost| cost.map(|cost| cost.unit_cost(currency))),
            tax_code: self.tax_code.map(|code| code.map(|code| code.0)),
            limits: self.limits.map(Into::into),
            sale_from: self.sale_from.map(|at| at.map(|at| at.0)),
            sale_until: self.sale_until.map(|at| at.map(|at| at.0)),
            stock_alarm: self.stock_alarm,
            min_days_left: self.min_days_left,
            refund: self.refund.map(|rule| rule.0),
            returned_codes: self.returned_codes.map(|fate| fate.0),
            code_fields: self.code_fields.map(|all| all.into_iter().map(Into::into).collect()),
            voucher: edit_product::VoucherChange {
                worth: self.voucher.map(|worth| worth.0),
                validity: self.validity.map(|validity| validity.map(|validity| validity.0)),
                stores: self.stores.map(|all| all.into_iter().map(|store| store.0).collect()),
                hours: self.hours.map(|all| all.into_iter().map(|hours| hours.0).collect()),
                min_spend: self.min_spend.map(|least| least.map(Into::into)),
                present: self.present.map(|present| present.0),
                on_expiry: self.on_expiry.map(|rule| rule.0),
            },
            en: self.en.map(|en| en.map(Into::into)),
            behind: self.behind.map(|behind| behind.map(|id| id.0)),
            on_shelf: self.on_shelf,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(body: &str) -> edit_product::SkuChange {
        let change: SkuChange = serde_json::from_str(body).expect("a change");
        change.into_domain(kernel::Currency::Cny)
    }

    #[test]
    fn null_takes_away_and_absent_stays() {
        assert!(change("{}").cost.is_none());
        assert_eq!(change(r#"{"cost":null}"#).cost, Some(None));
        let cost = change(r#"{"cost":"1.5"}"#).cost.flatten().map(|cost| cost.amount);
        assert_eq!(cost, Some(15_000));
        assert_eq!(change(r#"{"stock_alarm":null}"#).stock_alarm, Some(None));
        assert_eq!(change(r#"{"stock_alarm":7}"#).stock_alarm, Some(Some(7)));
    }

    #[test]
    fn a_product_needs_little() {
        let body = r#"{"name":"P","skus":[{"kind":"code","name":"S",
            "price":{"amount":1990,"currency":"CNY"}}]}"#;
        let new: NewProduct = serde_json::from_str(body).expect("a product");
        let command = create_product::CreateProduct::from(new);
        assert!(command.on_shelf && command.skus[0].on_shelf);
        assert_eq!(command.skus[0].goods_class, Class::VirtualGoods);
        assert_eq!(command.skus[0].limits, Default::default());
    }
}

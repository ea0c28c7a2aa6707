//! Create a product with its SKUs; it is on the shelf at once unless it says otherwise.

use super::code_field::check_code_fields;
use super::{Presentation, Product, RefundRule, Sku, SkuKind, SkuTerms};
use crate::catalog::fact::ProductCreated;
use crate::voucher;
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{FOREVER, ProductId, SkuId, limits};

/// Makes a product.
#[derive(Debug, Clone)]
pub struct CreateProduct {
    /// What buyers read.
    pub name: String,
    /// What buyers get, in words.
    pub description: Option<String>,
    /// What else buyers see of it, and what it asks of them.
    pub presentation: Presentation,
    /// Whether it can be bought at once.
    pub on_shelf: bool,
    /// Its SKUs.
    pub skus: Vec<SkuTerms>,
}

impl Verb for CreateProduct {
    const NATURE: Nature = Nature::Configuration;
    type Answer = Box<Product>;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
    }

    /// Order of checks: name, what buyers see, number of SKUs, each SKU in turn, the stores that SKUs name.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        check_product(&self.name, &self.presentation, self.skus.iter())?;
        for (i, terms) in self.skus.iter().enumerate() {
            let at = format!("skus[{i}]");
            voucher::terms::check_stores(&at, world, ctx.origin.tenant, terms)?;
        }

        let skus = self
            .skus
            .into_iter()
            .map(|terms| Sku { id: SkuId((ctx.draw)()), terms, content: 0 })
            .collect();
        let product = Product {
            id: ProductId((ctx.draw)()),
            version: 0,
            name: self.name,
            description: self.description,
            presentation: self.presentation,
            on_shelf: self.on_shelf,
            skus,
            created_at: ctx.now,
        };
        save_new(world, ctx, product)
    }
}

/// Puts a product in force that was not there before.
pub(super) fn save_new(
    world: &mut World,
    ctx: &mut Context<'_>,
    mut product: Product,
) -> Result<Box<Product>, Refusal> {
    product.version = world.config.next_version(ctx.origin.tenant)?;
    set_timers(world, ctx, &product.skus);
    world.save_product(ctx.origin.tenant, product.clone());
    let fact = ProductCreated { product: product.clone() };
    world.record(ctx, product.id.0, fact);
    Ok(Box::new(product))
}

/// A product as it would be.
pub(super) fn check_product<'s>(
    name: &str,
    presentation: &Presentation,
    skus: impl ExactSizeIterator<Item = &'s SkuTerms>,
) -> Result<(), Refusal> {
    check_name("name", name)?;
    presentation.check()?;
    if skus.len() == 0 || skus.len() > limits::PRODUCT_SKUS_MAX {
        return Err(Refusal::invalid("skus", "send 1 to 100 SKUs"));
    }
    for (i, terms) in skus.enumerate() {
        check_terms(&format!("skus[{i}]"), terms)?;
    }
    Ok(())
}

/// A name that people read.
pub fn check_name(field: &str, name: &str) -> Result<(), Refusal> {
    let length = name.chars().count();
    if length == 0 || length > limits::NAME_CHARS_MAX || name.chars().any(char::is_control) {
        return Err(Refusal::invalid(field, "send 1 to 200 characters without control characters"));
    }
    Ok(())
}

/// What is of vouchers stands at SKUs of vouchers, and what is of codes at those of codes.
fn check_kind(at: &str, terms: &SkuTerms) -> Result<(), Refusal> {
    let of = |field: &str, detail: &str| Err(Refusal::invalid(format!("{at}.{field}"), detail));
    match (&terms.voucher, terms.kind) {
        (None, SkuKind::Voucher) => of("voucher", "say what a voucher is worth"),
        (Some(_), SkuKind::Code | SkuKind::Content) => {
            of("voucher", "send it with the kind voucher")
        }
        (Some(_), _) if terms.refund == RefundRule::BeforeReveal => {
            of("refund", "send none, before_redeem or days: a voucher is not used up by being seen")
        }
        (Some(_), _) if !terms.code_fields.is_empty() => {
            of("code_fields", "leave it out: codes of vouchers have no fields")
        }
        (Some(voucher), _) => voucher::terms::check(at, terms, voucher),
        (None, _) if terms.refund == RefundRule::BeforeRedeem => {
            of("refund", "send it with the kind voucher")
        }
        (None, SkuKind::Content) if !terms.code_fields.is_empty() => {
            of("code_fields", "leave it out: what buyers share has no fields")
        }
        (None, SkuKind::Content) if terms.limits.per_order.is_some_and(|limit| limit != 1) => of(
            "limits.per_order",
            "send 1 or leave it out: what buyers share is bought once an order",
        ),
        (None, _) => Ok(()),
    }
}

/// The timers of its vouchers.
pub(super) fn set_timers<'s>(
    world: &mut World,
    ctx: &Context<'_>,
    skus: impl IntoIterator<Item = &'s Sku>,
) {
    for sku in skus {
        let end = sku.terms.voucher.as_ref().map(|voucher| voucher.earliest_end(ctx.now));
        if let Some(end) = end.filter(|end| *end < FOREVER) {
            voucher::expire::ring_by(world, ctx.origin.tenant, sku.id, end);
        }
    }
}

/// What a merchant set on a SKU, with `at` as its place in the body.
pub fn check_terms(at: &str, terms: &SkuTerms) -> Result<(), Refusal> {
    let money = 0..=limits::AMOUNT_MINOR_MAX;
    check_name(&format!("{at}.name"), &terms.name)?;
    if let Some(name) = terms.en.as_ref().and_then(|words| words.name.as_ref()) {
        check_name(&format!("{at}.en.name"), name)?;
    }
    if !money.contains(&terms.price.amount) {
        return Err(Refusal::invalid(format!("{at}.price.amount"), "send 0 to 100000000000"));
    }
    if let Some(list) = terms.list_price
        && (!money.contains(&list.amount) || list.currency != terms.price.currency)
    {
        let detail = "send 0 to 100000000000 in the currency of the price";
        return Err(Refusal::invalid(format!("{at}.list_price"), detail));
    }
    for (field, limit) in
        [("per_order", terms.limits.per_order), ("per_user", terms.limits.per_user)]
    {
        if limit == Some(0) {
            return Err(Refusal::invalid(
                format!("{at}.limits.{field}"),
                "send at least 1, or leave it out for no limit",
            ));
        }
    }
    if let (Some(from), Some(until)) = (terms.sale_from, terms.sale_until)
        && from >= until
    {
        return Err(Refusal::invalid(format!("{at}.sale_until"), "send a time after sale_from"));
    }
    if terms.min_days_left > 3650 {
        return Err(Refusal::invalid(format!("{at}.min_days_left"), "send 0 to 3650"));
    }
    if matches!(terms.refund, RefundRule::Days(days) if !(1..=3650).contains(&days)) {
        return Err(Refusal::invalid(format!("{at}.refund.days"), "send 1 to 3650"));
    }
    check_kind(at, terms)?;
    check_code_fields(&format!("{at}.code_fields"), &terms.code_fields)
}

//! Put a product as somebody wants it, whole, under ids that he names: a shop's configuration goes from one place to
//! another. What is there is edited, what is not is made.

use super::create_product::{check_product, save_new, set_timers};
use super::edit_product::{follow, needs_of_edit, save, start_again};
use super::{Presentation, Product, Sku, SkuTerms};
use crate::voucher::{self, VoucherType};
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{ProductId, Tenant, Timestamp, limits};
use std::collections::BTreeSet;

/// Makes a product as it is told.
#[derive(Debug, Clone)]
pub struct PutProduct {
    /// Which product.
    pub product: ProductId,
    /// As it shall be.
    pub settings: ProductSettings,
}

/// What a merchant sets on a product and its SKUs: all of it, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductSettings {
    /// What buyers read.
    pub name: String,
    /// What buyers get, in words.
    pub description: Option<String>,
    /// What else buyers see of it, and what it asks of them.
    pub presentation: Presentation,
    /// Whether it can be bought.
    pub on_shelf: bool,
    /// Its SKUs. One that the product has and that is not among them stays as it is, behind them.
    pub skus: Vec<Sku>,
}

impl ProductSettings {
    /// Those of a product. What its buyers share is none of them.
    pub fn of(product: &Product) -> Self {
        let skus = product.skus.iter().map(|sku| Sku { content: 0, ..sku.clone() });
        Self {
            name: product.name.clone(),
            description: product.description.clone(),
            presentation: product.presentation.clone(),
            on_shelf: product.on_shelf,
            skus: skus.collect(),
        }
    }
}

impl Verb for PutProduct {
    const NATURE: Nature = Nature::Configuration;
    type Answer = Box<Product>;

    /// What an edit of each of its SKUs needs.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
        self.settings.skus.iter().for_each(|sku| needs_of_edit(sku.id, at, needs));
    }

    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let next = self.next(ctx.origin.tenant, ctx.now, world)?;
        Self::write(next, world, ctx)
    }
}

impl PutProduct {
    /// The product as it would be, in the version that it has. Changes nothing.
    ///
    /// Order of checks: name, what buyers see, number of SKUs, each SKU in turn, the ids, what a SKU keeps for ever.
    pub fn next(&self, tenant: Tenant, now: Timestamp, world: &World) -> Result<Product, Refusal> {
        let catalog = world.config.tenant(tenant).ok_or(Refusal::NotFound("merchant"))?;
        let there = catalog.product(self.product);
        let wanted = &self.settings;
        let terms = wanted.skus.iter().map(|sku| &sku.terms);
        check_product(&wanted.name, &wanted.presentation, terms)?;
        let mut ids = BTreeSet::new();
        for (i, sku) in wanted.skus.iter().enumerate() {
            let of = |field: &str| format!("skus[{i}].{field}");
            let at = format!("skus[{i}]");
            voucher::terms::check_stores(&at, world, tenant, &sku.terms)?;
            if !ids.insert(sku.id) {
                return Err(Refusal::invalid(of("id"), "an earlier SKU has this id"));
            }
            match catalog.sku(sku.id) {
                Some((product, _)) if product.id != self.product => {
                    return Err(Refusal::invalid(of("id"), "another product has this SKU"));
                }
                Some((_, before)) => check_kept(&before.terms, &sku.terms, of)?,
                None => {}
            }
        }
        let left = there.iter().flat_map(|product| &product.skus);
        let left = left.filter(|sku| !ids.contains(&sku.id)).cloned();
        let wanted_skus = wanted.skus.iter().map(|sku| {
            // What is shared is not part of the settings: it stays, and does not come with them.
            let content = catalog.sku(sku.id).map_or(0, |(_, before)| before.content);
            Sku { content, ..sku.clone() }
        });
        let skus: Vec<Sku> = wanted_skus.chain(left).collect();
        if skus.len() > limits::PRODUCT_SKUS_MAX {
            return Err(Refusal::invalid("skus", "with those that it has they are more than 100"));
        }
        Ok(Product {
            id: self.product,
            version: there.map_or(0, |product| product.version),
            name: wanted.name.clone(),
            description: wanted.description.clone(),
            presentation: wanted.presentation.clone(),
            on_shelf: wanted.on_shelf,
            skus,
            created_at: there.map_or(now, |product| product.created_at),
        })
    }

    /// Puts what [`next`](Self::next) gave in force; leaves alone what is so already.
    pub fn write(
        next: Product,
        world: &mut World,
        ctx: &mut Context<'_>,
    ) -> Result<Box<Product>, Refusal> {
        let catalog = world.config.tenant(ctx.origin.tenant);
        let there = catalog.and_then(|catalog| catalog.product(next.id)).cloned();
        let Some(there) = there else { return save_new(world, ctx, next) };
        if *there == next {
            return Ok(Box::new(next));
        }
        for before in &there.skus {
            let Some(after) = next.skus.iter().find(|sku| sku.id == before.id) else { continue };
            follow(world, ctx, before, &after.terms);
            if after.terms.on_shelf && !before.terms.on_shelf {
                start_again(world, ctx.origin.tenant, before.id);
            }
        }
        let is_new = |sku: &&Sku| there.skus.iter().all(|before| before.id != sku.id);
        set_timers(world, ctx, next.skus.iter().filter(is_new));
        save(world, ctx, next)
    }
}

/// What its vouchers count.
fn counts(terms: &SkuTerms) -> Option<VoucherType> {
    terms.voucher.as_ref().map(|voucher| voucher.worth.counts())
}

fn check_kept(
    before: &SkuTerms,
    after: &SkuTerms,
    of: impl Fn(&str) -> String,
) -> Result<(), Refusal> {
    for (field, is_kept) in [
        ("kind", before.kind == after.kind),
        ("voucher.type", counts(before) == counts(after)),
        ("present", before.is_stocked() == after.is_stocked()),
        ("goods_class", before.goods_class == after.goods_class),
        ("price.currency", before.price.currency == after.price.currency),
    ] {
        if !is_kept {
            return Err(Refusal::invalid(of(field), "a SKU keeps it; make a new SKU"));
        }
    }
    Ok(())
}

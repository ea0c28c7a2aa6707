//! Edit a product or one of its SKUs. What is absent stays as it is.

use super::create_product::{check_name, check_terms};
use super::place::put_behind;
use super::{PresentationChange, Product, Sku, SkuTerms};
use crate::catalog::fact::ProductEdited;
use crate::inventory::{pool, stop_sku};
use crate::ledger::{AccountKey, AccountKind};
use crate::voucher::{self, Hours, OnExpiry, Present, Validity, VoucherTerms, Worth};
use crate::work::{WorkKey, WorkKind};
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{Money, ProductId, SkuId, StoreId, Tenant};

/// Changes a product's own fields.
#[derive(Debug, Clone)]
pub struct EditProduct {
    /// Which product.
    pub product: ProductId,
    /// A new name.
    pub name: Option<String>,
    /// A new description, or none.
    pub description: Option<Option<String>>,
    /// What else buyers see of it, and what it asks of them.
    pub presentation: PresentationChange,
    /// Behind which other product it stands from now on; the inner `None` puts it first.
    pub behind: Option<Option<ProductId>>,
    /// On or off the shelf.
    pub on_shelf: Option<bool>,
}

/// Replaces what a merchant set on a SKU.
#[derive(Debug, Clone)]
pub struct EditSku {
    /// Which SKU.
    pub sku: SkuId,
    /// The change, applied to the terms in force when the command runs.
    pub change: SkuChange,
}

/// Fields of a SKU to change. The inner `None` of a double option clears a field.
#[derive(Debug, Clone, Default)]
pub struct SkuChange {
    /// A new name.
    pub name: Option<String>,
    /// A new price; its currency must stay.
    pub price: Option<kernel::Money>,
    /// A new list price.
    pub list_price: Option<Option<kernel::Money>>,
    /// A new cost.
    pub cost: Option<Option<kernel::UnitCost>>,
    /// A new tax code.
    pub tax_code: Option<Option<String>>,
    /// New limits.
    pub limits: Option<super::SkuLimits>,
    /// A new start of sale.
    pub sale_from: Option<Option<kernel::Timestamp>>,
    /// A new end of sale.
    pub sale_until: Option<Option<kernel::Timestamp>>,
    /// A new alarm line.
    pub stock_alarm: Option<Option<u32>>,
    /// New days that codes must have left.
    pub min_days_left: Option<u32>,
    /// A new rule of refunds.
    pub refund: Option<super::RefundRule>,
    /// A new fate of codes that come back.
    pub returned_codes: Option<super::ReturnedCodes>,
    /// Other fields of its codes, all of them.
    pub code_fields: Option<Vec<super::CodeField>>,
    /// Changes of the template of its vouchers. Those that were delivered stay as they are.
    pub voucher: VoucherChange,
    /// New English words.
    pub en: Option<Option<super::SkuWords>>,
    /// Behind which other SKU of its product it stands from now on; the inner `None` puts it first.
    pub behind: Option<Option<SkuId>>,
    /// On or off the shelf.
    pub on_shelf: Option<bool>,
}

/// Fields of a template to change. The inner `None` of a double option clears a field.
#[derive(Debug, Clone, Default)]
pub struct VoucherChange {
    /// What one is worth; what it counts stays.
    pub worth: Option<Worth>,
    /// When one is redeemed.
    pub validity: Option<Option<Validity>>,
    /// Where, all of it.
    pub stores: Option<Vec<StoreId>>,
    /// On which days and at which hours, all of them.
    pub hours: Option<Vec<Hours>>,
    /// From which bill on.
    pub min_spend: Option<Option<Money>>,
    /// How it is shown.
    pub present: Option<Present>,
    /// What becomes of the rest.
    pub on_expiry: Option<OnExpiry>,
}

impl VoucherChange {
    fn is_empty(&self) -> bool {
        let Self { worth, validity, stores, hours, min_spend, present, on_expiry } = self;
        worth.is_none()
            && validity.is_none()
            && stores.is_none()
            && hours.is_none()
            && min_spend.is_none()
            && present.is_none()
            && on_expiry.is_none()
    }

    fn apply(
        self,
        before: Option<Box<VoucherTerms>>,
    ) -> Result<Option<Box<VoucherTerms>>, Refusal> {
        let Some(before) = before else {
            let refused = || Refusal::invalid("voucher", "the SKU is not of vouchers");
            return if self.is_empty() { Ok(None) } else { Err(refused()) };
        };
        if self.worth.is_some_and(|worth| worth.counts() != before.worth.counts()) {
            let detail = "a SKU keeps what its vouchers count; make a new SKU";
            return Err(Refusal::invalid("voucher.type", detail));
        }
        let imported = |present| present == Present::Imported;
        if self.present.is_some_and(|present| imported(present) != imported(before.present)) {
            let detail =
                "a SKU keeps whether the codes of its vouchers are imported; make a new SKU";
            return Err(Refusal::invalid("present", detail));
        }
        Ok(Some(Box::new(VoucherTerms {
            worth: self.worth.unwrap_or(before.worth),
            validity: self.validity.unwrap_or(before.validity),
            stores: self.stores.unwrap_or(before.stores),
            hours: self.hours.unwrap_or(before.hours),
            min_spend: self.min_spend.unwrap_or(before.min_spend),
            present: self.present.unwrap_or(before.present),
            on_expiry: self.on_expiry.unwrap_or(before.on_expiry),
        })))
    }
}

impl Verb for EditProduct {
    const NATURE: Nature = Nature::Configuration;
    type Answer = Box<Product>;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
    }

    /// Order of checks: product, name, where it is put, what buyers see as it would be. Products that must make room for it are
    /// edited first.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let found = world.config.tenant(ctx.origin.tenant).and_then(|c| c.product(self.product));
        let mut product = Product::clone(found.ok_or(Refusal::NotFound("product"))?);
        if let Some(name) = self.name {
            check_name("name", &name)?;
            product.name = name;
        }
        if self.behind.is_some() && self.presentation.position.is_some() {
            return Err(Refusal::invalid("behind", "send either it or `position`"));
        }
        product.description = self.description.unwrap_or(product.description);
        product.presentation = product.presentation.with(self.presentation);
        product.on_shelf = self.on_shelf.unwrap_or(product.on_shelf);
        let mut others = Vec::new();
        if let Some(behind) = self.behind {
            others = make_room(world, ctx.origin.tenant, &mut product, behind)?;
        }
        product.presentation.check()?;

        for other in others {
            save(world, ctx, other)?;
        }
        save(world, ctx, product)
    }
}

/// Gives a product the position that puts it behind another one, or first; others that must make room for it.
fn make_room(
    world: &World,
    tenant: Tenant,
    product: &mut Product,
    behind: Option<ProductId>,
) -> Result<Vec<Product>, Refusal> {
    let catalog = world.config.tenant(tenant).ok_or(Refusal::NotFound("merchant"))?;
    let others = catalog.products().filter(|other| other.id != product.id);
    let mut shown: Vec<_> = others.map(|other| (other.rank(), other.id)).collect();
    shown.sort_unstable();
    let mut moved = Vec::new();
    for (id, position) in put_behind(product.id, behind, &shown)? {
        if id == product.id {
            product.presentation.position = Some(position);
        } else if let Some(other) = catalog.product(id) {
            let mut other = Product::clone(other);
            other.presentation.position = Some(position);
            moved.push(other);
        }
    }
    Ok(moved)
}

impl Verb for EditSku {
    const NATURE: Nature = Nature::Configuration;
    type Answer = Box<Product>;

    /// The SKU's expiry timer and its pool with the stock account, which is the lock; and the work that would take it
    /// off the shelf.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs_of_edit(self.sku, at, needs);
    }

    /// Order of checks: SKU, currency, the terms as they would be, where it is put. Whoever puts a SKU on the shelf has looked at its
    /// damaged codes.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let (product, sku) = world.config.sku(tenant, self.sku).ok_or(Refusal::NotFound("sku"))?;
        let (before, mut product) = (sku.clone(), Product::clone(product));
        let (shelved, behind) = (self.change.on_shelf == Some(true), self.change.behind);
        let after = apply(self.change, before.terms.clone())?;
        check_terms("sku", &after)?;
        voucher::terms::check_stores("sku", world, tenant, &after)?;
        if let Some(behind) = behind {
            reorder(&mut product.skus, self.sku, behind)?;
        }

        follow(world, ctx, &before, &after);
        if shelved {
            start_again(world, tenant, self.sku);
        }
        for sku in product.skus.iter_mut().filter(|sku| sku.id == self.sku) {
            sku.terms = after.clone();
        }
        save(world, ctx, product)
    }
}

/// Puts a SKU behind another one, or first.
fn reorder(skus: &mut Vec<Sku>, moved: SkuId, behind: Option<SkuId>) -> Result<(), Refusal> {
    let none = || Refusal::invalid("behind", "there is no such other SKU of its product");
    let at = |skus: &[Sku], id| skus.iter().position(|sku: &Sku| sku.id == id);
    if behind == Some(moved) {
        return Err(none());
    }
    let sku = skus.remove(at(skus, moved).ok_or(Refusal::NotFound("sku"))?);
    let to = match behind {
        None => 0,
        Some(behind) => at(skus, behind).ok_or_else(none)? + 1,
    };
    skus.insert(to, sku);
    Ok(())
}

/// What an edit of a SKU needs.
pub(crate) fn needs_of_edit(sku: SkuId, at: &At<'_>, needs: &mut Needs) {
    let At { tenant, .. } = *at;
    needs.tenant(tenant);
    needs.work.keys.insert(WorkKey { kind: WorkKind::ExpireCodes, tenant, subject: sku.0 });
    needs.work.keys.insert(stop_sku::job(tenant, sku));
    needs.work.keys.insert(voucher::expire::timer(tenant, sku));
    needs.ledger.account(AccountKey::pieces(tenant, sku, AccountKind::Stock));
    needs.inventory.pools.insert((tenant, sku));
}

/// Somebody put it on the shelf: he has looked at its damaged codes.
pub(super) fn start_again(world: &mut World, tenant: Tenant, sku: SkuId) {
    if pool::is_stopped(world, tenant, sku) {
        pool::start_again(world, tenant, sku);
    }
}

/// What follows from other terms: codes expire at another time, or are sold again.
pub(super) fn follow(world: &mut World, ctx: &Context<'_>, before: &Sku, after: &SkuTerms) {
    let tenant = ctx.origin.tenant;
    if after.min_days_left != before.terms.min_days_left {
        world.schedule_expiry(tenant, before.id, ctx.now);
    }
    if after.min_days_left < before.terms.min_days_left {
        pool::rewind(world, tenant, before.id);
    }
    if after.voucher != before.terms.voucher {
        voucher::expire::ring_by(world, tenant, before.id, ctx.now);
    }
}

fn apply(change: SkuChange, terms: SkuTerms) -> Result<SkuTerms, Refusal> {
    let price = change.price.unwrap_or(terms.price);
    if price.currency != terms.price.currency {
        return Err(Refusal::invalid("price.currency", "a SKU keeps its currency; make a new SKU"));
    }
    Ok(SkuTerms {
        kind: terms.kind,
        name: change.name.unwrap_or(terms.name),
        price,
        list_price: change.list_price.unwrap_or(terms.list_price),
        cost: change.cost.unwrap_or(terms.cost),
        goods_class: terms.goods_class,
        tax_code: change.tax_code.unwrap_or(terms.tax_code),
        limits: change.limits.unwrap_or(terms.limits),
        sale_from: change.sale_from.unwrap_or(terms.sale_from),
        sale_until: change.sale_until.unwrap_or(terms.sale_until),
        stock_alarm: change.stock_alarm.unwrap_or(terms.stock_alarm),
        min_days_left: change.min_days_left.unwrap_or(terms.min_days_left),
        refund: change.refund.unwrap_or(terms.refund),
        returned_codes: change.returned_codes.unwrap_or(terms.returned_codes),
        code_fields: change.code_fields.unwrap_or(terms.code_fields),
        voucher: change.voucher.apply(terms.voucher)?,
        en: change.en.unwrap_or(terms.en),
        on_shelf: change.on_shelf.unwrap_or(terms.on_shelf),
    })
}

/// Puts a product that was edited in force.
pub(crate) fn save(
    world: &mut World,
    ctx: &mut Context<'_>,
    mut product: Product,
) -> Result<Box<Product>, Refusal> {
    let tenant = ctx.origin.tenant;
    product.version = world.config.next_version(tenant)?;
    let before = world.config.tenant(tenant).and_then(|catalog| catalog.product(product.id));
    let before = before.map(|before| Product::clone(before));
    world.save_product(tenant, product.clone());
    let fact = ProductEdited { product: product.clone(), before };
    world.record(ctx, product.id.0, fact);
    Ok(Box::new(product))
}

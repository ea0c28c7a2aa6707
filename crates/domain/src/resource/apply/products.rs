//! Products among what is applied: each as it would be, before anything changes.

use super::{AppliedPart, Part, Subject};
use crate::catalog::Product;
use crate::catalog::put_product::PutProduct;
use crate::resource::fact::Change;
use crate::{Context, Refusal, World};
use kernel::SkuId;
use std::collections::{BTreeSet, HashSet};

/// What becomes of a product.
pub(super) struct ProductStep {
    pub(super) change: Option<Change>,
    was: Option<Product>,
    /// As it will be, in the version that it has.
    pub(super) next: Product,
}

/// What becomes of each product.
pub(super) fn plan(
    parts: &[(String, Part)],
    world: &World,
    ctx: &Context<'_>,
) -> Result<Vec<ProductStep>, Refusal> {
    let (mut steps, mut skus) = (Vec::new(), BTreeSet::new());
    let wants_names =
        parts.iter().any(|(_, part)| matches!(part, Part::Product { alone: true, .. }));
    let catalog = world.config.tenant(ctx.origin.tenant).filter(|_| wants_names);
    let known = catalog.into_iter().flat_map(|catalog| catalog.products());
    let names: HashSet<&str> = known.map(|product| product.name.as_str()).collect();
    for (at, part) in parts {
        let Part::Product { put, expected, alone } = part else { continue };
        let within = |refusal| Refusal::Within { at: at.clone(), refusal: Box::new(refusal) };
        if *alone && names.contains(put.settings.name.as_str()) {
            return Err(within(Refusal::Taken { field: "name" }));
        }
        let step = step(put, *expected, &mut skus, world, ctx);
        steps.push(step.map_err(within)?);
    }
    Ok(steps)
}

fn step(
    put: &PutProduct,
    expected: Option<i64>,
    skus: &mut BTreeSet<SkuId>,
    world: &World,
    ctx: &Context<'_>,
) -> Result<ProductStep, Refusal> {
    let tenant = ctx.origin.tenant;
    let next = put.next(tenant, ctx.now, world)?;
    for (n, sku) in put.settings.skus.iter().enumerate() {
        if !skus.insert(sku.id) {
            return Err(Refusal::invalid(format!("skus[{n}].id"), "another product has this SKU"));
        }
    }
    let catalog = world.config.tenant(tenant);
    let was =
        catalog.and_then(|catalog| catalog.product(put.product)).map(|there| Product::clone(there));
    let change = match &was {
        None => Some(Change::Created),
        Some(was) => (*was != next).then_some(Change::Edited),
    };
    let version = was.as_ref().map_or(0, |was| was.version);
    if change.is_some() && expected.is_some_and(|expected| expected != version) {
        return Err(Refusal::PreconditionFailed { version });
    }
    Ok(ProductStep { change, was, next })
}

impl ProductStep {
    /// What is told of it. `version` is that of the configuration once this is changed.
    pub(super) fn applied(&self, version: i64) -> AppliedPart {
        let version = if self.change.is_some() { version } else { self.next.version };
        let after = Box::new(Product { version, ..self.next.clone() });
        let what = Subject::Product { before: self.was.clone().map(Box::new), after };
        AppliedPart { change: self.change, version, what }
    }
}

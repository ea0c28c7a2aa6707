//! The terms under which a line was ordered: those of its product's version then, whatever was edited since.

use super::Line;
use crate::catalog::SkuTerms;
use crate::{At, Needs, World};
use kernel::Tenant;
use std::sync::Arc;

/// The versions of lines' products that are not in force any more; the others lie in the snapshot.
pub fn needs(lines: &[Line], at: &At<'_>, needs: &mut Needs) {
    let At { tenant, world, .. } = *at;
    needs.tenant(tenant);
    let Some(catalog) = world.config.tenant(tenant) else { return };
    for line in lines {
        let in_force = catalog.product(line.product).map(|product| product.version);
        if in_force != Some(line.product_version) {
            needs.catalog.product_versions.insert((tenant, line.product, line.product_version));
        }
    }
}

/// The terms of a line.
pub fn terms<'a>(world: &'a World, tenant: Tenant, line: &Line) -> Option<&'a SkuTerms> {
    let in_force = world.config.tenant(tenant).and_then(|catalog| catalog.product(line.product));
    let in_force = in_force.filter(|product| product.version == line.product_version);
    let before =
        || world.catalog.product_versions.get(&(tenant, line.product, line.product_version));
    let product = in_force.map(Arc::as_ref).or_else(before)?;
    product.skus.iter().find(|sku| sku.id == line.sku).map(|sku| &sku.terms)
}

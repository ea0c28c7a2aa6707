//! Products of a batch: what it needs, what was loaded, what its commands changed.

use super::Product;
use crate::{Table, World};
use kernel::{ProductId, Tenant};
use std::collections::BTreeSet;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Products in versions that are not in force any more.
    pub product_versions: Table<(Tenant, ProductId, i64), Product>,
    /// Products that were made or edited, in order.
    pub saved_products: Vec<(Tenant, Product)>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Products in versions that are not in force any more.
    pub product_versions: BTreeSet<(Tenant, ProductId, i64)>,
}

impl World {
    /// Puts a product in force, for this batch and for the store.
    pub fn save_product(&mut self, tenant: Tenant, product: Product) {
        self.config.edit(tenant, product.clone());
        self.catalog.saved_products.push((tenant, product));
    }
}

//! What lies on the shelves of shops, kept in memory by the version of each shop.
//!
//! A shop may have had any number of products. They are read once; after that an edit costs the products that it
//! changed. A visit compares the version that it read with its shop's row, so no page shows an older shelf than that.

use domain::catalog::Product;
use kernel::limits::REMEMBERED_PRODUCTS_MAX;
use kernel::{ProductId, Tenant};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// The products of one shop that are on the shelf, in the order in which it shows them.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    version: i64,
    products: HashMap<ProductId, Arc<Product>>,
    shown: Vec<Arc<Product>>,
}

/// The shops that were visited.
#[derive(Debug, Default)]
pub struct Shelves(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    shops: HashMap<Tenant, (u64, Arc<Listed>)>,
    /// Counts visits, so that the shop that was visited longest ago is forgotten first.
    clock: u64,
}

impl Listed {
    /// Its products, in their order.
    pub fn products(&self) -> impl Iterator<Item = &Arc<Product>> {
        self.shown.iter()
    }

    /// The version of its shop up to which it is known.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Takes in the products that changed up to a version of the shop.
    pub fn take_in(&mut self, version: i64, changed: Vec<Product>) {
        self.version = version;
        for product in changed {
            self.version = self.version.max(product.version);
            if product.on_shelf {
                self.products.insert(product.id, Arc::new(product));
            } else {
                self.products.remove(&product.id);
            }
        }
        self.shown = self.products.values().cloned().collect();
        self.shown.sort_unstable_by_key(|product| (product.rank(), product.id));
    }
}

impl Shelves {
    /// The shelves of a shop, if it was visited.
    pub fn find(&self, tenant: Tenant) -> Option<Arc<Listed>> {
        let mut remembered = self.0.lock();
        remembered.clock += 1;
        let now = remembered.clock;
        let (visited, listed) = remembered.shops.get_mut(&tenant)?;
        *visited = now;
        Some(Arc::clone(listed))
    }

    /// Keeps a shop, unless another visit knows a newer version of it; forgets others where they are too many.
    pub fn keep(&self, tenant: Tenant, listed: Listed) -> Arc<Listed> {
        let listed = Arc::new(listed);
        let mut remembered = self.0.lock();
        let newer = remembered.shops.get(&tenant).filter(|(_, k)| k.version > listed.version);
        if newer.is_none() {
            let now = remembered.clock;
            remembered.shops.insert(tenant, (now, Arc::clone(&listed)));
        }
        let mut total: usize = remembered.shops.values().map(|(_, l)| l.products.len()).sum();
        while total > REMEMBERED_PRODUCTS_MAX && remembered.shops.len() > 1 {
            let others = remembered.shops.iter().filter(|(other, _)| **other != tenant);
            let oldest = others.min_by_key(|(_, (visited, _))| *visited).map(|(other, _)| *other);
            let gone = oldest.and_then(|oldest| remembered.shops.remove(&oldest));
            total -= gone.map_or(0, |(_, listed)| listed.products.len());
        }
        listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{MerchantId, Mode};

    fn product(n: u8, version: i64, on_shelf: bool) -> Product {
        let id = ProductId([n; 16]);
        let text = format!(
            r#"{{"id":"{id}","version":{version},"name":"{n}","on_shelf":{on_shelf},"skus":[],
            "created_at":"2026-11-23T08:00:00Z"}}"#
        );
        serde_json::from_str(&text).expect("a product")
    }

    fn at(position: i64, mut product: Product) -> Product {
        product.presentation.position = Some(position);
        product
    }

    #[test]
    fn edits_change_what_they_touch() {
        let mut listed = Listed::default();
        listed.take_in(2, vec![product(2, 2, true), product(1, 1, true)]);
        let names = |listed: &Listed| listed.products().map(|p| p.name.clone()).collect::<String>();
        assert_eq!((names(&listed), listed.version), ("12".to_owned(), 2));
        listed.take_in(3, vec![product(1, 3, false), product(3, 4, true)]);
        assert_eq!((names(&listed), listed.version), ("23".to_owned(), 4));
        listed.take_in(5, vec![at(1, product(3, 5, true)), at(2, product(4, 5, true))]);
        assert_eq!(names(&listed), "342");
        listed.take_in(6, vec![at(1, product(4, 6, true)), product(3, 6, true)]);
        assert_eq!(names(&listed), "423");
    }

    #[test]
    fn an_older_reading_never_replaces_a_newer_one() {
        let tenant = Tenant::new(MerchantId([4; 16]), Mode::Test);
        let shelves = Shelves::default();
        let at = |version| Listed { version, ..Listed::default() };
        shelves.keep(tenant, at(5));
        shelves.keep(tenant, at(3));
        assert_eq!(shelves.find(tenant).map(|listed| listed.version), Some(5));
    }
}

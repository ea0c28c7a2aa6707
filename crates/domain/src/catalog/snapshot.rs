//! The configuration in memory: per tenant one version and an immutable snapshot.
//!
//! A batch reads the versions under a shared lock and refreshes what is older, so rules never see a
//! price or a shelf that an acknowledged edit has replaced.

use super::{Product, Sku};
use crate::Refusal;
use crate::identity::{TenantRow, operator};
use crate::resource::{self, AnyBody, Ref, Resource, registry};
use kernel::{Id16, ProductId, SkuId, Tenant, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;

/// One tenant's configuration at one version.
#[derive(Debug, Clone)]
pub struct TenantCatalog {
    /// Name, zone and version.
    pub row: TenantRow,
    resources: HashMap<(i64, Id16), Arc<dyn AnyBody>>,
    products: HashMap<ProductId, Arc<Product>>,
    skus: HashMap<SkuId, (ProductId, usize)>,
}

impl TenantCatalog {
    /// An empty configuration.
    pub fn new(row: TenantRow) -> Self {
        Self { row, resources: HashMap::new(), products: HashMap::new(), skus: HashMap::new() }
    }

    /// The operator's, who sells nothing.
    pub fn of_operator() -> Self {
        let (tenant, created_at) = (operator(), Timestamp(0));
        let (name, zone) = (String::new(), "UTC".to_owned());
        Self::new(TenantRow { tenant, name, zone, version: 0, created_at })
    }

    /// Takes in products and resources that changed since the snapshot's version.
    pub fn refresh(&mut self, row: TenantRow, changed: Vec<Product>, resources: &[resource::Row]) {
        self.row = row;
        for product in changed {
            self.put(product);
        }
        resources.iter().for_each(|row| self.put_resource(row));
    }

    /// The IANA zone in which the merchant's dates end.
    pub fn zone(&self) -> &str {
        &self.row.zone
    }

    /// A resource that is not archived, of a kind that rules read.
    pub fn resource<T: Resource>(&self, id: Ref<T>) -> Option<&T> {
        self.resources.get(&(T::KIND.number, id.id()))?.as_any().downcast_ref()
    }

    /// The one that the book has of such a kind; none before it was saved.
    pub fn the_one<T: Resource>(&self) -> Option<&T> {
        self.resources.get(&(T::KIND.number, T::KIND.only_id()))?.as_any().downcast_ref()
    }

    /// The same with resources and products as they will be.
    pub(crate) fn with<'r, 'p>(
        &self,
        rows: impl Iterator<Item = &'r resource::Row>,
        products: impl Iterator<Item = &'p Product>,
    ) -> Self {
        let mut next = self.clone();
        rows.for_each(|row| next.put_resource(row));
        products.for_each(|product| next.put(product.clone()));
        next
    }

    /// What cannot be read is none; `verify` tells of it.
    fn put_resource(&mut self, row: &resource::Row) {
        let any = registry::numbered(row.kind).filter(|_| row.archived_at.is_none());
        match any.and_then(|any| any.stored(row.shape, &row.body)) {
            Some(body) => self.resources.insert((row.kind, row.id), body.into()),
            None => self.resources.remove(&(row.kind, row.id)),
        };
    }

    /// A product and one of its SKUs.
    pub fn sku(&self, id: SkuId) -> Option<(&Arc<Product>, &Sku)> {
        let (product, at) = self.skus.get(&id)?;
        let product = self.products.get(product)?;
        Some((product, product.skus.get(*at)?))
    }

    /// The same, kept alive beyond the snapshot.
    pub fn listed(&self, id: SkuId) -> Option<Listed> {
        let (product, at) = self.skus.get(&id)?;
        Some(Listed { product: Arc::clone(self.products.get(product)?), at: *at })
    }

    /// A product.
    pub fn product(&self, id: ProductId) -> Option<&Arc<Product>> {
        self.products.get(&id)
    }

    /// All products, in no order.
    pub fn products(&self) -> impl Iterator<Item = &Arc<Product>> {
        self.products.values()
    }

    fn put(&mut self, product: Product) {
        for (at, sku) in product.skus.iter().enumerate() {
            self.skus.insert(sku.id, (product.id, at));
        }
        self.products.insert(product.id, Arc::new(product));
    }
}

/// A SKU in the version of its product that is in force.
#[derive(Debug, Clone)]
pub struct Listed {
    product: Arc<Product>,
    at: usize,
}

impl Listed {
    /// The product.
    pub fn product(&self) -> &Product {
        &self.product
    }

    /// The SKU.
    pub fn sku(&self) -> &Sku {
        &self.product.skus[self.at]
    }
}

/// The snapshots that a batch works with.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    tenants: HashMap<Tenant, Arc<TenantCatalog>>,
}

impl Catalog {
    /// The version that the next edit of a tenant's configuration gets.
    pub fn next_version(&self, tenant: Tenant) -> Result<i64, Refusal> {
        let catalog = self.tenant(tenant).ok_or(Refusal::NotFound("merchant"))?;
        Ok(catalog.row.version + 1)
    }

    /// Puts a tenant's snapshot in place.
    pub fn set(&mut self, catalog: Arc<TenantCatalog>) {
        self.tenants.insert(catalog.row.tenant, catalog);
    }

    /// A tenant's snapshot.
    pub fn tenant(&self, tenant: Tenant) -> Option<&Arc<TenantCatalog>> {
        self.tenants.get(&tenant)
    }

    /// A tenant's SKU with its product.
    pub fn sku(&self, tenant: Tenant, id: SkuId) -> Option<(&Arc<Product>, &Sku)> {
        self.tenants.get(&tenant)?.sku(id)
    }

    /// The same, kept alive beyond the batch.
    pub fn listed(&self, tenant: Tenant, id: SkuId) -> Option<Listed> {
        self.tenants.get(&tenant)?.listed(id)
    }

    /// Takes in a change that a command of this batch made: version and product.
    pub fn edit(&mut self, tenant: Tenant, product: Product) {
        if let Some(entry) = self.tenants.get_mut(&tenant) {
            let catalog = Arc::make_mut(entry);
            catalog.row.version = product.version;
            catalog.put(product);
        }
    }

    /// Takes in a resource that a command of this batch saved.
    pub fn edit_resource(&mut self, tenant: Tenant, row: &resource::Row) {
        if let Some(entry) = self.tenants.get_mut(&tenant) {
            let catalog = Arc::make_mut(entry);
            catalog.row.version = row.stamp;
            catalog.put_resource(row);
        }
    }
}

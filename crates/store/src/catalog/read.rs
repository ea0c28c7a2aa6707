//! Reads products.

use crate::Error;
use crate::read::{Page, Reader};
use crate::seam::{Row, Value};
use domain::catalog::Product;
use kernel::{ProductId, SkuId, Tenant};

impl Reader {
    /// A product as it is now.
    pub async fn product(&self, tenant: Tenant, id: ProductId) -> Result<Option<Product>, Error> {
        self.by_id(&super::sql::READ_PRODUCT, tenant, &id.0, product).await
    }

    /// A product as it was in a version.
    pub async fn product_version(
        &self,
        tenant: Tenant,
        id: ProductId,
        version: i64,
    ) -> Result<Option<Product>, Error> {
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&id.0), Value::Int(version)];
        self.one(&super::sql::READ_PRODUCT_VERSION, &key, product).await
    }

    /// The product that a SKU belongs to, as it is now.
    pub async fn product_of_sku(
        &self,
        tenant: Tenant,
        sku: SkuId,
    ) -> Result<Option<Product>, Error> {
        self.by_id(&super::sql::READ_PRODUCT_OF_SKU, tenant, &sku.0, product).await
    }

    /// Products that changed after a version of the tenant's configuration, oldest first.
    pub async fn products_since(
        &self,
        tenant: Tenant,
        version: i64,
    ) -> Result<Vec<Product>, Error> {
        let key = [Value::bytes(tenant.bytes()), Value::Int(version)];
        self.many(&super::sql::READ_PRODUCTS_SINCE, &key, product).await
    }

    /// A tenant's products as its shop shows them, behind one of them.
    pub async fn products_shown(
        &self,
        tenant: Tenant,
        page: Page<&Product>,
    ) -> Result<Vec<Product>, Error> {
        let (rank, id) = page.after.map_or((0, [0; 16]), |last| (last.rank(), last.id.0));
        let rank = rank.to_be_bytes();
        let key = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&rank),
            Value::bytes(&id),
            Value::Int(i64::from(page.limit)),
        ];
        self.many(&super::sql::READ_PRODUCTS_SHOWN, &key, product).await
    }

    /// A tenant's products.
    pub async fn products(
        &self,
        tenant: Tenant,
        page: Page<ProductId>,
    ) -> Result<Vec<Product>, Error> {
        self.newest(&super::sql::READ_PRODUCTS, tenant, page.bytes(|id| id.0), product).await
    }
}

fn product(row: &Row) -> Result<Product, Error> {
    super::rows::product(row, 0)
}

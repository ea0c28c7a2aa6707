//! Facts about products and their SKUs.

use crate::catalog::Product;
use crate::fact::FactBody;
use crate::fold::Folded;
use kernel::{Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Catalog:
    "product.created" 1 => ProductCreated,
    "product.edited" 1 => ProductEdited,
}

/// A product was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCreated {
    /// As it was made.
    pub product: Product,
}

impl FactBody for ProductCreated {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        let key = (tenant, self.product.id);
        rows.products.insert(key, (self.product.version, self.product.rank()));
    }
}

/// A product or a SKU of it was edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductEdited {
    /// As it is now.
    pub product: Product,
    /// As it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Product>,
}

impl FactBody for ProductEdited {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        let key = (tenant, self.product.id);
        rows.products.insert(key, (self.product.version, self.product.rank()));
    }
}

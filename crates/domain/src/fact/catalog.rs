//! Facts about products and their SKUs.

use crate::catalog::Product;
use serde::{Deserialize, Serialize};

/// A product was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCreated {
    /// As it was made.
    pub product: Product,
}

/// A product or a SKU of it was edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductEdited {
    /// As it is now.
    pub product: Product,
}

//! Rows of products, as the rules know them.

use crate::Error;
use crate::seam::Row;
use domain::catalog::Product;

/// `data` at a column
pub fn product(row: &Row, at: usize) -> Result<Product, Error> {
    serde_json::from_str(row.text(at)?).map_err(|_| Error::Corrupt("a product"))
}

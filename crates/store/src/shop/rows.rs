//! Rows of shops, as the rules know them.

use crate::Error;
use crate::seam::Row;
use domain::shop::ShopStyle;

/// `data` of a shop at a column
pub fn shop(row: &Row, at: usize) -> Result<ShopStyle, Error> {
    serde_json::from_str(row.text(at)?).map_err(|_| Error::Corrupt("a shop"))
}

//! Facts about how shops look and speak.

use crate::shop::ShopStyle;
use serde::{Deserialize, Serialize};

/// The shop got another look or other words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopEdited {
    /// As it is now.
    pub shop: ShopStyle,
}

//! Facts about how shops look and speak.

use crate::fact::FactBody;
use crate::fold::Folded;
use crate::shop::ShopStyle;
use kernel::{Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Shop:
    "shop.edited" 1 => ShopEdited,
}

/// The shop got another look or other words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopEdited {
    /// As it is now.
    pub shop: ShopStyle,
    /// As it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<ShopStyle>,
}

impl FactBody for ShopEdited {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.shops.insert((tenant, tenant.merchant()), self.shop);
    }
}

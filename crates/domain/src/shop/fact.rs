//! Facts about how shops looked and spoke before that was a resource. No new ones are written.

use super::ShopStyle;
use crate::fact::FactBody;
use crate::fold::Folded;
use crate::resource::{Fields, Resource, Row};
use kernel::{Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Shop:
    "shop.edited" 1 => ShopEdited,
}

/// The shop got another look or other words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopEdited {
    /// As it was then.
    pub shop: StyleBefore,
}

/// A style as it was stored and told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StyleBefore {
    /// The tenant's version at its last change.
    pub version: i64,
    /// How it looked and spoke.
    #[serde(flatten)]
    pub style: ShopStyle,
}

impl FactBody for ShopEdited {
    /// The last one became a resource. The row of that has times that nothing tells.
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        let row = Row {
            version: self.shop.version,
            body: Fields::of(&self.shop.style),
            ..Row::first(ShopStyle::KIND, Timestamp(0))
        };
        rows.styles_before.insert(tenant, row);
    }
}

//! Shops of a batch: what it needs, what was loaded, what its commands changed.

use super::SavedShop;
use crate::World;
use kernel::Tenant;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Styles of shops that were edited, in order.
    pub saved_shops: Vec<(Tenant, SavedShop)>,
}

impl World {
    /// Puts a shop's style in force, for this batch and for the store.
    pub fn save_shop(&mut self, tenant: Tenant, saved: SavedShop) {
        self.config.edit_shop(tenant, saved.style.clone());
        self.shop.saved_shops.push((tenant, saved));
    }
}

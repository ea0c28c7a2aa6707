//! Take a SKU off the shelf because damaged codes stand in a row in its pool. A person puts it back.

use super::damaged::ROW_MAX;
use crate::catalog::edit_product::{EditSku, SkuChange, needs_of_edit};
use crate::inventory::fact::SkuStopped;
use crate::work::{WorkKey, WorkKind};
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{SkuId, Tenant};

/// Takes a SKU off the shelf.
#[derive(Debug, Clone, Copy)]
pub struct StopSku {
    /// Which SKU.
    pub sku: SkuId,
}

/// The work that takes a SKU off the shelf.
pub fn job(tenant: Tenant, sku: SkuId) -> WorkKey {
    WorkKey { kind: WorkKind::StopSku, tenant, subject: sku.0 }
}

impl Verb for StopSku {
    const NATURE: Nature = Nature::Configuration;
    type Answer = ();

    /// What an edit of the SKU needs.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs_of_edit(self.sku, at, needs);
    }

    /// Order of checks: the SKU exists. One that a person put back meanwhile stays on the shelf.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let (_, sku) = world.config.sku(tenant, self.sku).ok_or(Refusal::NotFound("sku"))?;
        let on_shelf = sku.terms.on_shelf;
        world.work.remove(&job(tenant, self.sku));
        let pool = world.inventory.pools.get(&(tenant, self.sku));
        let damaged = pool.map_or(0, |pool| pool.damaged_row);
        if damaged < ROW_MAX || !on_shelf {
            return Ok(());
        }
        let change = SkuChange { on_shelf: Some(false), ..SkuChange::default() };
        EditSku { sku: self.sku, change }.decide(world, ctx)?;
        world.record(ctx, self.sku.0, SkuStopped { sku: self.sku, damaged });
        Ok(())
    }
}

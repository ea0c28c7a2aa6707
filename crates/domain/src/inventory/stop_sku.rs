//! Take a SKU off the shelf because damaged codes stand in a row in its pool. A person puts it back.

use super::damaged::ROW_MAX;
use crate::catalog::edit_product::{EditSku, SkuChange};
use crate::fact::inventory::SkuStopped;
use crate::work::{WorkKey, WorkKind};
use crate::{Context, Fact, Needs, Outcome, Refusal, World};
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

impl StopSku {
    /// What an edit of the SKU needs.
    pub fn needs(&self, tenant: Tenant, needs: &mut Needs) {
        EditSku::needs(self.sku, tenant, needs);
    }

    /// Order of checks: the SKU exists. One that a person put back meanwhile stays on the shelf.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let tenant = ctx.origin.tenant;
        let (_, sku) = world.catalog.sku(tenant, self.sku).ok_or(Refusal::NotFound("sku"))?;
        let on_shelf = sku.terms.on_shelf;
        world.work.remove(&job(tenant, self.sku));
        let pool = world.pools.get(&(tenant, self.sku));
        let damaged = pool.map_or(0, |pool| pool.damaged_row);
        if damaged < ROW_MAX || !on_shelf {
            return Ok(Outcome::Done);
        }
        let change = SkuChange { on_shelf: Some(false), ..SkuChange::default() };
        EditSku { sku: self.sku, change }.decide(world, ctx)?;
        world.record(ctx, self.sku.0, Fact::SkuStopped(SkuStopped { sku: self.sku, damaged }));
        Ok(Outcome::Done)
    }
}

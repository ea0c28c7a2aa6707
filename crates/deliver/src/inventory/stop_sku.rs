//! Take a SKU off the shelf because damaged codes stand in a row in its pool.

use crate::work::WorkError;
use domain::inventory::stop_sku::StopSku;
use engine::Engine;
use kernel::{SkuId, Tenant};

/// The command looks whether that still holds, and takes the work away.
pub(crate) async fn stop_sku(engine: &Engine, tenant: Tenant, sku: SkuId) -> Result<(), WorkError> {
    let stop = StopSku { sku };
    engine.run(engine.internal(tenant), stop).await?;
    Ok(())
}

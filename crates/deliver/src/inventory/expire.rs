//! Take codes that crossed their date out of stock. The command sets its own next time.

use crate::work::WorkError;
use domain::inventory::expire_codes::ExpireCodes;
use engine::Engine;
use kernel::{SkuId, Tenant};

/// Sweeps a slice of a pool.
pub(crate) async fn expire(engine: &Engine, tenant: Tenant, sku: SkuId) -> Result<(), WorkError> {
    let expire = ExpireCodes { sku };
    engine.run_bulk(engine.internal(tenant), expire).await?;
    Ok(())
}

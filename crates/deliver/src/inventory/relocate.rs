//! Take a batch over to another SKU or date, slice after slice. The cursor moves in the same commit as the codes.

use crate::work::{LEASE_US, WorkError};
use domain::inventory::relocate_slice::RelocateSlice;
use engine::Engine;
use kernel::{ImportId, Tenant};

/// Goes on from the cursor until the batch is there or stays, or waits for pieces that orders hold.
pub(crate) async fn relocate(
    engine: &Engine,
    tenant: Tenant,
    import: ImportId,
) -> Result<(), WorkError> {
    let mut stands_at = None;
    loop {
        let lease_until = engine.now().plus_micros(LEASE_US);
        let slice = RelocateSlice { import, lease_until };
        let batch = engine.run_bulk(engine.internal(tenant), slice).await?;
        let stands = batch.mark_from.zip(batch.relocation.map(|relocation| relocation.looked));
        if stands.is_none() || stands == stands_at {
            return Ok(());
        }
        stands_at = stands;
    }
}

//! Carry the mark of a batch to its codes, slice after slice. The cursor moves in the same commit as the codes.

use crate::work::{LEASE_US, WorkError};
use domain::inventory::mark_slice::MarkSlice;
use engine::Engine;
use kernel::{ImportId, Tenant};

/// Goes on from the cursor until the batch is done, or waits for pieces that orders hold.
pub(crate) async fn mark(
    engine: &Engine,
    tenant: Tenant,
    import: ImportId,
) -> Result<(), WorkError> {
    let mut stands_at = None;
    loop {
        let lease_until = engine.now().plus_micros(LEASE_US);
        let slice = MarkSlice { import, lease_until };
        let batch = engine.run_bulk(engine.internal(tenant), slice).await?;
        if batch.mark_from.is_none() || batch.mark_from == stands_at {
            return Ok(());
        }
        stands_at = batch.mark_from;
    }
}

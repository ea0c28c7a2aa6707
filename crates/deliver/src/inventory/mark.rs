//! Carry the mark of a batch to its codes, slice after slice. The cursor moves in the same commit as the codes.

use crate::runner::{LEASE_US, WorkError};
use domain::inventory::mark_slice::MarkSlice;
use domain::{Command, Outcome};
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
        let slice = Command::MarkSlice(MarkSlice { import, lease_until });
        match engine.submit_bulk(engine.internal(tenant, slice)).await? {
            Outcome::Import(batch) if batch.mark_from.is_some() && batch.mark_from != stands_at => {
                stands_at = batch.mark_from;
            }
            _ => return Ok(()),
        }
    }
}

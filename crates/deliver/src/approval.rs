//! End the wait for a second person when its time is over.

use crate::work::WorkError;
use domain::approval::expire::ExpireApproval;
use engine::Engine;
use kernel::{ApprovalId, Tenant};

/// The command looks at the time itself; a timer that rings early is set again.
pub(crate) async fn expire(
    engine: &Engine,
    tenant: Tenant,
    approval: ApprovalId,
) -> Result<(), WorkError> {
    engine.run_bulk(engine.internal(tenant), ExpireApproval { approval }).await?;
    Ok(())
}

//! Make the vouchers of a run, slice by slice. Whoever goes on after a crash begins behind the last slice that is there.

use crate::work::{LEASE_US, WorkError};
use domain::voucher::run::{AdvanceVoucherRun, RunState};
use engine::Engine;
use kernel::{Tenant, VoucherRunId};

/// Makes a run's vouchers until all are there, or somebody stops it.
pub(crate) async fn make(
    engine: &Engine,
    tenant: Tenant,
    run: VoucherRunId,
) -> Result<(), WorkError> {
    loop {
        let slice = AdvanceVoucherRun { run, lease_us: LEASE_US };
        let made = engine.run_bulk(engine.internal(tenant), slice).await?;
        if made.state != RunState::Running {
            return Ok(());
        }
    }
}

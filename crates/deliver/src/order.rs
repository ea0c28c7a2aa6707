//! Close an order that nobody paid in time.

use crate::work::WorkError;
use domain::order::close::ExpireOrder;
use engine::Engine;
use kernel::{OrderId, Tenant};

/// The command looks at the time itself; a timer that rings early is set again.
pub(crate) async fn expire(
    engine: &Engine,
    tenant: Tenant,
    order: OrderId,
) -> Result<(), WorkError> {
    let expire = ExpireOrder { order };
    engine.run_bulk(engine.internal(tenant), expire).await?;
    Ok(())
}

//! Close an order that nobody paid in time.

use crate::payment;
use crate::work::WorkError;
use domain::order::close::ExpireOrder;
use domain::order::reserve;
use domain::work::postpone::PostponeWork;
use engine::Engine;
use kernel::{OrderId, Tenant};

/// The command looks at the time itself; a timer that rings early is set again. Where a payment is open at a channel of
/// others, the channel is asked first: its question is due at the same time.
pub(crate) async fn expire(
    engine: &Engine,
    tenant: Tenant,
    order: OrderId,
) -> Result<(), WorkError> {
    if payment::channel::waits_for_channel(engine, tenant, order).await? {
        let postpone = PostponeWork { key: reserve::timer(tenant, order) };
        engine.run_bulk(engine.internal(tenant), postpone).await?;
        return Ok(());
    }
    let expire = ExpireOrder { order };
    engine.run_bulk(engine.internal(tenant), expire).await?;
    Ok(())
}

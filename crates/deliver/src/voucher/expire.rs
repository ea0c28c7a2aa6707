//! End vouchers whose time is over: what is due is read here, and the rule decides again over each.

use crate::work::WorkError;
use domain::voucher::expire::{ExpireVouchers, SLICE, timer};
use engine::Engine;
use kernel::{SkuId, Tenant};

/// Ends a slice of a SKU's vouchers. The command sets its own next time; what is ended is not due again.
pub(crate) async fn expire(engine: &Engine, tenant: Tenant, sku: SkuId) -> Result<(), WorkError> {
    let reader = engine.reader();
    // Before the vouchers: whatever changes from here on ends this lease.
    let Some(work) = reader.work(timer(tenant, sku)).await? else { return Ok(()) };
    let found = reader.due_vouchers(tenant, sku, engine.now(), SLICE).await?;
    let due: Vec<_> =
        found.iter().map(|voucher| (voucher.id, voucher.source.map(|(order, _)| order))).collect();
    let next = match due.is_empty() {
        true => reader.next_voucher_end(tenant, sku).await?,
        false => None,
    };
    let expire = ExpireVouchers { sku, due, next, lease: work.lease_until };
    engine.run_bulk(engine.internal(tenant), expire).await?;
    Ok(())
}

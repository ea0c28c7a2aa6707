//! Takes back what was set in a future that the clock was taken back from: timers of orders, pauses, leases.

use crate::work::WorkError;
use domain::order::retime::RetimeOrder;
use domain::work::WorkKind;
use domain::work::claim::LEASE_US_MAX;
use domain::work::postpone::PAUSE_US_MAX;
use domain::work::retime::RetimeWork;
use engine::Engine;
use kernel::{OrderId, drawn_at};

/// Rows that are looked at together.
const PAGE: u32 = 200;

/// Looks through all work.
pub(crate) async fn retime(engine: &Engine) -> Result<(), WorkError> {
    let (mut after, mut moved) = (None, 0_u64);
    loop {
        let page = engine.reader().work_page(after, PAGE).await?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        for (key, work) in &page {
            let now = engine.now();
            let far = now.plus_micros(PAUSE_US_MAX);
            let made_ahead = drawn_at(&key.subject) > now
                && work.due_at > now
                && key.kind != WorkKind::ExpireCodes;
            let paused_ahead = work.attempts > 0 && work.due_at > far;
            let leased_ahead = work.lease_until > now.plus_micros(LEASE_US_MAX);
            if made_ahead || paused_ahead || leased_ahead {
                let origin = engine.internal(key.tenant);
                match key.kind {
                    WorkKind::ExpireOrder => {
                        let order = OrderId(key.subject);
                        engine.run_bulk(origin, RetimeOrder { order }).await?;
                    }
                    _ => engine.run_bulk(origin, RetimeWork { key: *key }).await?,
                }
                moved += 1;
            }
        }
    }
    if moved > 0 {
        tracing::info!(pieces = moved, "work that lay in a future of the clock was set anew");
    }
    Ok(())
}

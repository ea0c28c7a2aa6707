//! Claims due work and does it, a few pieces at a time.

use crate::{inventory, order, payment, seal};
use domain::work::claim::ClaimWork;
use domain::work::postpone::PostponeWork;
use domain::work::rotate_idempotency::RotateIdempotency;
use domain::work::{WorkKey, WorkKind};
use domain::{Command, Outcome, identity};
use engine::{Engine, EngineError};
use kernel::{ImportId, NoticeId, OrderId, RefundId};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Pieces of work that are done at the same time.
const AT_ONCE: usize = 2;
/// A lease runs this long, in microseconds, unless the work renews it.
pub(crate) const LEASE_US: i64 = 10_000_000;
/// Pause when nothing was due.
const IDLE: Duration = Duration::from_millis(100);
/// How often the age of the idempotency records is looked at.
const ROTATE_EVERY: Duration = Duration::from_secs(3600);

/// Why a piece of work did not go well; it comes again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WorkError {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Notice(#[from] payment::ReceiveError),
    #[error("{0}")]
    Other(String),
}

/// Does due work until `stop` says so; what was begun is finished or left to its lease.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    let keys = tokio::spawn(seal::watch(engine.clone(), stop.clone()));
    let mut running = JoinSet::new();
    let mut rotated: Option<Instant> = None;
    while !*stop.borrow() {
        if rotated.is_none_or(|at| at.elapsed() > ROTATE_EVERY) {
            let rotate = Command::RotateIdempotency(RotateIdempotency);
            let rotate = engine.internal(identity::operator(), rotate);
            if let Err(error) = engine.submit_bulk(rotate).await {
                tracing::warn!(error = %error, "idempotency records were not rotated");
            }
            rotated = Some(Instant::now());
        }
        while running.try_join_next().is_some() {}
        let claimed = claim(&engine, AT_ONCE - running.len()).await;
        let idle = claimed.is_empty();
        for key in claimed {
            running.spawn(perform(engine.clone(), key));
        }
        if idle {
            tokio::select! {
                () = tokio::time::sleep(IDLE) => {}
                Some(_) = running.join_next() => {}
                _ = stop.changed() => {}
            }
        }
    }
    running.shutdown().await;
    if let Err(error) = keys.await {
        tracing::error!(error = %error, "the watch over the data keys failed");
    }
}

async fn claim(engine: &Engine, free: usize) -> Vec<WorkKey> {
    if free == 0 {
        return Vec::new();
    }
    let claim = ClaimWork { limit: free as u32, lease_us: LEASE_US };
    let claim = engine.internal(identity::operator(), Command::ClaimWork(claim));
    match engine.submit_bulk(claim).await {
        Ok(Outcome::Claimed(keys)) => keys,
        Ok(_) | Err(EngineError::ShuttingDown) => Vec::new(),
        Err(error) => {
            tracing::warn!(error = %error, "no work could be claimed");
            Vec::new()
        }
    }
}

async fn perform(engine: Engine, key: WorkKey) {
    let done = match key.kind {
        WorkKind::ReadImport => {
            inventory::read_import(&engine, key.tenant, ImportId(key.subject)).await
        }
        WorkKind::DropUpload => {
            inventory::drop_upload(&engine, key.tenant, ImportId(key.subject)).await
        }
        WorkKind::ExpireOrder => order::expire(&engine, key.tenant, OrderId(key.subject)).await,
        WorkKind::SendRefund => {
            payment::send_refund(&engine, key.tenant, RefundId(key.subject)).await
        }
        WorkKind::SendNotice => {
            payment::tell(&engine, key.tenant, NoticeId(key.subject)).await.map_err(WorkError::from)
        }
        WorkKind::ExpireCodes => {
            inventory::expire(&engine, key.tenant, kernel::SkuId(key.subject)).await
        }
        WorkKind::StopSku => {
            inventory::stop_sku(&engine, key.tenant, kernel::SkuId(key.subject)).await
        }
        WorkKind::MarkCodes => inventory::mark(&engine, key.tenant, ImportId(key.subject)).await,
        WorkKind::RelocateCodes => {
            inventory::relocate(&engine, key.tenant, ImportId(key.subject)).await
        }
        WorkKind::SettleDoubts => {
            inventory::settle(&engine, key.tenant, ImportId(key.subject)).await
        }
        WorkKind::RetagCodes => inventory::retag(&engine, key.tenant).await,
        WorkKind::Reseal => seal::reseal(&engine).await,
    };
    let Err(error) = done else { return };
    tracing::warn!(work.kind = ?key.kind, error = %error, "work did not go well; it comes again");
    let postpone = Command::PostponeWork(PostponeWork { key });
    if let Err(error) = engine.submit_bulk(engine.internal(key.tenant, postpone)).await {
        tracing::warn!(error = %error, "work was not postponed; its lease will run out");
    }
}

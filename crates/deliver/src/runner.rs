//! Claims due work and does it, a few pieces at a time.

use crate::lane::Lane;
use crate::work::{LEASE_US, WorkError};
use crate::{anchor, approval, clock, export, inventory, order, payment, requests, seal, voucher};
use domain::idempotency::rotate::RotateIdempotency;
use domain::identity;
use domain::work::claim::ClaimWork;
use domain::work::postpone::PostponeWork;
use domain::work::{WorkKey, WorkKind};
use engine::{Engine, EngineError, Throttle, keep_running};
use kernel::{ApprovalId, ExportId, ImportId, NoticeId, OrderId, PaymentId, RefundId};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Pieces of work that are done at the same time.
const AT_ONCE: usize = 2;
/// Work that waits for others.
const TALKS: [WorkKind; 2] = [WorkKind::SendRefund, WorkKind::AskPayment];
/// So many of them wait at the same time.
const TALKS_MAX: usize = 256;
/// Pause when nothing was due.
const IDLE: Duration = Duration::from_millis(100);
/// Pause when work could not be claimed.
const UNWELL: Duration = Duration::from_secs(1);
/// How long the end waits for the newest facts to be linked.
const LAST_LINKS: Duration = Duration::from_secs(2);
/// How often the age of the idempotency records is looked at.
const ROTATE_EVERY: Duration = Duration::from_secs(3600);

/// Lines about work that does not go well, in ten seconds.
static LINES: Throttle = Throttle::new(10);
/// The same about claims and rotations.
static CLAIMS: Throttle = Throttle::new(1);

/// What work is done with.
#[derive(Clone, Default)]
pub struct Settings {
    /// The journal's checkpoints.
    pub checkpoints: anchor::Settings,
    /// Lists as files; without them that work is left to another process.
    pub exports: Option<export::Exports>,
    /// Requests that were answered here.
    pub requests: requests::Requests,
    /// Payment channels of others.
    pub channels: payment::Channels,
}

/// Does due work until `stop` says so; what was begun is left to its lease.
pub async fn run(engine: Engine, stop: watch::Receiver<bool>) {
    run_with(engine, Settings::default(), stop).await;
}

/// The same with settings.
pub async fn run_with(engine: Engine, settings: Settings, mut stop: watch::Receiver<bool>) {
    let Settings { checkpoints: settings, exports, requests, channels } = settings;
    let (watched, stopped) = (engine.clone(), stop.clone());
    let watch = move || seal::watch(watched.clone(), stopped.clone());
    let keys = keep_running(Arc::clone(engine.health()), "keys", watch);
    let (followed, stopped) = (engine.clone(), stop.clone());
    let follow = move || insight::follow(followed.clone(), stopped.clone());
    let follow = keep_running(Arc::clone(engine.health()), "insight", follow);
    let (linked, stopped) = (engine.clone(), stop.clone());
    let link = move || anchor::watch(linked.clone(), settings.clone(), stopped.clone());
    let anchors = keep_running(Arc::clone(engine.health()), "journal", link);
    let (writer, stopped) = (engine.clone(), stop.clone());
    let log = move || requests::write(writer.clone(), requests.clone(), stopped.clone());
    let log = keep_running(Arc::clone(engine.health()), "requests", log);
    let mut running = JoinSet::new();
    let (mut files, mut talks) = (Lane::new(export::AT_ONCE), Lane::new(TALKS_MAX));
    let mut rotated: Option<Instant> = None;
    // Where the last process ended, the clock may have been another.
    let mut steps_back = None;
    while !*stop.borrow() {
        if rotated.is_none_or(|at| at.elapsed() > ROTATE_EVERY) {
            rotated = Some(Instant::now());
            running.spawn(rotate(engine.clone()));
        }
        if steps_back != Some(engine.steps_back()) {
            steps_back = Some(engine.steps_back());
            running.spawn(retime(engine.clone()));
        }
        while running.try_join_next().is_some() {}
        // A claim waits behind everything else; the end does not wait for it.
        let claimed = tokio::select! {
            claimed = claim(&engine, AT_ONCE.saturating_sub(running.len())) => claimed,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let pause = if claimed.is_err() { UNWELL } else { IDLE };
        let claimed = claimed.unwrap_or_default();
        let idle = claimed.is_empty();
        for key in claimed {
            match &exports {
                Some(_) if key.kind == WorkKind::WriteExport => files.queue(key),
                _ if TALKS.contains(&key.kind) => talks.queue(key),
                _ => drop(running.spawn(perform(engine.clone(), key))),
            }
        }
        if let Some(exports) = &exports {
            files.go_on(|key| write(engine.clone(), exports.clone(), key));
        }
        talks.go_on(|key| talk(engine.clone(), channels.clone(), key));
        if idle {
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                Some(_) = running.join_next() => {}
                _ = stop.changed() => {}
            }
        }
    }
    running.shutdown().await;
    files.shutdown().await;
    talks.shutdown().await;
    // What was written last is linked before the end, if the database lets it.
    if tokio::time::timeout(LAST_LINKS, anchors).await.is_err() {
        tracing::info!("the newest facts are linked by the next start");
    }
    // It heard of the end too, unless the database keeps it waiting.
    if tokio::time::timeout(IDLE, async { tokio::join!(keys, follow, log) }).await.is_err() {
        tracing::debug!(
            "the watch over the data keys the journal or the request log is left behind"
        );
    }
}

/// Writes a file.
async fn write(engine: Engine, exports: export::Exports, key: WorkKey) {
    let done = export::perform(&engine, &exports, key.tenant, ExportId(key.subject)).await;
    conclude(&engine, key, done).await;
}

/// Asks a channel, or tells it: one that hangs holds up no other work.
async fn talk(engine: Engine, channels: payment::Channels, key: WorkKey) {
    let done = match key.kind {
        WorkKind::SendRefund => {
            payment::send_refund(&engine, &channels, key.tenant, RefundId(key.subject)).await
        }
        _ => payment::channel::look(&engine, &channels, key.tenant, PaymentId(key.subject)).await,
    };
    conclude(&engine, key, done).await;
}

async fn rotate(engine: Engine) {
    let rotate = RotateIdempotency;
    if let Err(error) = engine.run_bulk(engine.internal(identity::operator()), rotate).await
        && let Some(hushed) = CLAIMS.admit()
    {
        tracing::warn!(error = %error, hushed, "idempotency records were not rotated");
    }
    if let Err(error) = payment::forget(&engine).await
        && let Some(hushed) = CLAIMS.admit()
    {
        tracing::warn!(error = %error, hushed, "old exchanges with payment channels are still there");
    }
}

/// Tries until it succeeds: the step that it follows is not seen again.
async fn retime(engine: Engine) {
    while let Err(error) = clock::retime(&engine).await {
        if let Some(hushed) = CLAIMS.admit() {
            tracing::warn!(error = %error, hushed, "work of another time of the clock was not set anew yet");
        }
        tokio::time::sleep(UNWELL).await;
    }
}

async fn claim(engine: &Engine, free: usize) -> Result<Vec<WorkKey>, EngineError> {
    if free == 0 {
        return Ok(Vec::new());
    }
    let claim = ClaimWork { limit: free as u32, lease_us: LEASE_US };
    match engine.run_bulk(engine.internal(identity::operator()), claim).await {
        Err(EngineError::ShuttingDown) => Ok(Vec::new()),
        Err(error) => {
            // The engine tells what is wrong with the database.
            if let Some(hushed) = CLAIMS.admit() {
                tracing::warn!(error = %error, hushed, "no work could be claimed");
            }
            Err(error)
        }
        claimed => claimed,
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
        WorkKind::ExpireApproval => {
            approval::expire(&engine, key.tenant, ApprovalId(key.subject)).await
        }
        WorkKind::ExpireVouchers => {
            voucher::expire(&engine, key.tenant, kernel::SkuId(key.subject)).await
        }
        WorkKind::MakeVouchers => {
            voucher::make(&engine, key.tenant, kernel::VoucherRunId(key.subject)).await
        }
        WorkKind::WriteExport => Err(WorkError::Other("no lists can be read here".to_owned())),
        WorkKind::SendRefund | WorkKind::AskPayment => {
            Err(WorkError::Other("this waits for others, and has a place of its own".to_owned()))
        }
        WorkKind::RetagCodes => inventory::retag(&engine, key.tenant).await,
        WorkKind::Reseal => seal::reseal(&engine).await,
    };
    conclude(&engine, key, done).await;
}

/// Gives work back that did not go well.
async fn conclude(engine: &Engine, key: WorkKey, done: Result<(), WorkError>) {
    let Err(error) = done else { return };
    if let Some(hushed) = LINES.admit() {
        let error = kernel::chain(&error);
        tracing::warn!(work.kind = ?key.kind, error, hushed, "work did not go well; it comes again");
    }
    let postpone = PostponeWork { key };
    if let Err(error) = engine.run_bulk(engine.internal(key.tenant), postpone).await
        && let Some(hushed) = LINES.admit()
    {
        tracing::warn!(error = %error, hushed, "work was not postponed; its lease will run out");
    }
}

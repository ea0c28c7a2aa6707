//! The work of an export: write its file, and clear it away when its time is over.

use super::write::{WriteError, Writing};
use super::{Exports, Pages, Unread};
use crate::work::{LEASE_US, WorkError};
use bytes::Bytes;
use domain::Refusal;
use domain::export::advance::AdvanceExport;
use domain::export::begin::BeginExport;
use domain::export::clear::ClearExport;
use domain::export::end::{End, EndExport};
use domain::export::{Export, ExportState};
use engine::{Engine, EngineError};
use files::Parts;
use jiff::tz::TimeZone;
use kernel::{ExportId, Mode, Tenant, chain};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

/// Files that one process writes at the same time.
pub const AT_ONCE: usize = 2;
/// How often it is told how far a file is.
const TELL_EVERY: Duration = Duration::from_secs(1);
/// How often a file is begun that does not come to its end.
const TRIES_MAX: i64 = 8;
/// Pages and parts that wait for the next step.
const WAITING: usize = 2;

/// A run over an export's list.
struct Run<'a> {
    engine: &'a Engine,
    exports: &'a Exports,
    tenant: Tenant,
    id: ExportId,
    name: String,
}

/// Why a run did not come to its end.
enum Broken {
    /// Somebody else is at it, or nobody wants it any more.
    Left,
    /// It cannot be written.
    Refused { code: String, detail: String },
    /// It may go well another time.
    Failed(WorkError),
}

/// What was kept of a file.
struct Kept {
    parts: i64,
    bytes: i64,
}

/// Goes on with an export as it stands.
pub(crate) async fn perform(
    engine: &Engine,
    exports: &Exports,
    tenant: Tenant,
    id: ExportId,
) -> Result<(), WorkError> {
    let Some(export) = engine.reader().export(tenant, id).await? else { return Ok(()) };
    if export.is_open() {
        let run = Run { engine, exports, tenant, id, name: vault::new_secret("") };
        return run.write().await;
    }
    let is_kept = export.told.kept_until.is_some_and(|until| engine.now() < until);
    if export.state == ExportState::Done && is_kept {
        return Ok(());
    }
    exports.files.clear_parts(&Parts::of_export(tenant, id)).await.map_err(not_kept)?;
    engine.run_bulk(engine.internal(tenant), ClearExport { export: id }).await?;
    Ok(())
}

impl Run<'_> {
    async fn write(&self) -> Result<(), WorkError> {
        let (run, lease_us) = (self.name.clone(), LEASE_US);
        let begin = BeginExport { export: self.id, run, lease_us };
        let export = match self.engine.run_bulk(self.engine.internal(self.tenant), begin).await {
            Err(EngineError::Refused(Refusal::Stale)) => return Ok(()),
            export => export?,
        };
        let rows = Arc::new(AtomicI64::new(0));
        let done = tokio::select! {
            biased;
            () = std::future::ready(()), if export.told.tries > TRIES_MAX => Err(Broken::hopeless()),
            done = self.file(&export, &rows) => done,
            broken = self.tell(&rows) => Err(broken),
        };
        let end = match done {
            Ok(Kept { parts, bytes }) => {
                End::Done { rows: rows.load(Ordering::Relaxed), parts, bytes }
            }
            Err(broken) => {
                self.clear().await;
                match broken {
                    Broken::Left => return Ok(()),
                    Broken::Failed(error) => return Err(error),
                    Broken::Refused { code, detail } => End::Failed { problem: code, detail },
                }
            }
        };
        let end = EndExport { export: self.id, run: self.name.clone(), end };
        match self.engine.run_bulk(self.engine.internal(self.tenant), end).await {
            Err(EngineError::Refused(Refusal::Stale)) => {
                self.clear().await;
                Ok(())
            }
            ended => Ok(ended?),
        }
    }

    /// Reads the list, writes the rows and keeps the parts, all at the same time.
    async fn file(&self, export: &Export, rows: &Arc<AtomicI64>) -> Result<Kept, Broken> {
        let mut pages = self.exports.lists.open(export).await?;
        let writing = Writing {
            format: export.told.format,
            columns: pages.columns().clone(),
            zone: self.zone().await.map_err(Broken::Failed)?,
        };
        let (to_writer, read) = mpsc::channel::<Bytes>(WAITING);
        let (to_store, parts) = mpsc::channel::<Bytes>(WAITING);
        let writer = {
            let rows = Arc::clone(rows);
            tokio::task::spawn_blocking(move || writing.run(read, &to_store, &rows))
        };
        let written = async {
            match writer.await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => Err(Broken::of_file(&error)),
                Err(error) => Err(Broken::Failed(WorkError::Other(error.to_string()))),
            }
        };
        let (_, kept, ()) =
            tokio::try_join!(feed(&mut *pages, to_writer), self.keep(parts), written)?;
        Ok(kept)
    }

    async fn keep(&self, mut parts: mpsc::Receiver<Bytes>) -> Result<Kept, Broken> {
        let mut kept = Kept { parts: 0, bytes: 0 };
        while let Some(part) = parts.recv().await {
            let bytes = part.len() as i64;
            let put = self.exports.files.put_part(&self.parts(), kept.parts, part).await;
            put.map_err(|error| Broken::Failed(not_kept(error)))?;
            kept = Kept { parts: kept.parts + 1, bytes: kept.bytes + bytes };
        }
        Ok(kept)
    }

    /// Tells how far it is until that is nobody's business any more.
    async fn tell(&self, rows: &AtomicI64) -> Broken {
        loop {
            tokio::time::sleep(TELL_EVERY).await;
            let advance = AdvanceExport {
                export: self.id,
                run: self.name.clone(),
                rows: rows.load(Ordering::Relaxed),
                lease_us: LEASE_US,
            };
            match self.engine.run_bulk(self.engine.internal(self.tenant), advance).await {
                Ok(()) | Err(EngineError::Overloaded) => {}
                Err(EngineError::Refused(_)) => return Broken::Left,
                Err(error) => return Broken::Failed(error.into()),
            }
        }
    }

    /// Where the merchant's days end.
    async fn zone(&self) -> Result<TimeZone, WorkError> {
        let live = Tenant::new(self.tenant.merchant(), Mode::Live);
        let merchant = self.engine.reader().tenant(live).await?;
        let zone = merchant.and_then(|merchant| TimeZone::get(&merchant.zone).ok());
        Ok(zone.unwrap_or(TimeZone::UTC))
    }

    /// Where this run keeps its parts.
    fn parts(&self) -> Parts {
        Parts::of_run(self.tenant, self.id, &self.name)
    }

    /// Takes away what this run kept.
    async fn clear(&self) {
        if let Err(error) = self.exports.files.clear_parts(&self.parts()).await {
            let error = chain(&error);
            tracing::warn!(export.id = %self.id, error, "parts of an export are left; they go with it");
        }
    }
}

async fn feed(pages: &mut dyn Pages, to: mpsc::Sender<Bytes>) -> Result<(), Broken> {
    while let Some(page) = pages.next().await? {
        // Whoever does not take it says why.
        if to.send(page).await.is_err() {
            break;
        }
    }
    Ok(())
}

fn not_kept(error: impl std::error::Error) -> WorkError {
    WorkError::Other(format!("the store of files: {}", chain(&error)))
}

impl Broken {
    fn hopeless() -> Self {
        let detail =
            "it could not be written, however often that was tried; ask for it again later";
        Self::Refused { code: "internal".to_owned(), detail: detail.to_owned() }
    }

    fn of_file(error: &WriteError) -> Self {
        Self::Failed(WorkError::Other(chain(error)))
    }
}

impl From<Unread> for Broken {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Refused { code, detail } => Self::Refused { code, detail },
            Unread::Unavailable(why) => Self::Failed(WorkError::Other(why)),
        }
    }
}

//! SQLite's checkpoints: beside the writer, so that no batch waits for them.
//!
//! A passive checkpoint copies pages while the writer goes on. It comes often and copies little, because the disk
//! that writes a long copy lets the next commit wait. Under steady load the log would never come to an end and
//! grow for ever: when it is long, the writer's gate is held for the few frames that came in meanwhile, and the
//! next batch starts the log from its beginning.

use crate::Error;
use crate::address::Address;
use crate::seam::{Conn, Statement};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// Frames (4 KiB each) that are worth a copy. Fewer write a page that changes often more often, more keep the disk
/// busy for longer than a commit should wait.
const COPY_FRAMES: i64 = 2048;
/// Frames that the gate is held for.
const REST_FRAMES: i64 = 512;
/// Frames beyond which the log is brought to an end: 256 MiB. Batches wait then, so it comes seldom; a log is read
/// once when its program was killed, at some hundred MiB a second.
const LOG_FRAMES_MAX: i64 = 64 * 1024;
/// Copies beside the writer before the gate is taken for the rest.
const PASSES_MAX: usize = 6;
/// Pause while the log grows.
const PAUSE_BUSY: Duration = Duration::from_millis(20);
/// Pause while nobody writes.
const PAUSE_QUIET: Duration = Duration::from_millis(100);

static LOOK: Statement = Statement::new("look at the log", "PRAGMA wal_checkpoint(NOOP)");
static CHECKPOINT: Statement = Statement::new("checkpoint", "PRAGMA wal_checkpoint(PASSIVE)");

/// The log at one moment, in frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Log {
    /// How long it is.
    written: i64,
    /// How much of it the database file has.
    copied: i64,
}

impl Log {
    fn missing(self) -> i64 {
        self.written - self.copied
    }
}

/// Checkpoints on a thread of its own until every other holder of the gate is gone. A round that fails, even by a
/// panic, comes again over a new connection; the log grows meanwhile, which harms nobody.
pub(crate) fn spawn(address: Address, gate: Arc<Mutex<()>>) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let failed = |e: std::io::Error| Error::Setup(format!("no thread to checkpoint on: {e}"));
    let runtime = runtime.map_err(failed)?;
    let body = move || {
        let (mut conn, mut before, mut failing) = (None, None, false);
        while Arc::strong_count(&gate) > 1 {
            let once = || runtime.block_on(connected_round(&address, &mut conn, &gate, before));
            let log = catch_unwind(AssertUnwindSafe(once)).unwrap_or(Err(PANICKED));
            match &log {
                Err(error) => {
                    conn = None;
                    if !failing {
                        tracing::warn!(error = %error, "checkpoints fail; they are tried again");
                    }
                }
                Ok(_) if failing => tracing::info!("checkpoints work again"),
                Ok(_) => {}
            }
            failing = log.is_err();
            let log = log.ok();
            let quiet = log.is_none() || log == before;
            std::thread::sleep(if quiet { PAUSE_QUIET } else { PAUSE_BUSY });
            before = log;
        }
    };
    std::thread::Builder::new().name("checkpoint".to_owned()).spawn(body).map_err(failed)?;
    Ok(())
}

const PANICKED: Error = Error::Corrupt("a checkpoint panicked");

/// A round over the connection that is kept, or a new one.
async fn connected_round(
    address: &Address,
    conn: &mut Option<Conn>,
    gate: &Mutex<()>,
    before: Option<Log>,
) -> Result<Log, Error> {
    if conn.is_none() {
        *conn = Some(address.connect().await?);
    }
    match conn {
        Some(conn) => round(conn, gate, before).await,
        None => Err(PANICKED),
    }
}

/// Copies what is worth it, or what is left when nobody has written since the round before.
async fn round(conn: &mut Conn, gate: &Mutex<()>, before: Option<Log>) -> Result<Log, Error> {
    let mut log = ask(conn, &LOOK).await?;
    let quiet = before == Some(log) && log.missing() > 0;
    if quiet || log.missing() >= COPY_FRAMES {
        log = ask(conn, &CHECKPOINT).await?;
    }
    if log.written < LOG_FRAMES_MAX {
        return Ok(log);
    }
    for _ in 0..PASSES_MAX {
        if ask(conn, &LOOK).await?.missing() < REST_FRAMES {
            break;
        }
        ask(conn, &CHECKPOINT).await?;
    }
    let _held = gate.lock().await;
    ask(conn, &CHECKPOINT).await
}

async fn ask(conn: &mut Conn, statement: &'static Statement) -> Result<Log, Error> {
    let found = conn.fetch(statement, &[]).await?;
    match found.first() {
        Some(row) => Ok(Log { written: row.int(1)?, copied: row.int(2)? }),
        None => Ok(Log { written: 0, copied: 0 }),
    }
}

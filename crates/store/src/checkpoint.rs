//! SQLite's checkpoints: beside the writer, so that no batch waits for them.
//!
//! A passive checkpoint copies pages while the writer goes on, but under steady load the log never
//! comes to an end and would grow for ever. When it is long, the writer's gate is held for the few frames that
//! came in meanwhile; the next batch then starts the log from its beginning.

use crate::Error;
use crate::seam::{Conn, Statement};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// Frames (4 KiB each) beyond which the log is brought to an end: 64 MiB.
const LOG_FRAMES_MAX: i64 = 16 * 1024;
const PAUSE: Duration = Duration::from_millis(100);

static CHECKPOINT: Statement = Statement::new("checkpoint", "PRAGMA wal_checkpoint(PASSIVE)");

/// Checkpoints on a thread of its own until every other holder of the gate is gone.
pub(crate) fn spawn(mut conn: Conn, gate: Arc<Mutex<()>>) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let failed = |e: std::io::Error| Error::Setup(format!("no thread to checkpoint on: {e}"));
    let runtime = runtime.map_err(failed)?;
    let body = move || {
        while Arc::strong_count(&gate) > 1 {
            if let Err(error) = runtime.block_on(round(&mut conn, &gate)) {
                tracing::warn!(error = %error, "a checkpoint did not go well; it comes again");
            }
            std::thread::sleep(PAUSE);
        }
    };
    std::thread::Builder::new().name("checkpoint".to_owned()).spawn(body).map_err(failed)?;
    Ok(())
}

async fn round(conn: &mut Conn, gate: &Mutex<()>) -> Result<(), Error> {
    if checkpoint(conn).await? < LOG_FRAMES_MAX {
        return Ok(());
    }
    let _held = gate.lock().await;
    checkpoint(conn).await.map(|_| ())
}

/// Frames that are in the log.
async fn checkpoint(conn: &mut Conn) -> Result<i64, Error> {
    let found = conn.fetch(&CHECKPOINT, &[]).await?;
    found.first().map_or(Ok(0), |row| row.int(1))
}

//! What is looked at every second beside the writer: whether reads work, whether a commit takes long, and where the
//! journal ends, which is kept apart from the database.

use crate::tasks::Ended;
use crate::{EngineError, Shared};
use std::sync::{Arc, Weak};
use std::time::Duration;
use store::read::{JournalRow, fact, newest_fact};
use tokio::time::timeout;

/// How often.
const EVERY: Duration = Duration::from_secs(1);
/// A read that takes longer does not work.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// Until the engine is gone.
pub(crate) async fn watch(shared: Weak<Shared>) -> Ended {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let Some(shared) = shared.upgrade() else { return Ended::InOrder };
        shared.health.tell_slow();
        let newest = timeout(PATIENCE, newest(&shared)).await;
        let newest = newest.unwrap_or_else(|_| {
            Err(EngineError::Unavailable(format!("no answer within {PATIENCE:?}")))
        });
        shared.health.read(newest.as_ref().map(drop));
        if let Ok(Some(newest)) = newest {
            keep(&shared, newest).await;
        }
    }
}

async fn newest(shared: &Shared) -> Result<Option<JournalRow>, EngineError> {
    let mut conn = shared.store.probe().conn().await?;
    if let Some(heads) = shared.heads.as_ref().filter(|heads| heads.lacks_name())
        && let Some(first) = fact(&mut conn, 1).await?
    {
        heads.name(&first);
    }
    Ok(newest_fact(&mut conn).await?)
}

/// Files are written where nobody waits.
async fn keep(shared: &Arc<Shared>, newest: JournalRow) {
    let shared = Arc::clone(shared);
    let kept = tokio::task::spawn_blocking(move || {
        if let Some(heads) = &shared.heads {
            heads.keep(&newest);
        }
    });
    if kept.await.is_err() {
        tracing::error!("what was acknowledged could not be kept: a panic");
    }
}

/// Looks at the pages of a file in which a damaged one was met, until they are all well. Until the engine is gone.
pub(crate) async fn inspect(shared: Weak<Shared>) -> Ended {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let Some(shared) = shared.upgrade() else { return Ended::InOrder };
        if !shared.health.is_damaged() {
            continue;
        }
        match shared.store.reader().is_intact().await {
            Ok(Some(true)) => shared.health.mended(),
            Ok(None) => {}
            Ok(Some(false)) | Err(_) => shared.health.damaged(),
        }
    }
}

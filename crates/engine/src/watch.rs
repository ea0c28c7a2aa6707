//! What is looked at every second beside the writer: whether reads work, whether a commit takes long, and where the
//! journals end, which is kept apart from the database.

use crate::tasks::Ended;
use crate::{EngineError, Shared};
use std::sync::{Arc, Weak};
use std::time::Duration;
use store::read::{JournalRow, facts, heads};
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
        if let Ok(newest) = newest
            && !newest.is_empty()
        {
            keep(&shared, newest).await;
        }
    }
}

/// The newest facts of books that have news.
async fn newest(shared: &Shared) -> Result<Vec<JournalRow>, EngineError> {
    let mut conn = shared.store.probe().conn().await?;
    let ends = heads(&mut conn).await?;
    let news = shared.heads.as_ref().map_or_else(Vec::new, |heads| heads.news(ends));
    Ok(facts(&mut conn, &news).await?)
}

/// Files are written where nobody waits.
async fn keep(shared: &Arc<Shared>, newest: Vec<JournalRow>) {
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

//! Tasks that must not end: one that does is started again, and health tells it meanwhile.

use crate::Health;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Pause before a task is started again.
const PAUSE: Duration = Duration::from_millis(500);
/// Ends within a minute after which starting again is no cure.
const ENDS_MAX: usize = 5;
const MINUTE: Duration = Duration::from_secs(60);

/// What is known of ends that were no wish of ours.
#[derive(Debug, Default)]
pub(crate) struct Ends(Vec<Instant>);

impl Ends {
    /// Counts one; says whether there were too many lately.
    pub fn one_more(&mut self) -> bool {
        let now = Instant::now();
        self.0.retain(|at| now - *at < MINUTE);
        self.0.push(now);
        self.0.len() > ENDS_MAX
    }
}

/// Runs a task until it ends in order, which it says by its answer. A task that panics, or that ends before it
/// should, is started again; after five times in a minute it is lost, which only a restart of the process cures.
pub fn keep_running<T, F>(health: Arc<Health>, name: &'static str, make: T) -> JoinHandle<()>
where
    T: Fn() -> F + Send + 'static,
    F: Future<Output = Ended> + Send + 'static,
{
    tokio::spawn(async move {
        let mut ends = Ends::default();
        loop {
            match tokio::spawn(make()).await {
                Ok(Ended::InOrder) => return,
                Ok(Ended::Early(why)) => tracing::error!(task = name, why, "a task ended early"),
                Err(error) if error.is_cancelled() => return,
                Err(_) => tracing::error!(task = name, "a task panicked"),
            }
            if ends.one_more() {
                tracing::error!(task = name, "a task is not started again: it ends too often");
                health.is_lost(name);
                return;
            }
            health.is_down(name);
            tokio::time::sleep(PAUSE).await;
            health.is_up(name);
        }
    })
}

/// How a task ended.
#[derive(Debug)]
pub enum Ended {
    /// It was told to.
    InOrder,
    /// It was not.
    Early(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test(start_paused = true)]
    async fn a_task_that_panics_is_started_again() {
        let (health, runs) = (Arc::new(Health::default()), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&runs);
        let make = move || {
            let run = counted.fetch_add(1, Ordering::SeqCst);
            async move {
                assert!(run > 1, "the first two runs panic");
                Ended::InOrder
            }
        };
        keep_running(Arc::clone(&health), "a task", make).await.expect("it is watched");
        assert_eq!(runs.load(Ordering::SeqCst), 3);
        assert!(health.lives().is_well());
    }

    #[tokio::test(start_paused = true)]
    async fn a_task_that_always_ends_is_lost() {
        let health = Arc::new(Health::default());
        let make = || async { Ended::Early("no reason".to_owned()) };
        keep_running(Arc::clone(&health), "a task", make).await.expect("it is watched");
        assert_eq!(health.lives().why, ["a task"]);
    }
}

//! The writer's loop: takes batches, runs them, answers; runs again, in halves if need be.
//!
//! A batch that another writer got in the way of runs again. A command that breaks its batch is found
//! by halving; the others still commit. A commit whose answer was lost is answered as unknown.

use crate::alarm;
use crate::batch::{Failure, Means, attempt};
use crate::clock::Clock;
use crate::glass::Glass;
use crate::ids::Ids;
use crate::intake::{Intake, Job};
use crate::stats::Stats;
use crate::{EngineError, Shared};
use domain::{Envelope, Outcome, Refusal};
use parking_lot::Mutex;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use store::Writer;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// Runs of a whole batch before it is halved.
const RERUNS_MAX: u32 = 5;
/// Pause before a rerun, times the number of reruns.
const RERUN_PAUSE: Duration = Duration::from_millis(2);

pub(crate) struct Worker {
    /// None while the database is out of reach.
    pub writer: Option<Writer>,
    pub intake: Intake,
    pub clock: Clock,
    pub ids: Arc<Mutex<Ids>>,
    pub stats: Arc<Stats>,
    /// A database that gives no answer for so long is given up.
    pub silence_max: Duration,
}

impl Worker {
    /// Runs on a thread of its own, because SQLite is called there and blocks it. The receiver is
    /// told, or dropped, at the end.
    pub fn spawn(self, shared: Weak<Shared>) -> Result<oneshot::Receiver<()>, EngineError> {
        let failed = |e: std::io::Error| EngineError::Setup(format!("no thread to write on: {e}"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(failed)?;
        let (ended, end) = oneshot::channel();
        let body = move || {
            runtime.block_on(self.run(shared));
            let _ = ended.send(());
        };
        std::thread::Builder::new().name("writer".to_owned()).spawn(body).map_err(failed)?;
        Ok(end)
    }

    /// Until the entrance is closed and empty.
    async fn run(mut self, shared: Weak<Shared>) {
        self.ensure_writer(&shared).await;
        while let Some(batch) = self.intake.next().await {
            let begun = Instant::now();
            self.ensure_writer(&shared).await;
            self.settle(batch.jobs, &shared).await;
            let took = begun.elapsed();
            self.stats.settled(took);
            self.intake.finished(batch.lane, took);
        }
    }

    /// Opens a new connection when the last one failed. Without one, jobs are answered "unavailable".
    async fn ensure_writer(&mut self, shared: &Weak<Shared>) {
        if self.writer.is_none()
            && let Some(shared) = shared.upgrade()
        {
            match timeout(self.silence_max, shared.store.writer()).await {
                Ok(Ok(writer)) => self.writer = Some(writer),
                Ok(Err(error)) => tracing::error!(error = %error, "the database is out of reach"),
                Err(_) => tracing::error!("the database takes no connection"),
            }
        }
    }

    /// Runs jobs until each has its answer. Parts that must run apart wait on a stack.
    async fn settle(&mut self, jobs: Vec<Job>, shared: &Weak<Shared>) {
        let mut parts = vec![jobs];
        while let Some(mut jobs) = parts.pop() {
            match self.run_with_reruns(&jobs, shared).await {
                Ok(outcomes) => answer(jobs, outcomes),
                Err(Failure::Panic(i)) => {
                    let job = jobs.remove(i);
                    let name = job.envelope.command.name();
                    tracing::error!(command = name, "a rule panicked; its batch runs without it");
                    fail(vec![job], &EngineError::Internal("a rule panicked".to_owned()));
                    parts.extend((!jobs.is_empty()).then_some(jobs));
                }
                Err(Failure::Store(error)) if may_halve(&error) && jobs.len() > 1 => {
                    let tail = jobs.split_off(jobs.len() / 2);
                    parts.push(tail);
                    parts.push(jobs);
                }
                Err(Failure::KeyMissing) => {
                    fail(jobs, &EngineError::Internal("keys were not read again".to_owned()));
                }
                Err(Failure::Store(error)) => {
                    tracing::error!(error = %error, jobs = jobs.len(), "a batch failed");
                    fail(jobs, &error.into());
                }
            }
        }
    }

    async fn run_with_reruns(
        &mut self,
        jobs: &[Job],
        shared: &Weak<Shared>,
    ) -> Result<Vec<Result<Outcome, Refusal>>, Failure> {
        let commands: Vec<Envelope> = jobs.iter().map(|job| job.envelope.clone()).collect();
        let (mut reruns, mut keys_are_read) = (0, false);
        loop {
            let (Some(writer), Some(shared)) = (self.writer.as_mut(), shared.upgrade()) else {
                let gone = "no connection to the database".to_owned();
                return Err(Failure::Store(store::Error::Unavailable(gone)));
            };
            let glass = Glass::new(shared.secrets.vault());
            let means = Means {
                now: self.clock.now(),
                ids: &self.ids,
                silence_max: self.silence_max,
                look: &|code| glass.look(code),
                keys_are_read,
            };
            let failure = match attempt(writer, &commands, &means).await {
                Ok(committed) => {
                    self.stats.committed(commands.len());
                    shared.secrets.missed(glass.missing());
                    alarm::sound(&self.stats, &committed.alarms);
                    return Ok(committed.outcomes);
                }
                Err(failure) => failure,
            };
            self.clean_up(&failure).await;
            match &failure {
                Failure::KeyMissing => {
                    shared.secrets.learn(shared.store.reader()).await;
                    keys_are_read = true;
                }
                Failure::Store(error) if error.is_contention() && reruns < RERUNS_MAX => {
                    reruns += 1;
                    self.stats.rerun();
                    tokio::time::sleep(RERUN_PAUSE * reruns).await;
                }
                _ => return Err(failure),
            }
        }
    }

    /// Rolls back, or gives the connection up when it cannot be trusted any more.
    async fn clean_up(&mut self, failure: &Failure) {
        let broken = matches!(
            failure,
            Failure::Store(store::Error::CommitUnknown(_) | store::Error::Unavailable(_))
        );
        let Some(writer) = self.writer.as_mut() else { return };
        if broken || writer.rollback().await.is_err() {
            self.writer = None;
        }
    }
}

fn may_halve(error: &store::Error) -> bool {
    !matches!(error, store::Error::CommitUnknown(_) | store::Error::Unavailable(_))
}

fn answer(jobs: Vec<Job>, outcomes: Vec<Result<Outcome, Refusal>>) {
    for (job, outcome) in jobs.into_iter().zip(outcomes) {
        // A caller that went away does not want its answer; the outcome is durable all the same.
        let _ = job.answer.send(outcome.map_err(EngineError::Refused));
    }
}

fn fail(jobs: Vec<Job>, error: &EngineError) {
    for job in jobs {
        let _ = job.answer.send(Err(error.clone()));
    }
}

//! The writer's loop: takes batches, runs them, answers; runs again, in halves if need be.
//!
//! A batch that another writer got in the way of runs again. A command that breaks its batch is found
//! by halving; the others still commit. A commit whose answer was lost is answered as unknown. While nothing is to
//! be done, a row of its own is committed every second, so that health follows commits. A panic ends one batch,
//! never the writer.

use crate::alarm;
use crate::batch::{Done, Failure, Means, attempt};
use crate::clock::{Clock, Steps};
use crate::glass::Glass;
use crate::health::Step;
use crate::ids::Ids;
use crate::intake::{Intake, Job};
use crate::stats::Stats;
use crate::tasks::Ends;
use crate::{EngineError, Health, Shared};
use domain::anchor::MacKey;
use domain::{Envelope, Outcome, Refusal};
use kernel::{Id16, Timestamp};
use parking_lot::Mutex;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use store::seam::Dialect;
use store::{Fault, Writer};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// Runs of a whole batch before it is halved.
const RERUNS_MAX: u32 = 5;
/// Pause before a rerun, times the number of reruns.
const RERUN_PAUSE: Duration = Duration::from_millis(2);
/// A server that takes no connection for so long is asked again.
const CONNECT_MAX: Duration = Duration::from_secs(4);
/// Pause before the writer goes on after a panic.
const PANIC_PAUSE: Duration = Duration::from_millis(100);

pub(crate) struct Worker {
    /// None while the database is out of reach.
    pub writer: Option<Writer>,
    /// Why there is none.
    pub refused: store::Error,
    pub intake: Intake,
    pub clock: Clock,
    pub steps: Steps,
    pub ids: Arc<Mutex<Ids>>,
    pub stats: Arc<Stats>,
    pub health: Arc<Health>,
    /// A database that gives no answer for so long is given up.
    pub silence_max: Duration,
    pub pulse: Duration,
    /// Whose row the pulse is.
    pub node: Id16,
    /// When a commit was last done or tried for its own sake.
    pub pulsed: Option<Instant>,
    /// Told when the first commit was tried.
    pub first: Option<oneshot::Sender<()>>,
}

impl Worker {
    /// Runs on a thread of its own, because SQLite is called there and blocks it. The receiver is
    /// told, or dropped, at the end.
    pub fn spawn(mut self, shared: Weak<Shared>) -> Result<oneshot::Receiver<()>, EngineError> {
        let failed = |e: std::io::Error| EngineError::Setup(format!("no thread to write on: {e}"));
        let (ended, end) = oneshot::channel();
        let body = move || {
            let mut ends = Ends::default();
            while !self.lives(&shared) {
                self.writer = None;
                if ends.one_more() {
                    self.health.is_lost("writer");
                }
                std::thread::sleep(PANIC_PAUSE);
            }
            let _ = ended.send(());
        };
        std::thread::Builder::new().name("writer".to_owned()).spawn(body).map_err(failed)?;
        Ok(end)
    }

    /// Runs until the entrance is closed and empty; says false when it panicked on the way. Callers whose batch
    /// that was hear that its outcome is unknown.
    fn lives(&mut self, shared: &Weak<Shared>) -> bool {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = match runtime {
            Ok(runtime) => runtime,
            Err(error) => {
                self.health.failed_by("writer", &error, 0);
                return false;
            }
        };
        let run = AssertUnwindSafe(|| runtime.block_on(self.run(shared)));
        let lives = catch_unwind(run).is_ok();
        if !lives {
            self.health.failed_by("writer", &EngineError::Internal("a panic".to_owned()), 0);
        }
        lives
    }

    async fn run(&mut self, shared: &Weak<Shared>) {
        loop {
            let until_pulse =
                self.pulsed.map_or(Duration::ZERO, |at| self.pulse.saturating_sub(at.elapsed()));
            if until_pulse.is_zero() && self.health.is_full() {
                self.beat(shared).await;
                continue;
            }
            match timeout(until_pulse, self.intake.next()).await {
                Err(_) => self.beat(shared).await,
                Ok(None) => return,
                Ok(Some(batch)) => {
                    let begun = Instant::now();
                    self.ensure_writer(shared, batch.jobs.len()).await;
                    let worked = self.settle(batch.jobs, shared).await;
                    self.health.rests();
                    self.stats.settled(begun.elapsed());
                    self.intake.finished(batch.lane, worked);
                }
            }
        }
    }

    /// Commits the row that says that this node can.
    async fn beat(&mut self, shared: &Weak<Shared>) {
        self.ensure_writer(shared, 0).await;
        let now = self.look_at_clock(shared);
        if let Some(writer) = &mut self.writer {
            let sqlite = writer.engine() == Dialect::Sqlite;
            self.health.step(if sqlite { Step::Locks } else { Step::Asks });
            let full = self.health.is_full();
            let pulse = async {
                if full {
                    writer.find_room().await?;
                }
                writer.pulse(&self.node, now).await
            };
            let pulse = timeout(self.silence_max, pulse).await;
            let silent = || format!("no answer within {:?}", self.silence_max);
            match pulse.unwrap_or_else(|_| Err(store::Error::Unavailable(Fault::Away, silent()))) {
                Ok(()) => self.health.committed(),
                Err(error) => {
                    if !self.health.failed(&error, 0) {
                        self.health.failed_by("commits_fail", &error, 0);
                    }
                    if !error.is_contention() {
                        self.writer = None;
                    }
                }
            }
        }
        self.pulsed = Some(Instant::now());
        self.first.take().map(|first| first.send(()));
    }

    /// Opens a new connection when the last one failed, and compares what it leads to with what was acknowledged.
    /// Without one, jobs are answered "unavailable".
    async fn ensure_writer(&mut self, shared: &Weak<Shared>, jobs: usize) {
        if self.writer.is_some() {
            return;
        }
        let Some(shared) = shared.upgrade() else { return };
        self.health.step(Step::Asks);
        let connected = async {
            let mut writer = shared.store.writer().await?;
            if let Some(heads) = &shared.heads {
                heads.check(writer.conn()).await?;
            }
            Ok(writer)
        };
        let silent = || store::Error::Unavailable(Fault::Away, "it takes no connection".to_owned());
        match timeout(CONNECT_MAX, connected).await.unwrap_or_else(|_| Err(silent())) {
            Ok(writer) => self.writer = Some(writer),
            Err(error) => {
                self.health.failed(&error, jobs);
                self.refused = error;
            }
        }
    }

    /// The time, and a word on it when the clock was set.
    fn look_at_clock(&mut self, shared: &Weak<Shared>) -> Timestamp {
        let now = self.clock.now();
        if let Some(step) = self.steps.look(now, Instant::now()) {
            tracing::warn!(seconds = step / 1_000_000, "the clock was set to another time");
            if step < 0
                && let Some(shared) = shared.upgrade()
            {
                shared.steps_back.fetch_add(1, Ordering::Relaxed);
            }
        }
        now
    }

    /// Runs jobs until each has its answer; gives how long that worked. Parts that must run apart wait on a stack;
    /// when the database lets nobody through for too long, they are not tried one by one.
    async fn settle(&mut self, jobs: Vec<Job>, shared: &Weak<Shared>) -> Duration {
        let (begun, mut worked) = (Instant::now(), Duration::ZERO);
        let mut parts = vec![jobs];
        while let Some(mut jobs) = parts.pop() {
            let patient = begun.elapsed() < self.silence_max;
            match self.run_with_reruns(&jobs, begun, shared).await {
                Ok(done) => {
                    worked += done.worked;
                    answer(jobs, done.outcomes);
                }
                Err(Failure::Panic(i)) => {
                    let job = jobs.remove(i);
                    let name = job.envelope.command.name();
                    tracing::error!(command = name, "a rule panicked; its batch runs without it");
                    fail(vec![job], &EngineError::Internal("a rule panicked".to_owned()));
                    parts.extend((!jobs.is_empty()).then_some(jobs));
                }
                Err(Failure::Store(error)) if patient && may_halve(&error) && jobs.len() > 1 => {
                    let tail = jobs.split_off(jobs.len() / 2);
                    parts.push(tail);
                    parts.push(jobs);
                }
                Err(Failure::KeyMissing) => {
                    fail(jobs, &EngineError::Internal("keys were not read again".to_owned()));
                }
                Err(Failure::Store(error)) => {
                    if !self.health.failed(&error, jobs.len()) {
                        let names = jobs.first().map_or("", |job| job.envelope.command.name());
                        tracing::error!(error = %error, command = names, "a batch failed");
                    }
                    fail(jobs, &error.into());
                }
            }
        }
        worked
    }

    async fn run_with_reruns(
        &mut self,
        jobs: &[Job],
        begun: Instant,
        shared: &Weak<Shared>,
    ) -> Result<Done, Failure> {
        let commands: Vec<Envelope> = jobs.iter().map(|job| job.envelope.clone()).collect();
        let (mut reruns, mut keys_are_read) = (0, false);
        loop {
            let now = self.look_at_clock(shared);
            let Some(writer) = self.writer.as_mut() else {
                return Err(Failure::Store(self.refused.clone()));
            };
            let Some(shared) = shared.upgrade() else {
                return Err(Failure::Store(self.refused.clone()));
            };
            let vault = shared.secrets.vault();
            let mac = |message: &[u8]| vault.journal_mac(message);
            let glass = Glass::new(Arc::clone(&vault));
            let means = Means {
                now,
                ids: &self.ids,
                health: &self.health,
                silence_max: self.silence_max,
                look: &|code| glass.look(code),
                keys_are_read,
                voucher_tag: &|tenant, id| {
                    vault.voucher_tag(tenant, &vault.voucher_code(tenant, &id.0))
                },
                key: MacKey { id: vault.journal_key(), mac: &mac },
            };
            let failure = match attempt(writer, &commands, &means).await {
                Ok(done) => {
                    // What changed rows in their places says nothing of room; the pulse looks for it.
                    if done.wrote && !self.health.is_full() {
                        self.health.committed();
                        self.pulsed = Some(Instant::now());
                    }
                    if done.wrote {
                        shared.commits.send_modify(|commits| *commits += 1);
                    }
                    self.stats.committed(commands.len());
                    shared.secrets.missed(glass.missing());
                    alarm::sound(&self.stats, &done.alarms);
                    return Ok(done);
                }
                Err(failure) => failure,
            };
            self.clean_up(&failure).await;
            match &failure {
                Failure::KeyMissing => {
                    shared.secrets.learn(shared.store.reader()).await;
                    keys_are_read = true;
                }
                Failure::Store(error)
                    if error.is_contention()
                        && reruns < RERUNS_MAX
                        && begun.elapsed() < self.silence_max =>
                {
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
            Failure::Store(store::Error::CommitUnknown(..) | store::Error::Unavailable(..))
        );
        let Some(writer) = self.writer.as_mut() else { return };
        if broken || writer.rollback().await.is_err() {
            self.writer = None;
        }
    }
}

fn may_halve(error: &store::Error) -> bool {
    !matches!(error, store::Error::CommitUnknown(..) | store::Error::Unavailable(..))
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

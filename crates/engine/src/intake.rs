//! Two bounded queues and the order in which they are emptied.
//!
//! The interactive lane goes first. Under interactive load the bulk lane gets a slice now and then, and
//! pauses nine times as long as its slice worked, a second at most: about a tenth of the writer's time. What a
//! slice waited for others does not count. Configuration commands and marks of codes get batches of their own.

use crate::EngineError;
use domain::{Envelope, Outcome};
use kernel::limits;
use parking_lot::Mutex;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// Sizes of batches and queues, in commands, and how long the database is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Commands of one batch.
    pub batch_max: usize,
    /// Commands waiting in the interactive lane.
    pub interactive_queue_max: usize,
    /// Commands waiting in the bulk lane.
    pub bulk_queue_max: usize,
    /// A database that gives no answer for so long is given up.
    pub silence_max: Duration,
    /// While nothing else is committed, a row outside the journal is, so often.
    pub pulse: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            batch_max: limits::BATCH_COMMANDS_MAX,
            interactive_queue_max: limits::INTERACTIVE_QUEUE_MAX,
            bulk_queue_max: limits::BULK_QUEUE_MAX,
            silence_max: Duration::from_secs(limits::DATABASE_SILENCE_SECONDS_MAX),
            pulse: Duration::from_secs(1),
        }
    }
}

/// Bulk commands that share a commit while nobody waits in the interactive lane.
const BULK_BATCH_IDLE: usize = 8;
/// The interactive lane counts as busy this long after its last batch.
const BUSY: Duration = Duration::from_millis(50);
/// After a bulk slice under load, the bulk lane rests this many times as long.
const BULK_REST: u32 = 9;
/// But never longer than this, whatever was measured.
const BULK_REST_MAX: Duration = Duration::from_secs(1);

/// A command and who waits for its outcome.
pub(crate) struct Job {
    pub envelope: Envelope,
    pub answer: oneshot::Sender<Result<Outcome, EngineError>>,
}

/// Where commands come in.
pub(crate) struct Entrance(Mutex<Option<Senders>>);

#[derive(Clone)]
struct Senders {
    interactive: mpsc::Sender<Job>,
    bulk: mpsc::Sender<Job>,
}

/// Where batches come out.
pub(crate) struct Intake {
    limits: Limits,
    interactive: mpsc::Receiver<Job>,
    bulk: mpsc::Receiver<Job>,
    /// A job that was taken out and belongs to the next batch.
    held_back: Option<Job>,
    last_interactive: Option<Instant>,
    bulk_not_before: Instant,
}

/// Jobs that share a commit.
pub(crate) struct Batch {
    pub jobs: Vec<Job>,
    pub lane: Lane,
}

/// Which queue a batch came from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    Interactive,
    Bulk,
}

pub(crate) fn open(limits: Limits) -> (Entrance, Intake) {
    let (to_interactive, interactive) = mpsc::channel(limits.interactive_queue_max);
    let (to_bulk, bulk) = mpsc::channel(limits.bulk_queue_max);
    let entrance =
        Entrance(Mutex::new(Some(Senders { interactive: to_interactive, bulk: to_bulk })));
    let intake = Intake {
        limits,
        interactive,
        bulk,
        held_back: None,
        last_interactive: None,
        bulk_not_before: Instant::now(),
    };
    (entrance, intake)
}

impl Entrance {
    pub fn interactive(&self, job: Job) -> Result<(), (Box<Envelope>, EngineError)> {
        let senders = self.0.lock();
        let back = |job: Job, error| (Box::new(job.envelope), error);
        let Some(senders) = senders.as_ref() else {
            return Err(back(job, EngineError::ShuttingDown));
        };
        senders.interactive.try_send(job).map_err(|e| match e {
            mpsc::error::TrySendError::Full(job) => back(job, EngineError::Overloaded),
            mpsc::error::TrySendError::Closed(job) => back(job, EngineError::ShuttingDown),
        })
    }

    pub async fn bulk(&self, job: Job) -> Result<(), EngineError> {
        let sender = self.0.lock().as_ref().map(|s| s.bulk.clone());
        let sender = sender.ok_or(EngineError::ShuttingDown)?;
        sender.send(job).await.map_err(|_| EngineError::ShuttingDown)
    }

    /// Commands that wait in the interactive lane.
    pub fn waiting(&self) -> usize {
        let senders = self.0.lock();
        senders.as_ref().map_or(0, |s| s.interactive.max_capacity() - s.interactive.capacity())
    }

    pub fn close(&self) {
        *self.0.lock() = None;
    }
}

impl Intake {
    /// The next batch; none when the entrance is closed and everything accepted was handed out.
    pub async fn next(&mut self) -> Option<Batch> {
        loop {
            if let Some(job) = self.held_back.take() {
                return Some(self.fill(job, Lane::Interactive));
            }
            let now = Instant::now();
            let busy = self.last_interactive.is_some_and(|at| now - at < BUSY);
            let bulk_may = !busy || now >= self.bulk_not_before;
            let bulk_may_at = self.bulk_may_at();
            if busy
                && bulk_may
                && let Ok(job) = self.bulk.try_recv()
            {
                return Some(Batch { jobs: vec![job], lane: Lane::Bulk });
            }
            tokio::select! {
                biased;
                job = self.interactive.recv() => match job {
                    Some(job) => return Some(self.fill(job, Lane::Interactive)),
                    None => {
                        let job = self.bulk.recv().await?;
                        return Some(self.fill(job, Lane::Bulk));
                    }
                },
                Some(job) = self.bulk.recv(), if bulk_may => {
                    return Some(self.fill(job, Lane::Bulk));
                }
                () = tokio::time::sleep_until(bulk_may_at.into()), if !bulk_may => {}
            }
        }
    }

    /// Remembers how long a batch worked, without what it waited for.
    pub fn finished(&mut self, lane: Lane, worked: Duration) {
        match lane {
            Lane::Interactive => self.last_interactive = Some(Instant::now()),
            Lane::Bulk => self.bulk_not_before = Instant::now() + rest_after(worked),
        }
    }

    /// When the bulk lane may go on: its rest is over, or nobody is in the interactive lane any more.
    fn bulk_may_at(&self) -> Instant {
        let idle = self.last_interactive.map_or(self.bulk_not_before, |at| at + BUSY);
        idle.min(self.bulk_not_before)
    }

    /// Adds what queued meanwhile, as long as it is of the same nature.
    fn fill(&mut self, first: Job, lane: Lane) -> Batch {
        let nature = first.envelope.command.nature();
        let mut jobs = vec![first];
        let max = match lane {
            Lane::Interactive => self.limits.batch_max,
            Lane::Bulk => BULK_BATCH_IDLE.min(self.limits.batch_max),
        };
        while jobs.len() < max {
            let queue = match lane {
                Lane::Interactive => &mut self.interactive,
                Lane::Bulk => &mut self.bulk,
            };
            match queue.try_recv() {
                Ok(job) if job.envelope.command.nature() == nature => jobs.push(job),
                Ok(job) => {
                    self.held_back = Some(job);
                    break;
                }
                Err(_) => break,
            }
        }
        Batch { jobs, lane }
    }
}

/// How long the bulk lane rests under load.
fn rest_after(worked: Duration) -> Duration {
    worked.saturating_mul(BULK_REST).min(BULK_REST_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rest_is_nine_times_the_work_and_bounded() {
        let cases = [(0, 0), (5, 45), (111, 999), (112, 1_000), (13_000, 1_000)];
        for (worked, rests) in cases {
            let rest = rest_after(Duration::from_millis(worked));
            assert_eq!(rest, Duration::from_millis(rests), "{worked} ms");
        }
        assert_eq!(rest_after(Duration::MAX), BULK_REST_MAX);
    }
}

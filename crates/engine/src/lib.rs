//! Queues, batches, commits. Commands go in at one end; durable outcomes come out at the other.
//!
//! Whatever queued while the last batch ran is the next batch: a lone command is committed at once, a
//! crowd shares one commit. A full queue says so at once. See `batch.rs` for what happens to a batch.

mod alarm;
mod batch;
mod clock;
mod error;
mod glass;
mod heads;
mod health;
mod histogram;
mod ids;
mod intake;
mod solo;
mod stats;
mod tasks;
mod throttle;
mod vault;
mod watch;
mod worker;

pub use self::vault::{look_at_vault, open_vault, rotate_keys};
pub use clock::Clock;
pub use error::EngineError;
pub use heads::{accept_older, lacks};
pub use health::{Health, Verdict};
pub use histogram::{Histogram, Reading};
pub use ids::Ids;
pub use intake::Limits;
pub use solo::Solo;
pub use stats::Stats;
pub use tasks::{Ended, keep_running};
pub use throttle::Throttle;

use self::heads::Heads;
use self::vault::Secrets;
use ::vault::{KeySource, Vault};
use clock::Steps;
use domain::context::Origin;
use domain::idempotency::IdempotencyKey;
use domain::{Envelope, Listed, Outcome, Reply};
use intake::{Entrance, Job};
use kernel::{Id16, RequestId, Tenant, Timestamp};
use parking_lot::Mutex;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::seam::Dialect as Database;
use store::{Fault, Reader, Store};
use tokio::sync::{oneshot, watch as watch_channel};

/// An outcome that is on its way.
pub type Waiting = oneshot::Receiver<Result<Outcome, EngineError>>;

/// How an engine runs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Sizes of batches and queues.
    pub limits: Limits,
    /// Where time comes from.
    pub clock: Clock,
    /// The seed of drawn ids; none for one from the system.
    pub seed: Option<u64>,
    /// The folder in which is kept what was acknowledged last; none to keep nothing.
    pub state_dir: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { limits: Limits::default(), clock: Clock::System, seed: None, state_dir: None }
    }
}

/// A running engine. Cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<Shared>);

struct Shared {
    entrance: Entrance,
    store: Store,
    secrets: Secrets,
    clock: Clock,
    ids: Arc<Mutex<Ids>>,
    stats: Arc<Stats>,
    health: Arc<Health>,
    heads: Option<Heads>,
    steps_back: AtomicU64,
    durability: String,
    worker: Mutex<Option<oneshot::Receiver<()>>>,
    /// Counts commits that wrote something.
    commits: watch_channel::Sender<u64>,
}

impl Engine {
    /// Opens the vault over the store's data keys and starts the writer. When it returns, a first commit was tried:
    /// [`Engine::health`] tells what came of it.
    pub async fn start(
        store: Store,
        keys: impl Into<KeySource>,
        settings: Settings,
    ) -> Result<Self, EngineError> {
        let secrets = Secrets::open(&store, keys.into()).await?;
        let durability = store.durability().await?;
        let (stats, health) = (Arc::new(Stats::default()), Arc::new(Health::default()));
        let node = match store.engine() {
            // A file has one writing process.
            Database::Sqlite => [0; 16],
            Database::Postgres => Ids::new(None).draw(settings.clock.now()),
        };
        let ids = Arc::new(Mutex::new(Ids::new(settings.seed)));
        let (entrance, intake) = intake::open(settings.limits);
        let (first, tried) = oneshot::channel();
        let worker = worker::Worker {
            writer: None,
            refused: store::Error::Unavailable(Fault::Away, "no connection yet".to_owned()),
            intake,
            clock: settings.clock.clone(),
            steps: Steps::default(),
            ids: Arc::clone(&ids),
            stats: Arc::clone(&stats),
            health: Arc::clone(&health),
            silence_max: settings.limits.silence_max,
            pulse: settings.limits.pulse,
            node,
            pulsed: None,
            first: Some(first),
        };
        let shared = Arc::new(Shared {
            entrance,
            store,
            secrets,
            clock: settings.clock,
            ids,
            stats,
            health,
            heads: settings.state_dir.as_deref().and_then(open_heads),
            steps_back: AtomicU64::new(0),
            durability,
            worker: Mutex::new(None),
            commits: watch_channel::Sender::new(0),
        });
        *shared.worker.lock() = Some(worker.spawn(Arc::downgrade(&shared))?);
        let (watched, inspected) = (Arc::downgrade(&shared), Arc::downgrade(&shared));
        let health = || Arc::clone(&shared.health);
        keep_running(health(), "watch", move || watch::watch(watched.clone()));
        keep_running(health(), "inspection", move || watch::inspect(inspected.clone()));
        let _ = tried.await;
        Ok(Self(shared))
    }

    /// Runs a command of the interactive lane. A full queue answers [`EngineError::Overloaded`] at once.
    pub async fn submit(&self, envelope: Envelope) -> Result<Outcome, EngineError> {
        let outcome = self.offer(envelope).map_err(|(_, error)| error)?;
        // Only a writer that broke gives no answer.
        outcome.await.unwrap_or(Err(EngineError::OutcomeUnknown))
    }

    /// Puts a command into the interactive lane, or gives it back at once.
    pub fn offer(&self, envelope: Envelope) -> Result<Waiting, (Box<Envelope>, EngineError)> {
        let (answer, outcome) = oneshot::channel();
        self.0.entrance.interactive(Job { envelope, answer })?;
        Ok(outcome)
    }

    /// Runs a command of the bulk lane: waits for room, goes after the interactive lane.
    pub async fn submit_bulk(&self, envelope: Envelope) -> Result<Outcome, EngineError> {
        let (answer, outcome) = oneshot::channel();
        self.0.entrance.bulk(Job { envelope, answer }).await?;
        outcome.await.unwrap_or(Err(EngineError::OutcomeUnknown))
    }

    /// Runs a verb of the interactive lane that may be a repeat.
    pub async fn ask<V: Listed>(
        &self,
        origin: Origin,
        idempotency: Option<IdempotencyKey>,
        verb: V,
    ) -> Result<Reply<V::Answer>, EngineError> {
        reply::<V>(self.submit(Envelope { idempotency, ..Envelope::of(origin, verb) }).await?)
    }

    /// Runs a verb of the interactive lane.
    pub async fn run<V: Listed>(&self, origin: Origin, verb: V) -> Result<V::Answer, EngineError> {
        fresh::<V>(self.submit(Envelope::of(origin, verb)).await?)
    }

    /// Runs a verb of the bulk lane.
    pub async fn run_bulk<V: Listed>(
        &self,
        origin: Origin,
        verb: V,
    ) -> Result<V::Answer, EngineError> {
        fresh::<V>(self.submit_bulk(Envelope::of(origin, verb)).await?)
    }

    /// The origin of what a timer or a job gives, in a tenant's book.
    pub fn internal(&self, tenant: Tenant) -> Origin {
        Origin { tenant, request: RequestId(self.draw()), actor: None, address: None }
    }

    /// The reading side of the store.
    pub fn reader(&self) -> &Reader {
        self.0.store.reader()
    }

    /// The secrets of this instance as they are now: for sealing, and for look-up tags.
    pub fn vault(&self) -> Arc<Vault> {
        self.0.secrets.vault()
    }

    /// The secrets that open these values, also when another node sealed them under a key of just now.
    pub async fn vault_for<'a>(&self, sealed: impl IntoIterator<Item = &'a [u8]>) -> Arc<Vault> {
        self.0.secrets.vault_for(self.reader(), sealed).await
    }

    /// Reads the data keys again, so that keys which another process made come into force here.
    pub async fn refresh_keys(&self) -> Result<(), EngineError> {
        self.0.secrets.refresh(self.reader()).await
    }

    /// Data keys under which values lie and that this process does not have, as far as batches met them; empty once
    /// they came. With one missing the process should get no more work.
    pub fn missing_keys(&self) -> Vec<u32> {
        self.0.secrets.missing()
    }

    /// The engine's time.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// A fresh time-ordered id.
    pub fn draw(&self) -> Id16 {
        self.0.ids.lock().draw(self.0.clock.now())
    }

    /// How many batches and commands were committed.
    pub fn stats(&self) -> &Stats {
        &self.0.stats
    }

    /// Tells when this process committed something. What others commit it does not tell.
    pub fn commits(&self) -> watch_channel::Receiver<u64> {
        self.0.commits.subscribe()
    }

    /// Whether commits and reads work.
    pub fn health(&self) -> &Arc<Health> {
        &self.0.health
    }

    /// How often the clock was seen to be set back since the start.
    pub fn steps_back(&self) -> u64 {
        self.0.steps_back.load(Ordering::Relaxed)
    }

    /// Commands that wait in the interactive lane; none once the engine is going down.
    pub fn waiting(&self) -> usize {
        self.0.entrance.waiting()
    }

    /// Which database it writes to.
    pub fn database(&self) -> Database {
        self.0.store.engine()
    }

    /// The durability settings in force, as the database told them at the start.
    pub fn durability(&self) -> &str {
        &self.0.durability
    }

    /// Takes nothing more, finishes what was accepted, and returns when that is durable.
    pub async fn shutdown(&self) {
        self.0.entrance.close();
        let worker = self.0.worker.lock().take();
        if let Some(worker) = worker {
            let _ = worker.await;
        }
    }
}

/// What a verb is answered with.
fn reply<V: Listed>(outcome: Outcome) -> Result<Reply<V::Answer>, EngineError> {
    let reply = outcome.of::<V>();
    reply.ok_or_else(|| EngineError::Internal(format!("{} came to something else", V::NAME)))
}

/// The answer to a verb that was sent without an idempotency key.
pub(crate) fn fresh<V: Listed>(outcome: Outcome) -> Result<V::Answer, EngineError> {
    match reply::<V>(outcome)? {
        Reply::New(answer) => Ok(answer),
        Reply::Replayed(_) => {
            Err(EngineError::Internal(format!("{} was taken for a repeat", V::NAME)))
        }
    }
}

/// Without the folder the engine works all the same, and says what it cannot see.
fn open_heads(folder: &Path) -> Option<Heads> {
    let opened = Heads::open(folder);
    if let Err(error) = &opened {
        let folder = folder.display();
        tracing::warn!(
            %folder, %error,
            "what was acknowledged is not kept; an older copy of the database would go unseen"
        );
    }
    opened.ok()
}

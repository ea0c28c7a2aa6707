//! Doors to the channels, accounts that were made ready, and how many may ask at once.

use connect::pay::{Account, BadGateway, Door, Gateways, Http};
use engine::Engine;
use kernel::{Id16, Mode, Tenant};
use lru::LruCache;
use parking_lot::Mutex;
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Accounts that are kept ready; the longest unused is made anew.
const READY_MAX: NonZeroUsize = NonZeroUsize::new(1_000).expect("it is more than none");
/// Questions that an account has open at once. More are refused, so that a channel that hangs holds up nobody else.
const OPEN_MAX: usize = 32;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(8);

/// The doors, and accounts that were made ready. Cheap to clone; without doors no channel is asked.
#[derive(Clone, Default)]
pub struct Channels(Option<Arc<Parts>>);

struct Parts {
    live: Door,
    test: Option<Door>,
    ready: Mutex<LruCache<(Tenant, Id16), Ready>>,
}

/// An account that was made ready of a version of its resource.
#[derive(Clone)]
pub(super) struct Ready {
    pub version: i64,
    pub account: Account,
    open: Arc<Semaphore>,
}

/// There is no channel to ask here.
#[derive(Debug, thiserror::Error)]
pub enum NoDoor {
    /// The operator set no sandbox, so accounts of test mode ask nobody.
    #[error("no sandbox is set for accounts of test mode")]
    Unset,
    /// An address that cannot be right.
    #[error(transparent)]
    Address(#[from] BadGateway),
    /// The system's certificates cannot be read.
    #[error("the client could not be made: {0}")]
    Client(#[from] std::io::Error),
}

impl fmt::Debug for Channels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sandbox = self.0.as_ref().map(|parts| parts.test.is_some());
        f.debug_struct("Channels").field("sandbox", &sandbox).finish()
    }
}

impl Channels {
    /// Doors to the channels for live accounts, and to a sandbox's origin for those of test mode.
    pub fn open(engine: &Engine, live: Gateways, sandbox: Option<&str>) -> Result<Self, NoDoor> {
        let http = Http::new(PATIENCE)?;
        let door = |gateways| {
            let engine = engine.clone();
            Door::new(http.clone(), gateways, move || engine.draw())
        };
        let test = sandbox.map(|origin| door(Gateways::sandbox(origin))).transpose()?;
        let ready = Mutex::new(LruCache::new(READY_MAX));
        Ok(Self(Some(Arc::new(Parts { live: door(live)?, test, ready }))))
    }

    /// The door that accounts of a book ask.
    pub fn door(&self, tenant: Tenant) -> Result<&Door, NoDoor> {
        let parts = self.0.as_deref().ok_or(NoDoor::Unset)?;
        match tenant.mode() {
            Mode::Live => Ok(&parts.live),
            Mode::Test => parts.test.as_ref().ok_or(NoDoor::Unset),
        }
    }

    pub(super) fn ready(&self, tenant: Tenant, id: Id16) -> Option<Ready> {
        self.0.as_deref()?.ready.lock().get(&(tenant, id)).cloned()
    }

    pub(super) fn keep(
        &self,
        tenant: Tenant,
        id: Id16,
        version: i64,
        account: Account,
    ) -> Option<Ready> {
        let mut ready = self.0.as_deref()?.ready.lock();
        let before = ready.get(&(tenant, id)).map(|ready| Arc::clone(&ready.open));
        let open = before.unwrap_or_else(|| Arc::new(Semaphore::new(OPEN_MAX)));
        let made = Ready { version, account, open };
        ready.put((tenant, id), made.clone());
        Some(made)
    }
}

impl Ready {
    /// A place among the open questions; none where the channel hangs and all are taken.
    pub fn enter(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.open).try_acquire_owned().ok()
    }
}

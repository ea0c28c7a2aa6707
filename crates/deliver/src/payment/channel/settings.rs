//! Doors to the channels, accounts that were made ready, and how many may ask at once.

use connect::pay::{Account, BadGateway, Door, Gateways, Http};
use domain::payment::account::{Channel, PaymentAccountId};
use engine::Engine;
use kernel::{Id16, Mode, Tenant, Timestamp};
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
/// How long an account is offered last after its channel failed, in microseconds.
const FAILS_US: i64 = 60_000_000;
/// Refused notices of an account that are told of in a minute; the others are counted.
const TOLD_A_MINUTE: u32 = 10;
const MINUTE_US: i64 = 60_000_000;
const HOUR_US: i64 = 60 * MINUTE_US;

/// The doors, and accounts that were made ready. Cheap to clone; without doors no channel is asked.
#[derive(Clone, Default)]
pub struct Channels(Option<Arc<Parts>>);

struct Parts {
    base_url: String,
    sandbox: Option<String>,
    live: Door,
    test: Option<Door>,
    ready: Mutex<LruCache<(Tenant, Id16), Ready>>,
    failed_at: Mutex<LruCache<(Tenant, Id16), Timestamp>>,
    refused: Mutex<LruCache<(Tenant, Id16), Refusals>>,
    /// When it was told last that an account cannot be read.
    unreadable: Mutex<LruCache<(Tenant, Id16), Timestamp>>,
}

/// Refused notices of an account.
#[derive(Clone, Copy)]
struct Refusals {
    since: Timestamp,
    told: u32,
    hushed: u32,
}

/// An account that was made ready of a version of its resource.
#[derive(Clone)]
pub(super) struct Ready {
    version: i64,
    pub channel: Channel,
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
    /// Notices come to addresses below `base_url`.
    pub fn open(
        engine: &Engine,
        base_url: &str,
        live: Gateways,
        sandbox: Option<&str>,
    ) -> Result<Self, NoDoor> {
        let http = Http::new(PATIENCE)?;
        let door = |gateways| {
            let engine = engine.clone();
            Door::new(http.clone(), gateways, move || engine.draw())
        };
        let test = sandbox.map(|origin| door(Gateways::sandbox(origin))).transpose()?;
        Ok(Self(Some(Arc::new(Parts {
            base_url: base_url.trim_end_matches('/').to_owned(),
            sandbox: sandbox.map(|origin| origin.trim_end_matches('/').to_owned()),
            live: door(live)?,
            test,
            ready: Mutex::new(LruCache::new(READY_MAX)),
            failed_at: Mutex::new(LruCache::new(READY_MAX)),
            refused: Mutex::new(LruCache::new(READY_MAX)),
            unreadable: Mutex::new(LruCache::new(READY_MAX)),
        }))))
    }

    /// The origin of the sandbox that accounts of test mode ask.
    pub fn sandbox(&self) -> Option<&str> {
        self.0.as_ref()?.sandbox.as_deref()
    }

    /// Where a channel tells of an account's payments.
    pub fn notice_url(&self, channel: Channel, account: PaymentAccountId) -> String {
        let base = self.0.as_ref().map_or("", |parts| &parts.base_url);
        format!("{base}/notify/{}/{account}", channel.word())
    }

    /// Remembers whether an account's channel answered.
    pub(super) fn answered(&self, tenant: Tenant, id: Id16, well: bool, now: Timestamp) {
        let Some(parts) = &self.0 else { return };
        let mut failed_at = parts.failed_at.lock();
        if well {
            failed_at.pop(&(tenant, id));
        } else {
            failed_at.put((tenant, id), now);
        }
    }

    /// Whether an account's channel failed just now.
    pub(super) fn fails(&self, tenant: Tenant, id: Id16, now: Timestamp) -> bool {
        let failed_at =
            self.0.as_ref().and_then(|parts| parts.failed_at.lock().peek(&(tenant, id)).copied());
        failed_at.is_some_and(|at| now < at.plus_micros(FAILS_US))
    }

    /// Counts a refused notice; gives how many are to be told of now, and none when enough was told this minute.
    pub(super) fn refused(&self, tenant: Tenant, id: Id16, now: Timestamp) -> Option<u32> {
        let mut refused = self.0.as_ref()?.refused.lock();
        let fresh = Refusals { since: now, told: 0, hushed: 0 };
        let of = refused.get_or_insert_mut((tenant, id), || fresh);
        if now >= of.since.plus_micros(MINUTE_US) {
            *of = Refusals { hushed: of.hushed, ..fresh };
        }
        if of.told >= TOLD_A_MINUTE {
            of.hushed = of.hushed.saturating_add(1);
            return None;
        }
        of.told += 1;
        Some(std::mem::take(&mut of.hushed).saturating_add(1))
    }

    /// Whether it is told now that an account cannot be read: once an hour.
    pub(super) fn unreadable(&self, tenant: Tenant, id: Id16, now: Timestamp) -> bool {
        let Some(parts) = &self.0 else { return false };
        let mut told = parts.unreadable.lock();
        let due = told.get(&(tenant, id)).is_none_or(|at| now >= at.plus_micros(HOUR_US));
        if due {
            told.put((tenant, id), now);
        }
        due
    }

    /// The door that accounts of a book ask.
    pub fn door(&self, tenant: Tenant) -> Result<&Door, NoDoor> {
        let parts = self.0.as_deref().ok_or(NoDoor::Unset)?;
        match tenant.mode() {
            Mode::Live => Ok(&parts.live),
            Mode::Test => parts.test.as_ref().ok_or(NoDoor::Unset),
        }
    }

    /// An account that was made ready of this version of its resource.
    pub(super) fn ready(&self, tenant: Tenant, id: Id16, version: i64) -> Option<Ready> {
        let mut ready = self.0.as_deref()?.ready.lock();
        ready.get(&(tenant, id)).filter(|it| it.version == version).cloned()
    }

    pub(super) fn keep(
        &self,
        tenant: Tenant,
        id: Id16,
        (version, channel): (i64, Channel),
        account: Account,
    ) -> Option<Ready> {
        let mut ready = self.0.as_deref()?.ready.lock();
        let before = ready.get(&(tenant, id)).map(|ready| Arc::clone(&ready.open));
        let open = before.unwrap_or_else(|| Arc::new(Semaphore::new(OPEN_MAX)));
        let made = Ready { version, channel, account, open };
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

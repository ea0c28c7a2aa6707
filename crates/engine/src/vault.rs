//! The secrets of a running instance, which change under it when keys are rotated.
//!
//! Data keys are read again now and then, and at once when a value lies under a key that is not known
//! yet. Whoever holds the vault of before goes on with it: what it seals is still opened.

use crate::{EngineError, Ids};
use domain::anchor::MacKey;
use domain::context::Origin;
use domain::fact::Record;
use domain::identity::operator;
use domain::seal::fact::KeysRotated;
use kernel::{RequestId, Timestamp};
use parking_lot::{Mutex, RwLock};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Reader, Store, StoredKey};
use vault::{KeyRing, KeySource, Purpose, Vault, VaultError, WrappedKey};

/// The vault that is in force, and where to learn of another.
pub(crate) struct Secrets {
    source: KeySource,
    current: RwLock<Current>,
    missed: Mutex<BTreeSet<u32>>,
}

struct Current {
    vault: Arc<Vault>,
    keys: Vec<WrappedKey>,
}

impl Secrets {
    /// Opens the vault over the store's data keys; draws them when there are none yet.
    pub async fn open(store: &Store, source: KeySource) -> Result<Self, EngineError> {
        let ring = source.read().map_err(setup)?;
        let keys = stored_keys(store, &ring).await?;
        let vault = Arc::new(Vault::open_with(&ring, &keys).map_err(setup)?);
        let current = RwLock::new(Current { vault, keys });
        Ok(Self { source, current, missed: Mutex::default() })
    }

    /// The vault in force.
    pub fn vault(&self) -> Arc<Vault> {
        Arc::clone(&self.current.read().vault)
    }

    /// Reads the data keys again, and the master keys if any data key changed. A failure leaves the
    /// vault of before in force.
    pub async fn refresh(&self, reader: &Reader) -> Result<(), EngineError> {
        let keys = wrapped_keys(reader.data_keys().await?)?;
        if keys == self.current.read().keys {
            return Ok(());
        }
        let ring = self.source.read().map_err(setup)?;
        let fresh = Vault::open_with(&ring, &keys).map_err(setup)?;
        let mut current = self.current.write();
        let vault = Arc::new(fresh.remembering(&current.vault));
        *current = Current { vault, keys };
        Ok(())
    }

    /// The vault that opens these values: the one in force, or a fresh one when it lacks a key.
    pub async fn vault_for<'a>(
        &self,
        reader: &Reader,
        sealed: impl IntoIterator<Item = &'a [u8]>,
    ) -> Arc<Vault> {
        let vault = self.vault();
        if sealed.into_iter().all(|value| vault.knows_key_of(value)) {
            return vault;
        }
        self.learn(reader).await;
        self.vault()
    }

    /// Reads the data keys again as far as that goes.
    pub async fn learn(&self, reader: &Reader) {
        if let Err(error) = self.refresh(reader).await {
            tracing::error!(error = %error, "the data keys were not read again");
        }
    }

    /// Remembers keys that values lie under and that were not there.
    pub fn missed(&self, keys: BTreeSet<u32>) {
        let mut missed = self.missed.lock();
        for key in keys {
            if missed.insert(key) {
                tracing::error!(key.id = key, "codes lie under a data key that this process lacks");
            }
        }
    }

    /// The keys that were missed and have not come since.
    pub fn missing(&self) -> Vec<u32> {
        let known = self.vault().seal_keys();
        let mut missed = self.missed.lock();
        missed.retain(|key| !known.contains(key));
        missed.iter().copied().collect()
    }
}

/// The secrets of an instance, for programs without a running engine.
pub async fn open_vault(store: &Store, ring: &KeyRing) -> Result<Vault, EngineError> {
    Vault::open_with(ring, &stored_keys(store, ring).await?).map_err(setup)
}

/// The secrets of an instance that somebody only looks at: keys that are not there are not made.
pub async fn look_at_vault(reader: &Reader, ring: &KeyRing) -> Result<Vault, EngineError> {
    Vault::open_with(ring, &wrapped_keys(reader.data_keys().await?)?).map_err(setup)
}

/// Brings the data keys under the first master key of a ring, beside servers that run; `reseal` adds a
/// new key, under which they seal from then on and seal everything again. The journal keeps who did it.
pub async fn rotate_keys(
    settings: &store::Settings,
    ring: &KeyRing,
    reseal: bool,
    by: &str,
) -> Result<(), EngineError> {
    let reader = Store::open_reader(settings).await?;
    let vault = look_at_vault(&reader, ring).await?;
    let key = MacKey { id: vault.journal_key(), mac: &|message| vault.journal_mac(message) };
    let change = |stored| {
        let keys = wrapped_keys(stored)?;
        let mut turned = ring.rewrap(&keys).map_err(setup)?;
        let added = if reseal { Some(ring.next_seal_key(&keys).map_err(setup)?) } else { None };
        let fact = KeysRotated {
            by: by.to_owned(),
            wrapped: turned.iter().map(|key| key.id).collect(),
            added: added.as_ref().map(|key| key.id),
        };
        turned.extend(added);
        let rows = turned.into_iter().map(|key| (key.id, key.purpose.number(), key.wrapped));
        Ok((rows.collect(), by_the_operator(fact)))
    };
    store::change_data_keys(settings, change, key).await
}

/// A fact of the operator's book that no command of an engine records.
fn by_the_operator(fact: KeysRotated) -> Record {
    let (tenant, at) = (operator(), Timestamp::now());
    let request = RequestId(Ids::new(None).draw(at));
    let origin = Origin { tenant, request, actor: None, address: None };
    Record { origin, at, subject: tenant.merchant().0, fact: fact.into() }
}

async fn stored_keys(store: &Store, ring: &KeyRing) -> Result<Vec<WrappedKey>, EngineError> {
    let (_, fresh) = Vault::create(ring.first()).map_err(setup)?;
    let fresh = fresh.into_iter().map(|k| (k.id, k.purpose.number(), k.wrapped)).collect();
    wrapped_keys(store.data_keys(|| fresh).await?)
}

fn wrapped_keys(keys: Vec<StoredKey>) -> Result<Vec<WrappedKey>, EngineError> {
    let key = |(id, purpose, wrapped)| {
        let purpose = Purpose::from_number(purpose).map_err(setup)?;
        Ok(WrappedKey { id, purpose, wrapped })
    };
    keys.into_iter().map(key).collect()
}

fn setup(error: VaultError) -> EngineError {
    EngineError::Setup(kernel::chain(&error))
}

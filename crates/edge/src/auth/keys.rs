//! The keys that are in use, kept in memory by the hash of their secret.
//!
//! A known key is read again every two seconds, by one caller while the others go on with what is
//! known; so a key that another process revoked is refused four seconds later at most. A key that
//! this process revoked is refused from the answer on.

use crate::limit::{Allowance, Bucket};
use domain::identity::ApiKey;
use domain::identity::terms::MerchantTerms;
use domain::resource::{registry, typed};
use kernel::{MerchantId, Mode, Tenant};
use parking_lot::RwLock;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use store::Reader;

/// Cache TTL before revalidation.
const FRESH: Duration = Duration::from_secs(2);
/// Cache TTL after which an entry is not used at all, also while the database is away.
const STALE: Duration = Duration::from_secs(4);
/// When so many keys are in use, all are read again.
const KNOWN_MAX: usize = 10_000;

type Hash = [u8; 32];

/// The keys in use.
#[derive(Default)]
pub struct Keys {
    table: RwLock<Table>,
}

#[derive(Default)]
struct Table {
    known: HashMap<Hash, Known>,
    /// The buckets that the keys of a merchant share, of merchants that have a limit.
    shared: HashMap<MerchantId, Arc<Bucket>>,
    /// Counts revocations, so that a read that was under way meanwhile is not kept.
    revocations: u64,
}

/// A key with what it may still ask.
#[derive(Clone)]
pub struct InUse {
    /// The key.
    pub key: Arc<ApiKey>,
    /// Its bucket; none for a key without a limit. It lives as long as the key is known here.
    bucket: Option<Arc<Bucket>>,
    /// The bucket that it shares with the other keys of its merchant; none for a merchant without a limit.
    shared: Option<Arc<Bucket>>,
}

impl InUse {
    fn of(key: ApiKey) -> Self {
        let bucket = key.requests_per_minute.and_then(Bucket::new).map(Arc::new);
        Self { key: Arc::new(key), bucket, shared: None }
    }

    /// Takes a request out of each bucket that it comes from; gives what is left in the emptier one, none without a limit.
    pub fn take(&self) -> Option<Allowance> {
        let taken = [&self.bucket, &self.shared].into_iter().flatten().map(|bucket| bucket.take());
        taken.min_by_key(Allowance::left)
    }
}

struct Known {
    key: InUse,
    read_at: Instant,
    being_read: AtomicBool,
}

impl Keys {
    /// The key of a secret, unless there is none or it was revoked.
    pub async fn find(&self, reader: &Reader, secret: &str) -> Result<Option<InUse>, store::Error> {
        let hash = vault::key_hash(secret);
        let now = Instant::now();
        if let Some(key) = self.known(&hash, now) {
            return Ok(Some(key));
        }
        let revocations = self.table.read().revocations;
        let found = reader.api_key_by_hash(&hash).await?;
        let mut found = found.filter(|key| key.revoked_at.is_none()).map(InUse::of);
        if let Some(found) = &mut found {
            found.shared = self.shared(reader, found.key.tenant.merchant()).await?;
        }
        Ok(self.keep(hash, found, now, revocations))
    }

    /// Forgets a key that was revoked.
    pub fn forget(&self, hash: &Hash) {
        let mut table = self.table.write();
        table.known.remove(hash);
        table.revocations += 1;
    }

    /// Forgets all keys: what they may do is read again.
    pub fn forget_all(&self) {
        let mut table = self.table.write();
        table.known.clear();
        table.revocations += 1;
    }

    /// The bucket of a merchant's keys, as his terms say now; the one that is in use where they say what they said.
    async fn shared(
        &self,
        reader: &Reader,
        merchant: MerchantId,
    ) -> Result<Option<Arc<Bucket>>, store::Error> {
        let kind = registry::of::<MerchantTerms>();
        let row = reader.the_one(Tenant::new(merchant, Mode::Live), kind).await?;
        let limit = typed::<MerchantTerms>(&row).and_then(|terms| terms.requests_per_minute);
        let mut table = self.table.write();
        let used = table.shared.get(&merchant);
        if used.map(|bucket| bucket.per_minute()) == limit {
            return Ok(used.cloned());
        }
        let fresh = limit.and_then(Bucket::new).map(Arc::new);
        match &fresh {
            Some(bucket) => table.shared.insert(merchant, Arc::clone(bucket)),
            None => table.shared.remove(&merchant),
        };
        Ok(fresh)
    }

    fn known(&self, hash: &Hash, now: Instant) -> Option<InUse> {
        let table = self.table.read();
        let known = table.known.get(hash)?;
        let age = now.saturating_duration_since(known.read_at);
        let somebody_reads = || known.being_read.swap(true, Ordering::Relaxed);
        (age < FRESH || (age < STALE && somebody_reads())).then(|| known.key.clone())
    }

    /// Remembers what was read; gives it with the bucket that is in use, so that reading a key again
    /// does not fill it.
    fn keep(
        &self,
        hash: Hash,
        mut found: Option<InUse>,
        read_at: Instant,
        revocations: u64,
    ) -> Option<InUse> {
        let mut table = self.table.write();
        if let (Some(found), Some(known)) = (&mut found, table.known.get(&hash)) {
            found.bucket.clone_from(&known.key.bucket);
        }
        match &found {
            Some(key) if table.revocations == revocations => {
                let key = key.clone();
                if table.known.len() >= KNOWN_MAX {
                    table.known.clear();
                }
                let being_read = AtomicBool::new(false);
                table.known.insert(hash, Known { key, read_at, being_read });
            }
            _ => {
                table.known.remove(&hash);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::operator;
    use kernel::{ApiKeyId, Timestamp};

    const HASH: Hash = [3; 32];

    fn key() -> Option<InUse> {
        Some(InUse::of(ApiKey {
            id: ApiKeyId([1; 16]),
            tenant: operator(),
            hash: HASH,
            name: "a key".into(),
            scopes: Vec::new(),
            requests_per_minute: Some(60),
            created_at: Timestamp(0),
            revoked_at: None,
            expires_at: None,
        }))
    }

    #[test]
    fn one_caller_reads_again_while_the_others_go_on() {
        let (keys, start) = (Keys::default(), Instant::now());
        keys.keep(HASH, key(), start, 0);
        assert!(keys.known(&HASH, start + FRESH / 2).is_some());
        assert!(keys.known(&HASH, start + FRESH).is_none(), "the first reads");
        assert!(keys.known(&HASH, start + FRESH).is_some(), "the second goes on");
        assert!(keys.known(&HASH, start + STALE).is_none(), "nobody goes on for ever");
    }

    #[test]
    fn a_revoked_key_is_forgotten_also_by_a_read_that_was_under_way() {
        let (keys, start) = (Keys::default(), Instant::now());
        keys.keep(HASH, key(), start, 0);
        keys.forget(&HASH);
        assert!(keys.known(&HASH, start).is_none());
        keys.keep(HASH, key(), start, 0);
        assert!(keys.known(&HASH, start).is_none(), "the read began before the revocation");
        keys.keep(HASH, key(), start, 1);
        assert!(keys.known(&HASH, start).is_some());
    }

    #[test]
    fn reading_a_key_again_does_not_fill_its_bucket() {
        let (keys, start) = (Keys::default(), Instant::now());
        let first = keys.keep(HASH, key(), start, 0).and_then(|key| key.bucket);
        let again = keys.keep(HASH, key(), start, 0).and_then(|key| key.bucket);
        assert!(first.zip(again).is_some_and(|(first, again)| Arc::ptr_eq(&first, &again)));
    }

    #[test]
    fn a_key_that_is_gone_is_forgotten() {
        let (keys, start) = (Keys::default(), Instant::now());
        keys.keep(HASH, key(), start, 0);
        keys.keep(HASH, None, start, 0);
        assert!(keys.known(&HASH, start).is_none());
    }
}

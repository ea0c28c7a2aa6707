//! The keys that WeChat Pay signs with: several at a time, each found by what the signature calls it.

use crate::pay::notice::Refused;
use crate::pay::wire::cert::Certificate;
use crate::pay::wire::key::PublicKey;
use kernel::Timestamp;
use parking_lot::RwLock;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Between two fetches of certificates because of a serial number that is not known.
const REFRESH_US_MIN: i64 = 60_000_000;

/// How WeChat Pay's signatures are verified.
#[derive(Debug, Clone)]
pub enum Verify {
    /// By public keys, by id.
    PublicKeys(Arc<BTreeMap<String, PublicKey>>),
    /// By fetched certificates.
    Certificates(Arc<Keyring>),
}

impl Verify {
    /// The key that a signature names.
    pub fn find(&self, serial: &str, now: Timestamp) -> Result<PublicKey, Refused> {
        match self {
            Self::PublicKeys(keys) => {
                keys.get(serial).cloned().ok_or_else(|| Refused::UnknownKey(named(serial)))
            }
            Self::Certificates(keyring) => keyring.find(serial, now),
        }
    }
}

/// WeChat Pay's certificates, by serial number.
#[derive(Debug, Default)]
pub struct Keyring(RwLock<Held>);

#[derive(Debug, Default)]
struct Held {
    certificates: BTreeMap<String, PlatformKey>,
    asked_at: Option<Timestamp>,
}

/// The key of a certificate, with the time that it holds for.
#[derive(Debug, Clone)]
pub struct PlatformKey {
    key: PublicKey,
    from: Timestamp,
    until: Timestamp,
}

impl PlatformKey {
    /// The key of a certificate.
    pub fn of(certificate: &Certificate) -> Result<Self, &'static str> {
        let (from, until) = certificate.validity();
        Ok(Self { key: certificate.public_key()?, from, until })
    }

    /// The key, if the certificate holds now.
    pub fn at(&self, now: Timestamp) -> Result<PublicKey, Refused> {
        let holds = self.from <= now && now <= self.until;
        holds.then(|| self.key.clone()).ok_or(Refused::KeyNotValid)
    }
}

impl Keyring {
    fn find(&self, serial: &str, now: Timestamp) -> Result<PublicKey, Refused> {
        let held = self.0.read();
        let found = held.certificates.get(serial);
        found.ok_or_else(|| Refused::UnknownKey(named(serial)))?.at(now)
    }

    /// Takes the certificates that WeChat Pay lists now; those that it lists no more are given up.
    pub fn replace(&self, certificates: BTreeMap<String, PlatformKey>) {
        self.0.write().certificates = certificates;
    }

    /// The serial numbers of what is held.
    pub fn serials(&self) -> Vec<String> {
        self.0.read().certificates.keys().cloned().collect()
    }

    /// Whether it may be fetched now because of an unknown serial number; so a stranger's notices cause no storm.
    pub fn may_ask(&self, now: Timestamp) -> bool {
        let mut held = self.0.write();
        let soon = held.asked_at.is_some_and(|at| now.0.abs_diff(at.0) < REFRESH_US_MIN as u64);
        if !soon {
            held.asked_at = Some(now);
        }
        !soon
    }
}

/// A serial number as it is repeated in an error.
fn named(serial: &str) -> String {
    serial.chars().take(64).collect()
}

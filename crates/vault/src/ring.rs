//! Master keys beside each other, so that one can take the place of another while servers run.
//!
//! The text of a ring is one key a line. The first is in force: it wraps. The others only open what
//! they wrapped before.

use crate::wrapped::{ClearKey, unwrap_key, wrap_again};
use crate::{MasterKey, Purpose, VaultError, WrappedKey, key_file, wrapped};
use std::path::PathBuf;

/// Keys of one ring at most.
const KEYS_MAX: usize = 8;

/// One master key or more; the first is in force.
#[derive(Debug, Clone)]
pub struct KeyRing(Vec<MasterKey>);

impl From<MasterKey> for KeyRing {
    fn from(key: MasterKey) -> Self {
        Self(vec![key])
    }
}

impl KeyRing {
    /// Reads one key a line, the one in force first.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        let keys: Vec<_> =
            text.split_whitespace().map(MasterKey::parse).collect::<Result<_, _>>()?;
        if keys.is_empty() || keys.len() > KEYS_MAX {
            return Err(VaultError::MasterKeyText);
        }
        Ok(Self(keys))
    }

    /// The key that wraps.
    pub fn first(&self) -> &MasterKey {
        &self.0[0]
    }

    /// The same data keys, all under the first master key.
    pub fn rewrap(&self, keys: &[WrappedKey]) -> Result<Vec<WrappedKey>, VaultError> {
        keys.iter().map(|key| Ok(wrap_again(self.first(), key, &self.open(key)?))).collect()
    }

    /// A fresh key for sealing, newer than all of these.
    pub fn next_seal_key(&self, keys: &[WrappedKey]) -> Result<WrappedKey, VaultError> {
        let id = keys.iter().map(|key| key.id).max().unwrap_or(0) + 1;
        u32::try_from(id).map_err(|_| VaultError::KeyId(id))?;
        Ok(wrapped::fresh(self.first(), id, Purpose::Seal).1)
    }

    pub(crate) fn open(&self, key: &WrappedKey) -> Result<ClearKey, VaultError> {
        let mut opened = Err(VaultError::WrongMasterKey);
        for master in &self.0 {
            opened = unwrap_key(master, key);
            if !matches!(opened, Err(VaultError::WrongMasterKey)) {
                break;
            }
        }
        opened
    }
}

/// Where master keys come from. A file is read again whenever data keys are, so a server learns a
/// new master key without a restart.
#[derive(Debug, Clone)]
pub enum KeySource {
    /// A file with a key a line.
    File(PathBuf),
    /// Keys that were given at the start.
    Given(KeyRing),
}

impl From<MasterKey> for KeySource {
    fn from(key: MasterKey) -> Self {
        Self::Given(key.into())
    }
}

impl KeySource {
    /// The keys as they are now.
    pub fn read(&self) -> Result<KeyRing, VaultError> {
        match self {
            Self::File(path) => key_file::read_ring(path),
            Self::Given(ring) => Ok(ring.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Place, Vault};
    use kernel::Tenant;

    const PLACE: Place<'static> = Place {
        tenant: Tenant::from_bytes([9; 16]),
        table: "codes",
        row: b"row",
        column: "sealed",
    };

    fn text(keys: &[&MasterKey]) -> String {
        keys.iter().map(|key| format!("{}\n", key.to_text().as_str())).collect()
    }

    #[test]
    fn a_ring_is_a_key_a_line() {
        let keys = [MasterKey::generate(), MasterKey::generate()];
        let ring = KeyRing::parse(&text(&[&keys[0], &keys[1]])).expect("two keys");
        assert_eq!(ring.first().bytes(), keys[0].bytes());
        let many = text(&[&keys[0]; KEYS_MAX + 1]);
        for bad in ["", " \n", "x", &many, &format!("{}x", text(&[&keys[0]]))] {
            assert!(matches!(KeyRing::parse(bad), Err(VaultError::MasterKeyText)), "{bad:?}");
        }
    }

    #[test]
    fn after_a_rotation_the_old_key_opens_nothing() {
        let (old, new) = (MasterKey::generate(), MasterKey::generate());
        let (before, keys) = Vault::create(&old).expect("fresh keys");
        let sealed = before.seal(&PLACE, b"secret");
        let ring = KeyRing::parse(&text(&[&new, &old])).expect("two keys");
        let rewrapped = ring.rewrap(&keys).expect("opened by the old, wrapped by the new");
        for key in &rewrapped {
            assert!(matches!(unwrap_key(&old, key), Err(VaultError::WrongMasterKey)));
        }
        let after = Vault::open(&new, &rewrapped).expect("the new key alone");
        assert_eq!(after.unseal(&PLACE, &sealed).expect("the same data key").as_slice(), b"secret");
        let tenant = PLACE.tenant;
        assert_eq!(after.code_tag(tenant, "A"), before.code_tag(tenant, "A"));
        assert_eq!(after.buyer_tag(tenant, "A"), before.buyer_tag(tenant, "A"));
    }

    #[test]
    fn a_ring_opens_what_each_of_its_keys_wrapped() {
        let (old, new) = (MasterKey::generate(), MasterKey::generate());
        let (_, mut keys) = Vault::create(&old).expect("fresh keys");
        let ring = KeyRing::parse(&text(&[&new, &old])).expect("two keys");
        keys.push(ring.next_seal_key(&keys).expect("a fresh key"));
        assert_eq!(keys.last().map(|key| key.id), Some(4));
        let vault = Vault::open_with(&ring, &keys).expect("both");
        assert_eq!(vault.seal_keys(), [1, 4]);
        assert_eq!(vault.seal(&PLACE, b"x")[1..5], [0, 0, 0, 4]);
        assert!(matches!(Vault::open(&old, &keys), Err(VaultError::WrongMasterKey)));
        assert!(matches!(Vault::open(&new, &keys), Err(VaultError::WrongMasterKey)));
    }
}

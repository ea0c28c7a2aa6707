//! Data keys as the database keeps them: sealed under the master key.
//!
//! Bytes: suite ‖ nonce (12) ‖ key (32) ‖ tag (16). Purpose and id are associated data, so rows of
//! the table of keys cannot be swapped.

use crate::{MasterKey, VaultError, random, sealed::SUITE_AES_256_GCM_SIV};
use aes_gcm_siv::{AeadInOut, Aes256GcmSiv, Key, KeyInit, Nonce, Tag};
use zeroize::Zeroizing;

const NONCE_END: usize = 13;
const KEY_END: usize = NONCE_END + 32;
const LENGTH: usize = KEY_END + 16;

/// What a data key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Sealing columns.
    Seal = 1,
    /// Finding a code again without knowing it.
    CodeTag = 2,
    /// Finding a buyer by his external id.
    BuyerTag = 3,
}

impl Purpose {
    /// The purpose stored under this number.
    pub fn from_number(number: i64) -> Result<Self, VaultError> {
        [Self::Seal, Self::CodeTag, Self::BuyerTag]
            .into_iter()
            .find(|purpose| purpose.number() == number)
            .ok_or(VaultError::Purpose(number))
    }

    /// What the store writes.
    pub fn number(self) -> i64 {
        self as i64
    }
}

/// A data key as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// Its number in this database, 1 or more; a newer key has a higher one.
    pub id: i64,
    /// What it is for.
    pub purpose: Purpose,
    /// The key, sealed under the master key.
    pub wrapped: Vec<u8>,
}

/// A data key in clear, wiped when dropped.
pub(crate) type ClearKey = Zeroizing<[u8; 32]>;

/// Makes a fresh data key and its wrapped form.
pub(crate) fn fresh(master: &MasterKey, id: i64, purpose: Purpose) -> (ClearKey, WrappedKey) {
    let mut key: ClearKey = Zeroizing::new([0; 32]);
    random::fill(&mut *key);
    let wrapped = wrap(master, id, purpose, &key, random::nonce());
    (key, WrappedKey { id, purpose, wrapped })
}

/// The wrapped form of a known key, under another master key.
pub(crate) fn wrap_again(master: &MasterKey, key: &WrappedKey, clear: &ClearKey) -> WrappedKey {
    let wrapped = wrap(master, key.id, key.purpose, clear, random::nonce());
    WrappedKey { wrapped, ..key.clone() }
}

fn wrap(master: &MasterKey, id: i64, purpose: Purpose, key: &ClearKey, nonce: [u8; 12]) -> Vec<u8> {
    let mut out = Vec::with_capacity(LENGTH);
    out.push(SUITE_AES_256_GCM_SIV);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&**key);
    let tag = cipher(master.bytes())
        .encrypt_inout_detached(
            &Nonce::from(nonce),
            &associated_data(id, purpose),
            (&mut out[NONCE_END..]).into(),
        )
        .expect("only values above 64 GiB are refused");
    out.extend_from_slice(&tag);
    out
}

/// Opens a wrapped key. A damaged row cannot be told from a wrong master key.
pub(crate) fn unwrap_key(master: &MasterKey, key: &WrappedKey) -> Result<ClearKey, VaultError> {
    if key.wrapped.len() != LENGTH || key.wrapped[0] != SUITE_AES_256_GCM_SIV {
        return Err(VaultError::NotSealed);
    }
    let part = |from: usize, to: usize| &key.wrapped[from..to];
    let nonce = Nonce::try_from(part(1, NONCE_END)).map_err(|_| VaultError::NotSealed)?;
    let tag = Tag::try_from(part(KEY_END, LENGTH)).map_err(|_| VaultError::NotSealed)?;
    let mut clear: ClearKey = Zeroizing::new([0; 32]);
    clear.copy_from_slice(part(NONCE_END, KEY_END));
    cipher(master.bytes())
        .decrypt_inout_detached(
            &nonce,
            &associated_data(key.id, key.purpose),
            (&mut clear[..]).into(),
            &tag,
        )
        .map_err(|_| VaultError::WrongMasterKey)?;
    Ok(clear)
}

/// The cipher of a key.
pub(crate) fn cipher(key: &[u8; 32]) -> Aes256GcmSiv {
    Aes256GcmSiv::new(<&Key<Aes256GcmSiv>>::from(key))
}

fn associated_data(id: i64, purpose: Purpose) -> Vec<u8> {
    let mut data = b"tessera data key".to_vec();
    data.extend_from_slice(&purpose.number().to_be_bytes());
    data.extend_from_slice(&id.to_be_bytes());
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_keep_their_numbers() {
        for (number, purpose) in [(1, Purpose::Seal), (2, Purpose::CodeTag), (3, Purpose::BuyerTag)]
        {
            assert_eq!(purpose.number(), number);
            assert_eq!(Purpose::from_number(number).ok(), Some(purpose));
        }
        for number in [-1, 0, 4, i64::MAX] {
            assert!(
                matches!(Purpose::from_number(number), Err(VaultError::Purpose(n)) if n == number)
            );
        }
    }

    #[test]
    fn a_key_opens_only_as_what_it_was_wrapped() {
        let master = MasterKey::generate();
        let (clear, good) = fresh(&master, 7, Purpose::Seal);
        assert_eq!(unwrap_key(&master, &good).expect("its own master"), clear);
        let flipped = |at: usize| {
            let mut key = good.clone();
            key.wrapped[at] ^= 1;
            key
        };
        let others = [
            WrappedKey { id: 8, ..good.clone() },
            WrappedKey { purpose: Purpose::CodeTag, ..good.clone() },
            flipped(1),
            flipped(NONCE_END),
            flipped(LENGTH - 1),
        ];
        for other in others {
            assert!(matches!(unwrap_key(&master, &other), Err(VaultError::WrongMasterKey)));
        }
        let short = WrappedKey { wrapped: good.wrapped[..LENGTH - 1].to_vec(), ..good.clone() };
        for shapeless in [flipped(0), short, WrappedKey { wrapped: vec![], ..good.clone() }] {
            assert!(matches!(unwrap_key(&master, &shapeless), Err(VaultError::NotSealed)));
        }
    }
}

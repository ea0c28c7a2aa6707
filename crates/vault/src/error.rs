//! What can go wrong with keys and sealed values. No variant carries a secret.

use crate::Purpose;
use std::{io, path::PathBuf};

/// Why a key or a sealed value could not be used.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The text of a master key has another shape.
    #[error(
        "a master key is 32 bytes in base64 (44 characters); \
         make one with `head -c 32 /dev/urandom | base64`"
    )]
    MasterKeyText,
    /// All bytes of the master key are the same.
    #[error(
        "all bytes of this master key are the same: anybody can guess it; \
         make another with `head -c 32 /dev/urandom | base64`"
    )]
    MasterKeyGuessable,
    /// The file of the master key could not be read or made.
    #[error("the master key file {path} cannot be {action}")]
    MasterKeyFile {
        /// The file as it was named.
        path: PathBuf,
        /// "read" or "made".
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The data keys do not open under this master key.
    #[error(
        "this master key does not open the keys of this database: \
         start with the master key that the database was made with (restore it from its backup); \
         a new one cannot open what is stored"
    )]
    WrongMasterKey,
    /// The database has no key for this use.
    #[error("the database holds no {0:?} key: restore its table of keys from a backup")]
    MissingKey(Purpose),
    /// A stored data key has an id outside 1..=4294967295.
    #[error("{0} is not the id of a data key")]
    KeyId(i64),
    /// A stored number names no use of a key.
    #[error("{0} is not the purpose of a data key; this program may be older than the database")]
    Purpose(i64),
    /// The bytes are not a sealed value of a suite known here.
    #[error("not a sealed value, or one of a suite that this program does not know")]
    NotSealed,
    /// The value was sealed under a key that was not given to the vault.
    #[error("sealed under data key {0}, which is not loaded")]
    UnknownKey(u32),
    /// The value was changed, or belongs to another place.
    #[error("the sealed value was changed or moved from its place")]
    Damaged,
}

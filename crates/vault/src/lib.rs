//! Secrets at rest: sealing, look-up tags and keys.
//!
//! A master key, held apart from the database, wraps the data keys that lie in the database. One
//! kind of data key seals columns, two kinds make look-up tags. Nothing here reads a clock or a
//! database, and nothing here prints a secret.
//!
//! Invariant: a sealed value opens only at the place (tenant, table, row, column) that it was
//! sealed for.

mod error;
mod file_key;
mod key_file;
mod master;
mod password;
mod place;
mod random;
mod ring;
mod sealed;
mod secret;
mod signer;
mod totp;
mod vault;
mod wrapped;

pub use error::VaultError;
pub use file_key::FileKey;
pub use key_file::is_readable_by_others;
pub use master::MasterKey;
pub use password::PasswordHasher;
pub use place::Place;
pub use ring::{KeyRing, KeySource};
pub use secret::{key_hash, link_hash, new_secret};
pub use signer::{Signer, is_signed};
pub use totp::{new_totp_secret, totp_code, totp_step, totp_step_at};
pub use vault::Vault;
pub use wrapped::{Purpose, WrappedKey};
// `unseal` answers with it, so whoever opens secrets has it from here.
pub use zeroize::{Zeroize, Zeroizing};

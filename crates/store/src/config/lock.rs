//! How a batch locks the configuration that it uses.

use kernel::Id16;

/// The subject in `versions` whose version is the generation of idempotency records.
pub const GENERATION: Id16 = [0xfe; 16];

/// The subject in `versions` whose version is the oldest key that may still seal.
pub const SEALS: Id16 = [0xfd; 16];

/// How a batch locks the configuration that it uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfigLock {
    /// Others may use the same configuration meanwhile.
    Shared,
    /// This batch edits it.
    Exclusive,
}

//! Keys that seal of a batch: what it needs, what was loaded, what its commands changed.

use super::Resealed;
use crate::Refusal;
use kernel::sealed::seal_key_of;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// The oldest key that may seal what comes in; none until it was read.
    pub oldest: Option<i64>,
    /// Whether the oldest key that may seal changed.
    pub retired: bool,
    /// Cells that were sealed again.
    pub resealed: Vec<Resealed>,
    /// Keys that sealed and are older than this go.
    pub drop_below: Option<i64>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Which keys may still seal: for commands that bring sealed values.
    pub oldest: bool,
}

impl Rows {
    /// Whether a sealed value may come in: not under a key that was retired while it was on its way.
    pub fn may_store(&self, sealed: &[u8]) -> Result<(), Refusal> {
        match (seal_key_of(sealed), self.oldest) {
            (Some(key), Some(oldest)) if i64::from(key) < oldest => Err(Refusal::SealKeyRetired),
            _ => Ok(()),
        }
    }
}

//! What every piece of work knows: how long its lease is, and how it may fail.

use crate::payment;
use engine::EngineError;

/// A lease runs this long, in microseconds, unless the work renews it.
pub(crate) const LEASE_US: i64 = 10_000_000;

/// Why a piece of work did not go well; it comes again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WorkError {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Notice(#[from] payment::ReceiveError),
    #[error("{0}")]
    Other(String),
}

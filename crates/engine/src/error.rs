//! Why a command has no outcome.

use domain::Refusal;

/// Why a command has no outcome.
#[derive(Debug, Clone, thiserror::Error)]
pub enum EngineError {
    /// A rule said no; nothing changed.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The queue is full; nothing was accepted.
    #[error("the queue is full")]
    Overloaded,
    /// The database cannot be reached; nothing changed.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The answer to the commit was lost: ask again with the same key.
    #[error("the outcome is unknown")]
    OutcomeUnknown,
    /// The engine takes nothing more.
    #[error("shutting down")]
    ShuttingDown,
    /// A mistake of ours; nothing changed.
    #[error("internal: {0}")]
    Internal(String),
    /// The engine cannot start like this.
    #[error("{0}")]
    Setup(String),
}

impl From<store::Error> for EngineError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::CommitUnknown(..) => Self::OutcomeUnknown,
            store::Error::Unavailable(_, why) => Self::Unavailable(why),
            store::Error::Setup(why) => Self::Setup(why),
            error if error.is_contention() => Self::Unavailable(error.to_string()),
            error => Self::Internal(error.to_string()),
        }
    }
}

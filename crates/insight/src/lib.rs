//! Following the journal: what the facts say of orders and of sales is read, what they leave out is looked up, and all of it goes in
//! as a command. The batch that sells knows nothing of it.

mod answers;
mod costs;
mod follow;

pub use answers::{folded, spellings};
pub use follow::follow;

/// Why a book could not be followed; it is tried again.
#[derive(Debug, thiserror::Error)]
enum FollowError {
    #[error(transparent)]
    Engine(#[from] engine::EngineError),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("fact {seq} of {merchant} is unreadable")]
    Unreadable { seq: i64, merchant: String },
}

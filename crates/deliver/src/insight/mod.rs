//! Following the journal: what the facts say of orders is read, batches and answers are looked up, and all of it goes in as
//! a command. The batch that sells knows nothing of it.

mod answers;
mod follow;

pub use answers::{folded, spellings};
pub(crate) use follow::follow;

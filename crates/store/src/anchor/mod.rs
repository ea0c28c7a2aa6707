//! The chain over the journal in the database.

pub(crate) mod flush;
pub(crate) mod load;
pub(crate) mod prover;
pub(crate) mod read;
pub(crate) mod rows;
pub mod sql;
pub mod verify;

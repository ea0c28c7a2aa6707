//! The journal in the database.

pub(crate) mod audit;
pub(crate) mod flush;
pub(crate) mod read;
pub mod sql;
pub(crate) mod verify;

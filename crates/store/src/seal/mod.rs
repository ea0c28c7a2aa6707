//! Data keys and what is sealed in the database.

pub(crate) mod flush;
pub(crate) mod read;
pub mod sql;
pub(crate) mod verify;

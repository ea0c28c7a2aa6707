//! The request log in the database.

pub(crate) mod flush;
pub mod read;
pub mod sql;

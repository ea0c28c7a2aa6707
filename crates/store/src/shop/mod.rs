//! Shops in the database.

pub(crate) mod flush;
pub(crate) mod read;
pub mod rows;
pub mod sql;

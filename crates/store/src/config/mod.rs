//! The versions of configuration in the database.

pub(crate) mod flush;
pub(crate) mod load;
pub(crate) mod lock;
pub mod sql;

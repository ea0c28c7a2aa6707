//! Codes, pools and imports in the database.

pub(crate) mod bytes;
pub(crate) mod flush;
pub(crate) mod load;
pub(crate) mod marks;
pub(crate) mod read;
pub mod rows;
pub mod sql;
pub(crate) mod verify;
pub(crate) mod walk;

pub use read::Expiries;

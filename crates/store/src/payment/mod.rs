//! Payments and receipts in the database.

pub(crate) mod flush;
pub(crate) mod load;
pub(crate) mod read;
pub mod rows;
pub mod sql;
pub(crate) mod verify;

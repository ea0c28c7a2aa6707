//! Devices of stores.

pub(crate) mod flush;
pub(crate) mod load;
mod read;
pub mod rows;
pub mod sql;

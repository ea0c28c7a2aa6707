//! What buyers share, in versions.

pub(crate) mod flush;
mod read;
pub mod rows;
pub mod sql;
pub(crate) mod verify;

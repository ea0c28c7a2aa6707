//! What is told of orders behind the journal, in the database.

pub(crate) mod flush;
pub mod forget;
pub(crate) mod load;
pub(crate) mod read;
pub(crate) mod sales;
pub mod sql;
pub(crate) mod verify;

pub use read::{Behind, Found, Way};
pub use sales::{SkuSold, Sold};

//! How the caller's shop looks and speaks: a resource of which there is one, with answers that are older than resources.

pub mod edit_shop;
pub mod get_shop;
mod views;

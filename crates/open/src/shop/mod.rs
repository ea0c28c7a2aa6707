//! How the caller's shop looks and speaks.

pub mod edit_shop;
pub mod get_shop;
mod logo;
mod requests;
mod views;

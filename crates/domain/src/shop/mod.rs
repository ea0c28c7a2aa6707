//! How a merchant's shop looks and speaks.

pub mod fact;
mod style;

pub use style::{Bilingual, ShopStyle};

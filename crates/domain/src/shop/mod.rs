//! How a merchant's shop looks and speaks.

pub mod fact;
mod languages;
mod messages;
mod style;

pub use languages::{Language, ShopLanguages};
pub use messages::{Message, MessageText, ShopMessages};
pub use style::{Bilingual, ShopStyle};

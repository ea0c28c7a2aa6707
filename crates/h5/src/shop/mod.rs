//! The shop: what lies on its shelves, the checkout, and the visitor's own orders.

pub mod checkout;
pub mod front;
pub mod logo;
pub mod orders;
pub mod place;
pub mod prices;
pub mod product;
mod shelf;
pub mod shelves;

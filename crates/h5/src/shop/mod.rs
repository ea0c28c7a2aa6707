//! The shop: what lies on its shelves, the checkout, the visitor's own orders and what they delivered, and how an order is
//! found again.

pub mod checkout;
pub mod front;
pub mod logo;
pub mod lookup;
pub mod orders;
mod owned;
pub mod place;
pub mod prices;
pub mod product;
mod shelf;
pub mod shelves;

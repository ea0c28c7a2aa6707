//! Payments: whatever happens to the money of an order, it ends as goods or goes back.

mod begun;
mod mishaps;
mod notices;
pub(crate) mod shop;
mod stock;

//! Payments: whatever happens to the money of an order or a recharge, it ends as goods, in the wallet, or goes back.

mod begun;
mod mishaps;
mod notices;
mod offline;
mod recharges;
pub(crate) mod shop;
mod stock;

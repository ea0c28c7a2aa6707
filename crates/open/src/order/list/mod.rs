//! Lists of orders: what is asked for, and the walk that finds it.

pub mod list_orders;
mod walk;
mod wanted;

//! The journal: what happened, in commit order.

pub mod export_audit;
mod fact;
pub mod list_journal;
pub mod search_audit;
mod shapes;
mod shapes_of_money;
mod shapes_of_vouchers;

#[cfg(test)]
pub use fact::tests as samples;

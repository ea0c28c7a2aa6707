//! The journal: what happened, in commit order.

mod fact;
pub mod list_journal;
mod shapes;
mod shapes_of_money;

#[cfg(test)]
pub use fact::tests as samples;

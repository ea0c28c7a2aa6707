//! The rules of the business. Pure: no I/O, no clock, no chance, no async.
//!
//! A [`command::Command`] names the rows it needs and decides over the loaded [`world::World`];
//! time and drawn ids come in a [`context::Context`]. What changed is in the world afterwards, and the
//! store writes it. Start reading at `order/place.rs`: who has followed one command has understood all.

pub mod anchor;
pub mod approval;
pub mod catalog;
pub mod command;
pub mod content;
pub mod context;
mod dispatch;
pub mod envelope;
pub mod export;
pub mod fact;
pub mod fold;
pub mod idempotency;
pub mod identity;
pub mod insight;
pub mod inventory;
pub mod ledger;
pub mod needs;
mod numbered;
pub mod order;
pub mod outcome;
pub mod payment;
pub mod people;
pub mod refund;
pub mod refusal;
pub mod requests;
pub mod resource;
pub mod seal;
pub mod shop;
pub mod table;
pub mod till;
pub mod voucher;
pub mod work;
pub mod world;

pub use command::{At, Command, Listed, Nature, Outcome, Verb};
pub use context::Context;
pub use envelope::Envelope;
pub use fact::Fact;
pub use idempotency::OutcomeRef;
pub use needs::Needs;
pub use outcome::Reply;
pub use refusal::Refusal;
pub use table::Table;
pub use world::World;

//! The work that happens after a command: what `work` rows ask for is done here.
//!
//! [`run`] claims due work under leases and does it beside other work. Whatever comes of it goes back
//! through the same door, as a command. Work that goes wrong comes again later.

pub mod anchor;
mod approval;
mod clock;
pub mod export;
pub mod inventory;
mod lane;
pub mod order;
pub mod payment;
pub mod requests;
mod runner;
pub mod seal;
pub mod voucher;
mod work;

pub use runner::{Settings, run, run_with};

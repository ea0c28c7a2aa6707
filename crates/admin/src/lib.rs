//! The edge for people of the console: signing in and out, links, passwords and second factors.
//!
//! [`routes`] has the table, each line with what opens it. What people do with the goods goes through `/v1` with the
//! session's cookie, like a key; nothing of that is here.

mod account;
mod attempts;
mod demo;
mod desk;
mod factor;
mod hashing;
mod link;
mod passkey;
pub mod people;
mod routes;
mod session;
mod sessions;
mod view;
mod visitor;

pub use desk::Desk;
pub use link::address as link_address;
pub use routes::{Opens, RouteInfo, part, routes};

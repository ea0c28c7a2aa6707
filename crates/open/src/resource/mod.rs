//! Resources: the routes of every kind, made from its declaration.
//!
//! A handler here takes the kind beside what the caller sent; [`lines`](routes::lines) binds it to the paths of each.

pub mod apply;
pub mod change;
mod history;
pub mod kinds;
mod list;
mod picture;
mod read;
pub mod routes;
pub mod schema;
pub mod stored;
mod view;

pub use view::ResourceFact;

//! The machinery of HTTP, which every edge is made with: keys and their policy, what a handler takes and answers,
//! problems, values of the wire, limits, metrics, connections.
//!
//! It has no route of its own. An edge is a crate above this one that brings its routes as a [`Part`]; [`assemble`] puts
//! the parts together under one [`layer`].

pub mod address;
pub mod answer;
mod app;
pub mod approval;
pub mod auth;
pub mod content;
pub mod document;
pub mod extract;
pub mod gather;
pub mod idempotency;
pub mod layer;
pub mod limit;
pub mod link;
pub mod listen;
pub mod message;
mod metrics;
pub mod order;
pub mod pagination;
mod part;
pub mod policy;
pub mod problem;
pub mod requests;
pub mod wire;

pub use address::TrustedProxies;
pub use app::{App, Demo, DemoPerson, Settings};
pub use metrics::metrics_router;
pub use part::{Part, assemble};
pub use policy::Idempotency;
pub use problem::ErrorCode;

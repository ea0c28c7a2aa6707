//! The HTTP edge: routes, keys and scopes, the JSON that callers see, and its OpenAPI document.
//!
//! Start at [`routes`]: its table names every route with its scope, its idempotency and its error
//! codes. A handler parses, calls and answers; rules are in `domain`, behind the engine. Contexts are
//! folders with the same names as there. Buyers have an edge of their own, `h5`: pages instead of JSON.

mod address;
mod answer;
mod app;
mod auth;
mod catalog;
mod document;
mod edge;
mod extract;
mod h5;
mod health;
mod idempotency;
mod identity;
mod inventory;
mod journal;
mod ledger;
mod limit;
pub mod listen;
mod metrics;
mod order;
mod pages;
mod payment;
mod problem;
mod reference;
mod refund;
mod routes;
mod shop;
mod wire;

pub use address::TrustedProxies;
pub use app::{App, Demo, Settings};
pub use auth::Idempotency;
pub use h5::{Entrance, PageInfo, page_routes, shop_path};
pub use metrics::metrics_router;
pub use problem::Code;
pub use routes::{RouteInfo, openapi, router, routes};

#[cfg(test)]
mod tests;

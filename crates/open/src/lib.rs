//! The edge for partners' programs, `/v1`: its routes, the JSON that callers see, and its OpenAPI document.
//!
//! Start at [`routes`]: its table names every route with its scope, its idempotency and its error
//! codes. A handler parses, calls and answers; rules are in `domain`, behind the engine. Contexts are
//! folders with the same names as there.

mod approval;
mod catalog;
mod content;
mod costs;
mod export;
mod file_link;
mod files;
mod follower;
mod health;
mod identity;
mod insight;
mod inventory;
mod journal;
mod ledger;
mod live;
mod money_list;
mod order;
mod payment;
mod people;
mod pieces;
mod reference;
mod refund;
mod requests;
mod resource;
mod routes;
mod shop;
mod voucher;
mod walk;

pub use routes::{RouteInfo, lists, openapi, part, routes};

#[cfg(test)]
mod tests;

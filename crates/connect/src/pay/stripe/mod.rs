//! Stripe: Checkout Sessions that make Payment Intents, refunds, webhooks.
//!
//! Answers are not signed; TLS vouches for them. Webhooks are signed with a secret of their endpoint. Our number goes
//! along as reference, metadata and idempotency key, so that a request that comes again does nothing twice.

pub mod account;
mod client;
pub mod notice;
mod offer;
mod query;
mod refund;
mod session;
pub mod sign;

#[cfg(test)]
pub(crate) mod tests;

pub use account::{StripeAccount, StripeFields};

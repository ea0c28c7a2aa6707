//! What Stripe remembers beside payments: endpoints of webhooks, and answers by their keys of idempotency.

use super::Outcome;
use super::form::Form;
use std::collections::HashMap;

/// What Stripe remembers.
#[derive(Default)]
pub struct Memory {
    /// Where events go.
    pub endpoints: Vec<Endpoint>,
    /// Answers by merchant and key.
    pub replies: HashMap<(usize, String), Reply>,
}

/// Where a merchant's events go.
#[derive(Clone)]
pub struct Endpoint {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub merchant: usize,
    /// Its address.
    pub url: String,
    /// What its events are signed with, the oldest first: one, or two while the secret is changed.
    pub secrets: Vec<String>,
    /// Which events it wants; `*` is all.
    pub events: Vec<String>,
}

/// What was asked with a key, and answered if it is.
pub struct Reply {
    /// The path.
    pub path: String,
    /// The parameters.
    pub form: Form,
    /// The answer; none while it is being made.
    pub outcome: Option<Outcome>,
}

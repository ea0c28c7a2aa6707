//! Endpoints of webhooks.

use super::failure::Failure;
use super::form::Form;
use super::memory::Endpoint;
use super::{Caller, Outcome};
use crate::random;
use crate::sandbox::Sandbox;
use serde_json::{Value, json};

/// Sends a merchant's events to an address; gives the endpoint. A merchant's first is signed with the secret
/// that its accounts tell.
pub fn add(sandbox: &Sandbox, merchant: usize, url: &str, events: Vec<String>) -> Endpoint {
    let mut memory = sandbox.stripe.lock();
    let known = &sandbox.merchants[merchant].accounts.stripe.webhook_secret;
    let is_taken = memory.endpoints.iter().any(|endpoint| endpoint.merchant == merchant);
    let endpoint = Endpoint {
        id: format!("we_1{}", random::word(23)),
        merchant,
        url: url.to_owned(),
        secrets: vec![if is_taken { new_secret() } else { known.clone() }],
        events,
    };
    memory.endpoints.push(endpoint.clone());
    endpoint
}

fn new_secret() -> String {
    format!("whsec_{}", random::word(32))
}

/// Gives a merchant's first endpoint another secret; events are signed with both. None if it has no endpoint.
pub fn roll(sandbox: &Sandbox, merchant: usize) -> Option<String> {
    let mut memory = sandbox.stripe.lock();
    let endpoint = memory.endpoints.iter_mut().find(|endpoint| endpoint.merchant == merchant)?;
    let secret = new_secret();
    endpoint.secrets.push(secret.clone());
    Some(secret)
}

/// Forgets all but the newest secret of a merchant's endpoints.
pub fn retire(sandbox: &Sandbox, merchant: usize) {
    let mut memory = sandbox.stripe.lock();
    for endpoint in memory.endpoints.iter_mut().filter(|endpoint| endpoint.merchant == merchant) {
        endpoint.secrets.drain(..endpoint.secrets.len() - 1);
    }
}

/// `POST /v1/webhook_endpoints`: the only answer that tells the secret.
pub fn create(sandbox: &Sandbox, caller: Caller, form: &Form) -> Outcome {
    form.allow(&["url", "enabled_events[#]", "description", "metadata[*]", "api_version"])?;
    let url = form.need("url")?;
    if url::Url::parse(url).is_err() {
        return Err(Failure::coded("url_invalid", "Invalid URL", Some("url")));
    }
    let events: Vec<String> = form.list("enabled_events").into_iter().map(str::to_owned).collect();
    if events.is_empty() {
        return Err(Failure::missing("enabled_events"));
    }
    let endpoint = add(sandbox, caller.merchant, url, events);
    let mut shown = shown(&endpoint);
    shown["secret"] = json!(endpoint.secrets.last());
    Ok(shown)
}

/// `GET /v1/webhook_endpoints`.
pub fn list(sandbox: &Sandbox, caller: Caller) -> Value {
    let memory = sandbox.stripe.lock();
    let own = memory.endpoints.iter().filter(|endpoint| endpoint.merchant == caller.merchant);
    let shown: Vec<_> = own.map(shown).collect();
    json!({ "object": "list", "url": "/v1/webhook_endpoints", "has_more": false, "data": shown })
}

/// `DELETE /v1/webhook_endpoints/{id}`.
pub fn delete(sandbox: &Sandbox, caller: Caller, id: &str) -> Outcome {
    let mut memory = sandbox.stripe.lock();
    let before = memory.endpoints.len();
    memory.endpoints.retain(|one| one.id != id || one.merchant != caller.merchant);
    if memory.endpoints.len() == before {
        return Err(Failure::no_object("webhook endpoint", id, "id"));
    }
    Ok(json!({ "id": id, "object": "webhook_endpoint", "deleted": true }))
}

fn shown(endpoint: &Endpoint) -> Value {
    json!({
        "id": endpoint.id,
        "object": "webhook_endpoint",
        "enabled_events": endpoint.events,
        "livemode": false,
        "status": "enabled",
        "url": endpoint.url,
    })
}

//! Stripe's API v1: forms in bracket syntax in, JSON out, events to webhook endpoints.

mod endpoint;
pub mod event;
mod failure;
mod form;
mod idempotency;
mod intent;
mod memory;
mod object;
mod refund;
mod session;

pub use memory::{Endpoint, Memory};

use crate::channel::Channel;
use crate::payment::{Detail as PaymentDetail, Payment};
use crate::random;
use crate::sandbox::Sandbox;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use failure::Failure;
use form::Form;
use serde_json::Value;
use std::sync::Arc;

/// This channel.
const CHANNEL: Channel = Channel::Stripe;

/// What only Stripe knows of a payment.
#[derive(Clone)]
pub struct Detail {
    /// The payment intent that the first payment is made by.
    pub intent: String,
    /// How far an intent is that nobody has paid.
    pub stage: Stage,
    /// What the merchant keeps with the intent.
    pub metadata: Vec<(String, String)>,
    /// What the merchant says of it.
    pub description: Option<String>,
    /// How it shall be paid.
    pub payment_method: Option<String>,
    /// Whether methods that lead the payer away are allowed.
    pub may_redirect: bool,
    /// The session, if it is paid on Stripe's page.
    pub session: Option<Session>,
}

/// What only Stripe's page knows.
#[derive(Clone)]
pub struct Session {
    /// The merchant's number.
    pub client_reference_id: Option<String>,
    /// What the merchant keeps with the session.
    pub metadata: Vec<(String, String)>,
    /// Where the payer goes who gives up.
    pub cancel_url: Option<String>,
    /// Where the payer goes who has paid, as it was given.
    pub success_url: String,
    /// The payer.
    pub customer_email: Option<String>,
}

/// What an unpaid intent requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has said how to pay.
    Method,
    /// It waits for `confirm`.
    Confirmation,
    /// The payer must do something.
    Action,
}

/// A merchant who has proved to be one.
#[derive(Clone, Copy)]
pub struct Caller {
    /// Its position.
    pub merchant: usize,
}

/// What a call leads to.
type Outcome = Result<Value, Failure>;

/// Every call below `/v1`.
pub async fn serve(
    State(sandbox): State<Arc<Sandbox>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let caller = match authenticate(&sandbox, &headers) {
        Ok(caller) => caller,
        Err(failure) => return answer(&Err(failure), false),
    };
    let text =
        if method == Method::POST { &body[..] } else { uri.query().unwrap_or_default().as_bytes() };
    if method == Method::POST && !is_form(&headers) && !body.is_empty() {
        let failure = Failure::request("The request body must be form-encoded.", None);
        return answer(&Err(failure), false);
    }
    let form = match Form::read(text) {
        Ok(form) => form,
        Err(failure) => return answer(&Err(failure), false),
    };
    let key = headers.get("idempotency-key").filter(|_| method == Method::POST);
    let (outcome, replayed) = idempotency::once(&sandbox, caller, key, &uri, &form, || {
        route(&sandbox, caller, &method, uri.path(), &form)
    });
    answer(&outcome, replayed)
}

fn route(
    sandbox: &Arc<Sandbox>,
    caller: Caller,
    method: &Method,
    path: &str,
    form: &Form,
) -> Outcome {
    let path: Vec<&str> = path.trim_end_matches('/').split('/').skip(2).collect();
    match (method.as_str(), path.as_slice()) {
        ("POST", ["checkout", "sessions"]) => session::create(sandbox, caller, form),
        ("GET", ["checkout", "sessions"]) => session::list(sandbox, caller, form),
        ("GET", ["checkout", "sessions", id]) => session::retrieve(sandbox, caller, id, form),
        ("POST", ["checkout", "sessions", id, "expire"]) => {
            session::expire(sandbox, caller, id, form)
        }
        ("POST", ["payment_intents"]) => intent::create(sandbox, caller, form),
        ("GET", ["payment_intents", id]) => intent::retrieve(sandbox, caller, id, form),
        ("POST", ["payment_intents", id, "confirm"]) => intent::confirm(sandbox, caller, id, form),
        ("POST", ["payment_intents", id, "cancel"]) => intent::cancel(sandbox, caller, id, form),
        ("POST", ["refunds"]) => refund::create(sandbox, caller, form),
        ("GET", ["refunds"]) => refund::list(sandbox, caller, form),
        ("GET", ["refunds", id]) => refund::retrieve(sandbox, caller, id),
        ("POST", ["webhook_endpoints"]) => endpoint::create(sandbox, caller, form),
        ("GET", ["webhook_endpoints"]) => Ok(endpoint::list(sandbox, caller)),
        ("DELETE", ["webhook_endpoints", id]) => endpoint::delete(sandbox, caller, id),
        _ => Err(Failure::no_route(method.as_str(), &path.join("/"))),
    }
}

fn authenticate(sandbox: &Sandbox, headers: &HeaderMap) -> Result<Caller, Failure> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = given.and_then(|given| match given.split_once(' ') {
        Some(("Bearer", key)) => Some(key.to_owned()),
        Some(("Basic", pair)) => {
            let pair = String::from_utf8(STANDARD.decode(pair).ok()?).ok()?;
            pair.split_once(':').map(|(key, _)| key.to_owned())
        }
        _ => None,
    });
    let key = key.ok_or_else(Failure::no_key)?;
    let known = sandbox.merchants.iter().position(|m| m.accounts.stripe.secret_key == key);
    known.map(|merchant| Caller { merchant }).ok_or_else(|| Failure::bad_key(&key))
}

fn is_form(headers: &HeaderMap) -> bool {
    let typed = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    typed.is_some_and(|typed| typed.starts_with("application/x-www-form-urlencoded"))
}

fn answer(outcome: &Outcome, replayed: bool) -> Response {
    let (status, body) = match outcome {
        Ok(body) => (StatusCode::OK, body.to_string()),
        Err(failure) => (failure.status(), failure.body().to_string()),
    };
    let mut headers = HeaderMap::new();
    let mut set = |name: &'static str, value: String| {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    };
    set("content-type", "application/json".to_owned());
    set("request-id", format!("req_{}", random::word(14)));
    if replayed {
        set("idempotent-replayed", "true".to_owned());
    }
    (status, headers, body).into_response()
}

/// The answer of a channel that is told to fail.
pub fn broken() -> Response {
    answer(&Err(Failure::broken()), false)
}

/// The number of the next payment by which a payment is made: an intent's.
pub fn charge_number(payment: &Payment) -> String {
    match &payment.detail {
        PaymentDetail::Stripe(detail) if payment.charges.is_empty() => detail.intent.clone(),
        _ => intent::new_id(),
    }
}

/// Where the payer goes afterwards.
pub fn return_address(payment: &Payment) -> Option<String> {
    let PaymentDetail::Stripe(detail) = &payment.detail else { return None };
    let Some(session) = &detail.session else { return payment.return_url.clone() };
    if payment.charges.is_empty() {
        return session.cancel_url.clone();
    }
    Some(session.success_url.replace("{CHECKOUT_SESSION_ID}", &payment.token))
}

//! The same key, the same answer: a request that comes again does nothing.

use super::failure::Failure;
use super::form::Form;
use super::memory::Reply;
use super::{Caller, Outcome};
use crate::sandbox::Sandbox;
use axum::http::{HeaderValue, StatusCode, Uri};

const KEY_LENGTH_MAX: usize = 255;

/// Does it, or gives the answer of before and true.
pub fn once(
    sandbox: &Sandbox,
    caller: Caller,
    key: Option<&HeaderValue>,
    uri: &Uri,
    form: &Form,
    work: impl FnOnce() -> Outcome,
) -> (Outcome, bool) {
    let Some(key) = key else { return (work(), false) };
    let key = match key.to_str() {
        Ok(key) if (1..=KEY_LENGTH_MAX).contains(&key.len()) => (caller.merchant, key.to_owned()),
        _ => {
            let message = "Idempotency keys have 1 to 255 characters.";
            return (Err(Failure::request(message, None)), false);
        }
    };
    if let Some(known) = known(sandbox, &key, uri, form) {
        return known;
    }
    let outcome = work();
    let mut memory = sandbox.stripe.lock();
    // What was refused before anything happened may be tried again with the same key.
    let keeps = match &outcome {
        Ok(_) => true,
        Err(failure) => failure.status() == StatusCode::PAYMENT_REQUIRED,
    };
    if keeps {
        if let Some(reply) = memory.replies.get_mut(&key) {
            reply.outcome = Some(outcome.clone());
        }
    } else {
        memory.replies.remove(&key);
    }
    (outcome, false)
}

fn known(
    sandbox: &Sandbox,
    key: &(usize, String),
    uri: &Uri,
    form: &Form,
) -> Option<(Outcome, bool)> {
    let mut memory = sandbox.stripe.lock();
    let Some(reply) = memory.replies.get(key) else {
        let reply = Reply { path: uri.path().to_owned(), form: form.clone(), outcome: None };
        memory.replies.insert(key.clone(), reply);
        return None;
    };
    if reply.path != uri.path() || reply.form != *form {
        let message = "Keys for idempotent requests can only be used with the same parameters they were first used with.";
        return Some((Err(Failure::idempotency(StatusCode::BAD_REQUEST, message)), false));
    }
    Some(match &reply.outcome {
        Some(outcome) => (outcome.clone(), true),
        None => {
            let message =
                "There is currently another in-progress request using this Idempotency Key.";
            (Err(Failure::idempotency(StatusCode::CONFLICT, message)), false)
        }
    })
}

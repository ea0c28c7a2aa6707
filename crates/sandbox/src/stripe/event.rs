//! Events, signed for each endpoint with its own secret.

use super::CHANNEL;
pub use super::endpoint::{add as add_endpoint, retire, roll};
use super::object;
use crate::notice::{Content, Letter, Notice};
use crate::payment::{Payment, Refund, RefundState};
use crate::random;
use crate::sandbox::Sandbox;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

/// The version in which events are written.
const API_VERSION: &str = "2025-09-30.clover";

/// The signature: hexadecimal HMAC-SHA256 over time and body.
pub fn signature(secret: &str, timestamp: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes any key");
    mac.update(format!("{timestamp}.").as_bytes());
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A body with its signature header, if it has one.
pub fn signed(body: Vec<u8>, signature: Option<(i64, Vec<String>)>) -> Letter {
    let mut headers = vec![
        ("Content-Type", "application/json; charset=utf-8".to_owned()),
        ("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)".to_owned()),
    ];
    headers.extend(signature.map(|(at, all)| {
        let all: String = all.iter().map(|hex| format!(",v1={hex}")).collect();
        ("Stripe-Signature", format!("t={at}{all}"))
    }));
    Letter { headers, body }
}

/// An event for an endpoint, signed now.
pub fn letter(sandbox: &Sandbox, secrets: &[String], body: Vec<u8>) -> Letter {
    let now = sandbox.now().as_second();
    let said = sandbox.to_be_signed(CHANNEL, body.clone());
    let all = secrets.iter().map(|secret| signature(secret, now, &said)).collect();
    signed(body, Some((now, all)))
}

/// That somebody paid.
pub fn charged(sandbox: &Sandbox, payment: &Payment, place: usize) -> Vec<Notice> {
    let intent = object::intent(sandbox, payment, payment.charges.get(place));
    let mut all = notices(sandbox, payment, "charge.succeeded", object::charge(payment, place));
    all.extend(notices(sandbox, payment, "payment_intent.succeeded", intent));
    if object::detail(payment).is_some_and(|detail| detail.session.is_some()) {
        let session = object::session(sandbox, payment, Some(place));
        all.extend(notices(sandbox, payment, "checkout.session.completed", session));
    }
    all
}

/// That a bank refused.
pub fn failed(sandbox: &Sandbox, payment: &Payment) -> Vec<Notice> {
    let intent = object::intent(sandbox, payment, None);
    notices(sandbox, payment, "payment_intent.payment_failed", intent)
}

/// That a session's time is over.
pub fn expired(sandbox: &Sandbox, payment: &Payment) -> Vec<Notice> {
    let mut session = object::session(sandbox, payment, None);
    session["status"] = json!("expired");
    session["url"] = Value::Null;
    notices(sandbox, payment, "checkout.session.expired", session)
}

/// That an intent was given up.
pub fn canceled(sandbox: &Sandbox, payment: &Payment) -> Vec<Notice> {
    let intent = object::intent(sandbox, payment, None);
    notices(sandbox, payment, "payment_intent.canceled", intent)
}

/// That money went back, or could not.
pub fn refunded(sandbox: &Sandbox, payment: &Payment, refund: &Refund) -> Vec<Notice> {
    let shown = object::refund(payment, refund);
    match refund.state {
        RefundState::Succeeded => {
            let charge = object::charge(payment, refund.charge);
            let mut all = notices(sandbox, payment, "refund.created", shown);
            all.extend(notices(sandbox, payment, "charge.refunded", charge));
            all
        }
        RefundState::Abnormal => notices(sandbox, payment, "refund.failed", shown),
        RefundState::Processing | RefundState::Closed => {
            notices(sandbox, payment, "refund.updated", shown)
        }
    }
}

fn notices(sandbox: &Sandbox, payment: &Payment, kind: &str, object: Value) -> Vec<Notice> {
    let memory = sandbox.stripe.lock();
    let own = memory.endpoints.iter().filter(|endpoint| endpoint.merchant == payment.merchant);
    let wanted = own.filter(|endpoint| endpoint.events.iter().any(|e| e == kind || e == "*"));
    let body = body(sandbox, kind, object);
    let notice = |endpoint: &super::Endpoint| Notice {
        channel: CHANNEL,
        merchant: payment.merchant,
        number: payment.number.clone(),
        event: kind.to_owned(),
        url: endpoint.url.clone(),
        content: Content::Stripe(body.clone(), endpoint.secrets.clone()),
    };
    wanted.map(notice).collect()
}

/// An event's body.
pub fn body(sandbox: &Sandbox, kind: &str, object: Value) -> Vec<u8> {
    let event = json!({
        "id": format!("evt_1{}", random::word(23)),
        "object": "event",
        "api_version": API_VERSION,
        "created": sandbox.now().as_second(),
        "data": { "object": object },
        "livemode": false,
        "pending_webhooks": 1,
        "request": { "id": null, "idempotency_key": null },
        "type": kind,
    });
    event.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_and_body_are_signed() {
        // `printf '12.{}' | openssl dgst -sha256 -hmac whsec_x`
        assert_eq!(
            signature("whsec_x", 12, b"{}"),
            "a1a23aaa11a5e60d05ced9d65a8cc37815848ba1b24be623e8a0ef3a117faa11"
        );
    }
}

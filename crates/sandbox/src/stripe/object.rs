//! Stripe's objects as JSON.

use super::{Detail, Session, Stage};
use crate::payment::{Charge, Detail as PaymentDetail, Payment, Refund, RefundState, Standing};
use crate::sandbox::Sandbox;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// What only Stripe knows of a payment.
pub fn detail(payment: &Payment) -> Option<&Detail> {
    match &payment.detail {
        PaymentDetail::Stripe(detail) => Some(detail),
        _ => None,
    }
}

/// Metadata as an object.
pub fn metadata(pairs: &[(String, String)]) -> Value {
    Value::Object(
        pairs.iter().map(|(key, value)| (key.clone(), json!(value))).collect::<Map<_, _>>(),
    )
}

/// The number of a charge, by the number of its intent.
pub fn charge_id(intent: &str) -> String {
    format!("ch_{}", intent.trim_start_matches("pi_"))
}

/// A session of Stripe's page. Its intent stands in it once it is paid.
pub fn session(sandbox: &Sandbox, payment: &Payment, charge: Option<usize>) -> Value {
    let Some((detail, session)) = detail(payment).and_then(|d| Some((d, d.session.as_ref()?)))
    else {
        return Value::Null;
    };
    let status = match payment.standing(sandbox.now()) {
        Standing::Open => "open",
        Standing::Paid => "complete",
        Standing::Closed => "expired",
    };
    let intent = charge.and_then(|place| payment.charges.get(place)).map(|charge| &charge.id);
    let mut shown = session_facts(sandbox, payment, session);
    if let Some(charge) = charge.and_then(|place| payment.charges.get(place)) {
        // A mishap of this sandbox alone: less was paid than the session is for.
        shown["amount_total"] = json!(charge.amount);
    }
    shown["status"] = json!(status);
    shown["payment_status"] = json!(if intent.is_some() { "paid" } else { "unpaid" });
    shown["payment_intent"] = json!(intent);
    shown["payment_method_types"] = json!(["card"]);
    let is_open = status == "open";
    let url = format!("{}/c/pay/{}", sandbox.origin, payment.token);
    shown["url"] = json!(is_open.then_some(url));
    shown["total_details"] = json!({ "amount_discount": coupon(payment, charge), "amount_shipping": 0, "amount_tax": 0 });
    shown["payment_method_options"] = json!({});
    shown["description"] = json!(detail.description);
    shown
}

fn session_facts(_: &Sandbox, payment: &Payment, session: &Session) -> Value {
    json!({
        "id": payment.token,
        "object": "checkout.session",
        "amount_subtotal": payment.amount,
        "amount_total": payment.amount,
        "cancel_url": session.cancel_url,
        "client_reference_id": session.client_reference_id,
        "created": payment.created.as_second(),
        "currency": payment.currency.to_lowercase(),
        "customer": null,
        "customer_email": session.customer_email,
        "expires_at": payment.expires.map(Timestamp::as_second),
        "livemode": false,
        "metadata": metadata(&session.metadata),
        "mode": "payment",
        "success_url": session.success_url,
        "ui_mode": "hosted",
    })
}

fn coupon(payment: &Payment, charge: Option<usize>) -> i64 {
    charge.and_then(|place| payment.charges.get(place)).map_or(0, |charge| charge.coupon)
}

/// A payment intent: of one charge, or of none yet.
pub fn intent(sandbox: &Sandbox, payment: &Payment, charge: Option<&Charge>) -> Value {
    let Some(detail) = detail(payment) else { return Value::Null };
    let id = charge.map_or(&detail.intent, |charge| &charge.id);
    let status = match (charge, payment.standing(sandbox.now())) {
        (Some(_), _) => "succeeded",
        (None, Standing::Closed) => "canceled",
        (None, _) => match detail.stage {
            Stage::Method => "requires_payment_method",
            Stage::Confirmation => "requires_confirmation",
            Stage::Action => "requires_action",
        },
    };
    let failed = (payment.failures > 0 && charge.is_none()).then(|| {
        json!({ "type": "card_error", "code": "card_declined", "decline_code": "generic_decline",
            "message": "Your card was declined." })
    });
    let action = (status == "requires_action").then(|| {
        let url = format!("{}/cashier/{}", sandbox.origin, payment.token);
        json!({ "type": "redirect_to_url", "redirect_to_url": { "url": url, "return_url": payment.return_url } })
    });
    json!({
        "id": id,
        "object": "payment_intent",
        "amount": payment.amount,
        "amount_capturable": 0,
        "amount_received": charge.map_or(0, |charge| charge.amount),
        "automatic_payment_methods": detail.may_redirect.then(|| json!({ "enabled": true, "allow_redirects": "always" })),
        "canceled_at": payment.closed.map(Timestamp::as_second),
        "cancellation_reason": null,
        "capture_method": "automatic",
        "client_secret": format!("{id}_secret_{}", &payment.token[payment.token.len() - 8..]),
        "confirmation_method": "automatic",
        "created": payment.created.as_second(),
        "currency": payment.currency.to_lowercase(),
        "customer": null,
        "description": detail.description,
        "last_payment_error": failed,
        "latest_charge": charge.map(|charge| charge_id(&charge.id)),
        "livemode": false,
        "metadata": metadata(&detail.metadata),
        "next_action": action,
        "payment_method": detail.payment_method,
        "payment_method_types": ["card"],
        "status": status,
    })
}

/// A charge.
pub fn charge(payment: &Payment, place: usize) -> Value {
    let (Some(detail), Some(charge)) = (detail(payment), payment.charges.get(place)) else {
        return Value::Null;
    };
    let gone = payment.refunded(place);
    json!({
        "id": charge_id(&charge.id),
        "object": "charge",
        "amount": charge.amount,
        "amount_captured": charge.amount,
        "amount_refunded": gone,
        "captured": true,
        "created": charge.at.as_second(),
        "currency": payment.currency.to_lowercase(),
        "description": detail.description,
        "livemode": false,
        "metadata": metadata(&detail.metadata),
        "paid": true,
        "payment_intent": charge.id,
        "refunded": gone == charge.amount,
        "status": "succeeded",
    })
}

/// A refund.
pub fn refund(payment: &Payment, refund: &Refund) -> Value {
    let intent = payment.charges.get(refund.charge).map(|charge| &charge.id);
    let status = match refund.state {
        RefundState::Processing => "pending",
        RefundState::Succeeded => "succeeded",
        RefundState::Abnormal => "failed",
        RefundState::Closed => "canceled",
    };
    let mut shown = json!({
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "charge": intent.map(|intent| charge_id(intent)),
        "created": refund.created.as_second(),
        "currency": payment.currency.to_lowercase(),
        "metadata": metadata(&refund.metadata),
        "payment_intent": intent,
        "reason": refund.reason,
        "status": status,
    });
    if refund.state == RefundState::Abnormal {
        shown["failure_reason"] = json!("expired_or_canceled_card");
    }
    shown
}

//! Stripe: a merchant's account, and answers as Stripe gives them.

mod accounts;
mod answers;
mod notices;

use super::*;
use crate::pay::secret::Secret;
use crate::pay::testdata::NOW;
use serde_json::{Value, json};

pub const SECRET: &str = "whsec_SECRET";

pub fn fields() -> StripeFields {
    StripeFields {
        secret_key: Secret::new("sk_test_SECRET".into()),
        webhook_secret: Some(Secret::new(SECRET.into())),
        old_webhook_secret: Some(Secret::new("whsec_old".into())),
    }
}

pub fn account() -> StripeAccount {
    StripeAccount::parse(fields()).expect("sound fields")
}

/// A session that was paid.
pub fn session() -> Value {
    let payment = crate::pay::tests::PAYMENT.to_string();
    let order = crate::pay::tests::ORDER.to_string();
    json!({
        "id": "cs_test_1",
        "object": "checkout.session",
        "url": "https://checkout.stripe.com/c/pay/cs_test_1",
        "status": "complete",
        "payment_status": "paid",
        "payment_intent": "pi_1",
        "amount_total": 1990,
        "currency": "cny",
        "client_reference_id": payment,
        "metadata": { "tessera_payment": payment, "tessera_order": order },
        "customer_details": { "email": "SECRET@example.org" },
    })
}

/// A refund that is done.
pub fn refund() -> Value {
    json!({
        "id": "re_1", "object": "refund", "status": "succeeded", "amount": 90, "currency": "cny",
        "payment_intent": "pi_1",
        "metadata": {
            "tessera_refund": crate::pay::tests::REFUND.to_string(),
            "tessera_payment": crate::pay::tests::PAYMENT.to_string(),
        },
    })
}

pub fn changed(mut value: Value, field: &str, to: Value) -> Value {
    value[field] = to;
    value
}

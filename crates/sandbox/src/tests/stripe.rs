//! Stripe: keys, idempotency, and what a session lives through.

use super::merchant::Fixture;
use serde_json::{Value, json};

async fn post(
    fixture: &Fixture,
    path: &str,
    key: Option<&str>,
    form: &[(&str, &str)],
) -> (u16, bool, Value) {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let mut request = fixture
        .client
        .post(format!("{}/v1/{path}", fixture.running.url()))
        .bearer_auth(fixture.merchant(0).stripe.secret_key)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    let answer = request.send().await.unwrap();
    let replayed = answer.headers().contains_key("idempotent-replayed");
    (answer.status().as_u16(), replayed, answer.json().await.unwrap())
}

const SESSION: &[(&str, &str)] = &[
    ("mode", "payment"),
    ("line_items[0][quantity]", "1"),
    ("line_items[0][price_data][currency]", "cny"),
    ("line_items[0][price_data][unit_amount]", "990"),
    ("line_items[0][price_data][product_data][name]", "月卡"),
    ("success_url", "https://shop.example/{CHECKOUT_SESSION_ID}"),
];

#[tokio::test]
async fn the_same_key_does_it_once() {
    let fixture = Fixture::start().await;
    let (status, replayed, first) = post(&fixture, "checkout/sessions", Some("key"), SESSION).await;
    assert_eq!((status, replayed), (200, false));
    let (_, replayed, again) = post(&fixture, "checkout/sessions", Some("key"), SESSION).await;
    assert!(replayed);
    assert_eq!(first, again);
    let (status, _, other) = post(&fixture, "checkout/sessions", Some("key"), &SESSION[1..]).await;
    assert_eq!((status, &other["error"]["type"]), (400, &json!("idempotency_error")));
    let (_, _, another) = post(&fixture, "checkout/sessions", None, SESSION).await;
    assert_ne!(first["id"], another["id"]);
}

#[tokio::test]
async fn a_refusal_may_be_tried_again_with_its_key() {
    let fixture = Fixture::start().await;
    let (status, _, _) = post(&fixture, "checkout/sessions", Some("again"), &SESSION[1..]).await;
    assert_eq!(status, 400);
    let (status, replayed, _) = post(&fixture, "checkout/sessions", Some("again"), SESSION).await;
    assert_eq!((status, replayed), (200, false));
}

#[tokio::test]
async fn errors_have_stripes_shape() {
    let fixture = Fixture::start().await;
    for (path, form, status, code) in [
        ("refunds", vec![("payment_intent", "pi_none")], 404, "resource_missing"),
        ("checkout/sessions", SESSION[1..].to_vec(), 400, "parameter_missing"),
        (
            "payment_intents",
            vec![("amount", "x"), ("currency", "cny")],
            400,
            "parameter_invalid_integer",
        ),
        ("payment_intents", vec![("amount", "49"), ("currency", "usd")], 400, "amount_too_small"),
        ("payment_intents", vec![("amount", "9"), ("colour", "red")], 400, "parameter_unknown"),
    ] {
        let (found, _, answer) = post(&fixture, path, None, &form).await;
        assert_eq!((found, &answer["error"]["code"]), (status, &json!(code)), "{answer}");
        assert_eq!(answer["error"]["type"], "invalid_request_error");
    }
    let url = format!("{}/v1/refunds/re_x", fixture.running.url());
    let answer = fixture.client.get(&url).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let answer = fixture.client.get(&url).bearer_auth("sk_test_guess").send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert!(!answer.text().await.unwrap().contains("guess"));
}

#[tokio::test]
async fn a_session_ends_once() {
    let mut fixture = Fixture::start().await;
    fixture.running.add_stripe_webhook(0, &fixture.notify_url.clone());
    let (_, _, session) = post(&fixture, "checkout/sessions", None, SESSION).await;
    let id = session["id"].as_str().unwrap();
    let path = format!("checkout/sessions/{id}/expire");
    assert_eq!(post(&fixture, &path, None, &[]).await.2["status"], "expired");
    assert_eq!(post(&fixture, &path, None, &[]).await.0, 400);
    let (headers, body) = fixture.next_notice().await;
    let event: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(event["type"], "checkout.session.expired");
    let header = headers["stripe-signature"].to_str().unwrap();
    let (time, hex) = header.strip_prefix("t=").unwrap().split_once(",v1=").unwrap();
    let secret = fixture.merchant(0).stripe.webhook_secret;
    let signed = crate::stripe::event::signature(&secret, time.parse().unwrap(), &body);
    assert_eq!(hex, signed);
    let (status, _) = fixture.control(&format!("payments/{id}"), json!({ "action": "pay" })).await;
    assert_eq!(status, 409);
}

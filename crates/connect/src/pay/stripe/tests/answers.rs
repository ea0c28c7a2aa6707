//! Requests and what we make of their answers.

use super::*;
use crate::pay::tests::server::{Came, Server, Told, told};
use crate::pay::tests::*;
use crate::pay::wire::form;
use crate::pay::{Account, Closure, Offer, RefundStanding, Standing, Way};

fn account_of() -> Account {
    Account::Stripe(account())
}

async fn answering(status: u16, body: &Value) -> Server {
    let body = body.to_string();
    Server::start(move |_| told(status, body.clone())).await
}

fn error(kind: &str, code: &str) -> Value {
    json!({ "error": { "type": kind, "code": code, "message": "why" } })
}

/// A channel that knows these refunds of the payment, and answers a new one so.
fn refunds(listed: Value, status: u16, made: Value) -> impl Fn(&Came) -> Told {
    move |came| match came.method.as_str() {
        "GET" => told(200, json!({ "data": listed, "has_more": false }).to_string()),
        _ => told(status, made.to_string()),
    }
}

#[tokio::test]
async fn a_session_is_made_from_the_intent_alone() {
    let server = answering(200, &session()).await;
    let door = door(&server);
    let wanted = intent(Way::StripeCheckout);
    for now in [NOW, NOW.plus_micros(60_000_000)] {
        let offered = good(door.offer(&account_of(), &wanted, now).await);
        assert_eq!(offered.reference.as_deref(), Some("cs_test_1"));
        assert_eq!(
            offered.offer,
            Offer::Redirect("https://checkout.stripe.com/c/pay/cs_test_1".into())
        );
    }
    let came = server.came();
    assert_eq!(came[0].body, came[1].body);
    assert_eq!((came[0].method.as_str(), came[0].path.as_str()), ("POST", "/v1/checkout/sessions"));
    assert_eq!(came[0].headers["authorization"], "Bearer sk_test_SECRET");
    assert_eq!(came[0].headers["idempotency-key"], PAYMENT.to_string());
    assert_eq!(came[0].headers["stripe-version"], "2025-03-31.basil");
    let fields = form::read(came[0].body.as_bytes()).expect("a form");
    for (name, value) in [
        ("mode", "payment"),
        ("client_reference_id", &PAYMENT.to_string()),
        ("line_items[0][price_data][currency]", "cny"),
        ("line_items[0][price_data][unit_amount]", "1990"),
        ("line_items[0][quantity]", "1"),
        ("metadata[tessera_order]", &ORDER.to_string()),
        ("payment_intent_data[metadata][tessera_payment]", &PAYMENT.to_string()),
        ("success_url", "https://shop.example/o?a=1&b=2"),
    ] {
        assert_eq!(fields[name], value, "{name}");
    }
}

#[tokio::test]
async fn a_session_lives_for_half_an_hour_at_least_and_a_day_at_most() {
    let server = answering(500, &json!({})).await;
    let drawn = 1_800_000_000_i64;
    let mut wanted = intent(Way::StripeCheckout);
    wanted.payment.0[..6].copy_from_slice(&(drawn * 1000).to_be_bytes()[2..]);
    for (after, life) in [(900, 2100), (7200, 7200), (200_000, 86_100)] {
        wanted.expires_at = NOW.plus_micros(after * 1_000_000);
        unknown(&door(&server).offer(&account_of(), &wanted, NOW).await);
        let came = server.came().pop().expect("a request");
        let fields = form::read(came.body.as_bytes()).expect("a form");
        assert_eq!(fields["expires_at"], (drawn + life).to_string());
    }
}

#[tokio::test]
async fn offers_fail_only_where_the_channel_says_no() {
    for (status, body, fails, code) in [
        (400, error("invalid_request_error", "parameter_invalid"), true, "parameter_invalid"),
        (401, error("invalid_request_error", ""), true, "invalid_request_error"),
        (400, error("idempotency_error", ""), false, "idempotency_error"),
        (409, error("invalid_request_error", "lock_timeout"), false, "lock_timeout"),
        (429, error("invalid_request_error", "rate_limit"), false, "rate_limit"),
        (404, json!("nginx"), false, "http_404"),
        (200, changed(session(), "client_reference_id", "other".into()), false, "other_account"),
        (200, changed(session(), "url", Value::Null), false, "unreadable"),
        (200, changed(session(), "id", "../x".into()), false, "other_account"),
    ] {
        let server = answering(status, &body).await;
        let asked = door(&server).offer(&account_of(), &intent(Way::StripeCheckout), NOW).await;
        assert_eq!(if fails { failed(&asked) } else { unknown(&asked) }, code);
    }
}

#[tokio::test]
async fn payments_are_asked_about_by_session_or_intent() {
    let open =
        changed(changed(session(), "status", "open".into()), "payment_status", "unpaid".into());
    let slow = changed(session(), "payment_status", "unpaid".into());
    let expired = changed(session(), "status", "expired".into());
    let pi = |status: &str| json!({ "id": "pi_1", "status": status, "amount": 1990, "amount_received": 1990, "currency": "cny", "metadata": session()["metadata"] });
    for (reference, body, standing) in [
        ("cs_test_1", session(), Standing::Paid(paid("pi_1"))),
        ("cs_test_1", open, Standing::Open),
        ("cs_test_1", slow, Standing::Open),
        ("cs_test_1", expired, Standing::Closed),
        ("pi_1", pi("succeeded"), Standing::Paid(paid("pi_1"))),
        ("pi_1", pi("processing"), Standing::Open),
        ("pi_1", pi("canceled"), Standing::Closed),
    ] {
        let server = answering(200, &body).await;
        let asked = door(&server).query(&account_of(), &question(Some(reference)), NOW).await;
        assert_eq!(good(asked), standing);
    }
    let server = answering(200, &changed(session(), "client_reference_id", "x".into())).await;
    let door = door(&server);
    let ask = async |reference| door.query(&account_of(), &question(reference), NOW).await;
    assert_eq!(unknown(&ask(Some("cs_test_1")).await), "other_account");
    assert_eq!(unknown(&ask(Some("cs_test/../x")).await), "no_reference");
    assert_eq!(unknown(&ask(None).await), "no_reference");
    assert_eq!(server.came().len(), 1);
}

#[tokio::test]
async fn sessions_are_expired() {
    let expired = changed(session(), "status", "expired".into());
    for (status, body, closure) in [
        (200, expired, Closure::Closed),
        (200, session(), Closure::AskAgain),
        (400, error("invalid_request_error", ""), Closure::AskAgain),
    ] {
        let server = answering(status, &body).await;
        let asked = door(&server).close(&account_of(), &question(Some("cs_test_1")), NOW).await;
        assert_eq!(good(asked), closure);
        assert_eq!(server.came()[0].path, "/v1/checkout/sessions/cs_test_1/expire");
    }
}

#[tokio::test]
async fn refunds_go_their_ways() {
    let status = |status: &str| changed(refund(), "status", status.into());
    let ask = async |answers: Server| {
        door(&answers).refund(&account_of(), &refund_intent("pi_1"), NOW).await
    };
    let answers = async |status, body| Server::start(refunds(json!([]), status, body)).await;
    assert_eq!(good(ask(answers(200, refund()).await).await).standing, RefundStanding::Done);
    assert_eq!(
        good(ask(answers(200, status("pending")).await).await).standing,
        RefundStanding::Processing
    );
    assert_eq!(failed(&ask(answers(200, status("failed")).await).await), "failed");
    let no = error("invalid_request_error", "charge_already_refunded");
    assert_eq!(failed(&ask(answers(400, no).await).await), "charge_already_refunded");
    let poor = error("invalid_request_error", "balance_insufficient");
    assert!(matches!(
        good(ask(answers(400, poor).await).await).standing,
        RefundStanding::Abnormal(_)
    ));
    assert_eq!(unknown(&ask(answers(401, error("x", "")).await).await), "x");
    assert_eq!(unknown(&ask(answers(500, error("api_error", "")).await).await), "api_error");
    let other = changed(refund(), "metadata", json!({}));
    assert_eq!(unknown(&ask(answers(200, other).await).await), "other_account");
}

#[tokio::test]
async fn a_refund_that_is_there_is_not_made_again() {
    let server = Server::start(refunds(json!([refund()]), 500, json!({}))).await;
    let asked = door(&server).refund(&account_of(), &refund_intent("pi_1"), NOW).await;
    assert_eq!(good(asked).number.as_deref(), Some("re_1"));
    assert!(server.came().iter().all(|came| came.method == "GET"));
    let server = Server::start(refunds(json!([]), 200, refund())).await;
    good(door(&server).refund(&account_of(), &refund_intent("pi_1"), NOW).await);
    let made = server.came().pop().expect("a request");
    assert_eq!(made.headers["idempotency-key"], REFUND.to_string());
    assert!(made.body.contains("payment_intent=pi_1&amount=90&metadata%5Btessera_refund%5D=rfd_"));
}

#[tokio::test]
async fn refunds_are_asked_about() {
    let server = Server::start(refunds(json!([refund()]), 500, json!({}))).await;
    let seen = door(&server).refund_query(&account_of(), &refund_question("pi_1", None), NOW).await;
    assert_eq!(good(seen).standing, RefundStanding::Done);
    let server = Server::start(refunds(json!([]), 500, json!({}))).await;
    let seen = door(&server).refund_query(&account_of(), &refund_question("pi_1", None), NOW).await;
    assert_eq!(good(seen).standing, RefundStanding::NotBegun);
    let server = answering(200, &changed(refund(), "status", "failed".into())).await;
    let seen = door(&server)
        .refund_query(&account_of(), &refund_question("pi_1", Some("re_1")), NOW)
        .await;
    assert!(matches!(good(seen).standing, RefundStanding::Failed(_)));
    assert_eq!(server.came()[0].path, "/v1/refunds/re_1");
}

#[tokio::test]
async fn credentials_are_tried() {
    let server = answering(200, &json!({ "data": [] })).await;
    good(door(&server).check(&account_of(), NOW).await);
    let server = answering(401, &error("invalid_request_error", "api_key_expired")).await;
    assert_eq!(failed(&door(&server).check(&account_of(), NOW).await), "api_key_expired");
}

#[tokio::test]
async fn a_live_key_never_reaches_a_sandbox() {
    let server = answering(200, &session()).await;
    let mut live = fields();
    live.secret_key = Secret::new("sk_live_SECRET".into());
    let live = Account::Stripe(StripeAccount::parse(live).expect("sound fields"));
    let asked = door(&server).offer(&live, &intent(Way::StripeCheckout), NOW).await;
    assert_eq!(unknown(&asked), "live_key_at_sandbox");
    assert!(server.came().is_empty());
}

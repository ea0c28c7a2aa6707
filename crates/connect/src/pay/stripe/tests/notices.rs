//! Webhooks: what is taken, and every forgery that is not.

use super::*;
use crate::pay::tests::{ORDER, PAYMENT, REFUND, paid};
use crate::pay::wire::headers::HeaderMap;
use crate::pay::{
    Notice, PaymentNotice, RefundNotice, RefundSeen, RefundStanding, Refused, Standing, Why,
};
use kernel::{Currency, Money};
use proptest::prelude::*;

fn event(kind: &str, object: &Value) -> String {
    json!({ "id": "evt_1", "object": "event", "type": kind, "livemode": false, "data": { "object": object } })
        .to_string()
}

fn read_with(header: &str, body: &str) -> Result<Notice, Refused> {
    let mut headers = HeaderMap::new();
    headers.insert("Stripe-Signature", header.parse().expect("a header"));
    notice::read(&account(), &headers, body.as_bytes(), NOW)
}

fn read_good(body: &str) -> Result<Notice, Refused> {
    read_with(&sign::write(SECRET, body, NOW), body)
}

fn payment(standing: Standing) -> Result<Notice, Refused> {
    Ok(Notice::Payment(PaymentNotice { payment: PAYMENT, order: Some(ORDER), standing }))
}

#[test]
fn payments_are_read() {
    let expired =
        changed(changed(session(), "status", "expired".into()), "payment_status", "unpaid".into());
    let slow = changed(session(), "payment_status", "unpaid".into());
    let intent = json!({
        "id": "pi_1", "status": "succeeded", "amount": 1990, "amount_received": 1990, "currency": "cny",
        "metadata": session()["metadata"],
    });
    let why = Why::new("async_payment_failed", "the slow way to pay failed");
    for (kind, object, standing) in [
        ("checkout.session.completed", session(), Standing::Paid(paid("pi_1"))),
        ("checkout.session.completed", slow.clone(), Standing::Open),
        ("checkout.session.async_payment_succeeded", session(), Standing::Paid(paid("pi_1"))),
        ("checkout.session.async_payment_failed", slow, Standing::Failed(why)),
        ("checkout.session.expired", expired, Standing::Closed),
        ("payment_intent.succeeded", intent, Standing::Paid(paid("pi_1"))),
    ] {
        assert_eq!(read_good(&event(kind, &object)), payment(standing), "{kind}");
    }
}

#[test]
fn refunds_are_read_and_what_is_not_ours_is_acknowledged_only() {
    let failed = changed(refund(), "status", "failed".into());
    for (kind, object, done) in [
        ("refund.updated", refund(), true),
        ("charge.refund.updated", refund(), true),
        ("refund.failed", failed, false),
    ] {
        let Ok(Notice::Refund(RefundNotice { refund: REFUND, payment: Some(PAYMENT), seen })) =
            read_good(&event(kind, &object))
        else {
            panic!("a refund");
        };
        let RefundSeen { standing, number, amount } = seen;
        assert_eq!((standing == RefundStanding::Done, number.as_deref()), (done, Some("re_1")));
        assert_eq!(amount, Some(Money::new(90, Currency::Cny)));
    }
    let bare = changed(session(), "metadata", json!({}));
    let known =
        PaymentNotice { payment: PAYMENT, order: None, standing: Standing::Paid(paid("pi_1")) };
    let read = read_good(&event("checkout.session.completed", &bare));
    assert_eq!(read, Ok(Notice::Payment(known)), "its reference is ours");
    let foreign = changed(bare, "client_reference_id", "user-7".into());
    for (kind, object) in [("checkout.session.completed", foreign), ("customer.created", json!({}))]
    {
        assert_eq!(read_good(&event(kind, &object)), Ok(Notice::Other(kind.into())));
    }
}

#[test]
fn a_good_signature_over_what_is_not_ours_is_refused() {
    let live =
        event("customer.created", &json!({})).replace("\"livemode\":false", "\"livemode\":true");
    assert_eq!(read_good(&live), Err(Refused::OtherAccount("livemode")));
    for (field, value, refused) in [
        ("payment_intent", Value::Null, Refused::Unreadable("payment_intent")),
        ("payment_intent", "../x".into(), Refused::Unreadable("payment_intent")),
        ("amount_total", 0.into(), Refused::Unreadable("amount")),
        ("amount_total", json!(19.9), Refused::Unreadable("object")),
        ("currency", "xxx".into(), Refused::Unreadable("currency")),
        ("status", "won".into(), Refused::Unreadable("payment_status")),
        ("metadata", json!({ "tessera_payment": "pay_1" }), Refused::Unreadable("tessera_payment")),
    ] {
        let body = event("checkout.session.completed", &changed(session(), field, value));
        assert_eq!(read_good(&body), Err(refused), "{field}");
    }
    let body = event("checkout.session.completed", &session());
    let twice = body.replace("\"amount_total\":1990", "\"amount_total\":1,\"amount_total\":1990");
    assert_eq!(read_good(&twice), Err(Refused::Unreadable("body")));
}

#[test]
fn forged_and_stripped_signatures_are_refused() {
    let body = event("checkout.session.completed", &session());
    let good = sign::write(SECRET, &body, NOW);
    let other = sign::write("whsec_other", &body, NOW);
    let code = |header: &str| header.split("v1=").nth(1).expect("a code").to_owned();
    let both = format!("{},v1={},v0=aa", other, code(&good));
    for (header, read) in
        [(&good, Ok(())), (&both, Ok(())), (&sign::write("whsec_old", &body, NOW), Ok(()))]
    {
        assert_eq!(read_with(header, &body).map(|_| ()), read, "{header}");
    }
    let unsigned = || Refused::Unsigned("Stripe-Signature");
    for (header, refused) in [
        (other, Refused::Forged),
        (sign::write(SECRET, &body.replace("1990", "1"), NOW), Refused::Forged),
        (good.replace("t=1800000000", "t=1800000001"), Refused::Forged),
        (good.replace("t=1800000000", "t=01800000000"), Refused::Forged),
        (good.replace("t=1800000000", "t=+1800000000"), unsigned()),
        (good.replace("v1=", "v0="), unsigned()),
        (good.replace("v1=", "v1=0"), unsigned()),
        (format!("t=1800000000,{good}"), unsigned()),
        (format!("v1={}", code(&good)), unsigned()),
        ("t=1800000000,v1=".into(), Refused::Forged),
        ("t=1800000000".into(), unsigned()),
        (format!("t=1800000000{}", ",v1=aa".repeat(9)), unsigned()),
        (String::new(), unsigned()),
    ] {
        assert_eq!(read_with(&header, &body), Err(refused), "{header}");
    }
    let none = notice::read(&account(), &HeaderMap::new(), body.as_bytes(), NOW);
    assert_eq!(none, Err(unsigned()));
}

#[test]
fn old_webhooks_are_refused_by_age() {
    let body = event("customer.created", &json!({}));
    let at = |s: i64| {
        let header = sign::write(SECRET, &body, NOW.plus_micros(s * 1_000_000));
        read_with(&header, &body).map(|_| ())
    };
    assert_eq!((at(300), at(-300)), (Ok(()), Ok(())));
    assert_eq!(
        (at(301), at(-301), at(-86_400)),
        (Err(Refused::Stale), Err(Refused::Stale), Err(Refused::Stale))
    );
}

proptest! {
    #[test]
    fn any_header_is_read_without_panic(header in "(t=|v1=|,|=|[0-9a-f]{1,4}| ){0,16}") {
        let read = read_with(header.trim(), "no body");
        prop_assert!(read.is_err());
    }

    #[test]
    fn any_signed_body_is_read_without_panic(body in "[{}\\[\\]\":,a-e0-9]{0,60}") {
        prop_assert!(read_good(&body).is_err());
    }
}

//! Notices: what is taken, and every forgery that is not.

use super::*;
use crate::pay::tests::{ORDER, PAYMENT, REFUND, paid};
use crate::pay::{
    Notice, Paid, PaymentNotice, RefundNotice, RefundSeen, RefundStanding, Refused, Standing, Why,
};
use kernel::{Currency, Money};
use proptest::prelude::*;

fn envelope(event: &str, associated: &str, resource: &str) -> String {
    json!({
        "id": "EV-2027011500000001",
        "create_time": "2027-01-15T16:00:00+08:00",
        "event_type": event,
        "resource_type": "encrypt-resource",
        "resource": sealed(associated, resource),
        "summary": "支付成功",
    })
    .to_string()
}

fn payment_of(transaction: &Value) -> String {
    envelope("TRANSACTION.SUCCESS", "transaction", &transaction.to_string())
}

/// Reads a body under the channel's good signature.
fn read_good(body: &str) -> Result<Notice, Refused> {
    notice::read(&account(), &header_map(&signed(body)), body.as_bytes(), NOW)
}

fn with(field: &str, value: Value) -> Value {
    let mut changed = transaction();
    changed[field] = value;
    changed
}

#[test]
fn a_payment_is_read_with_the_orders_total() {
    let mut money = paid("4200002027011500000000000001");
    let notice = |money: &Paid| {
        let standing = Standing::Paid(money.clone());
        Ok(Notice::Payment(PaymentNotice { payment: PAYMENT, order: Some(ORDER), standing }))
    };
    assert_eq!(read_good(&payment_of(&transaction())), notice(&money));
    money.paid_at = Some(NOW);
    let timed = with("success_time", "2027-01-15T16:00:00+08:00".into());
    assert_eq!(read_good(&payment_of(&timed)), notice(&money));
}

#[test]
fn states_are_told_apart() {
    let payerror = Standing::Failed(Why::new("PAYERROR", ""));
    for (state, standing) in [
        ("CLOSED", Standing::Closed),
        ("REVOKED", Standing::Closed),
        ("USERPAYING", Standing::Open),
        ("PAYERROR", payerror),
    ] {
        let body = envelope(
            "TRANSACTION.FAIL",
            "transaction",
            &with("trade_state", state.into()).to_string(),
        );
        let wanted =
            Notice::Payment(PaymentNotice { payment: PAYMENT, order: Some(ORDER), standing });
        assert_eq!(read_good(&body), Ok(wanted));
    }
    let returned = read_good(&payment_of(&with("trade_state", "REFUND".into())));
    assert!(
        matches!(returned, Ok(Notice::Payment(PaymentNotice { standing: Standing::Paid(p), .. })) if p.returned)
    );
    let other = read_good(&envelope("COUPON.USE", "coupon", "{}"));
    assert_eq!(other, Ok(Notice::Other("COUPON.USE".into())));
}

#[test]
fn refunds_are_read() {
    for (status, wanted) in [("SUCCESS", "Done"), ("CLOSED", "Failed"), ("ABNORMAL", "Abnormal")] {
        let resource = json!({
            "mchid": MCHID,
            "out_trade_no": PAYMENT.to_string(),
            "transaction_id": "4200002027011500000000000001",
            "out_refund_no": REFUND.to_string(),
            "refund_id": "50000000382027011500000001",
            "refund_status": status,
            "amount": { "total": 1990, "refund": 90, "payer_total": 1490, "payer_refund": 67 },
        });
        let body = envelope("REFUND.SUCCESS", "refund", &resource.to_string());
        let Ok(Notice::Refund(RefundNotice { refund: REFUND, payment: Some(PAYMENT), seen })) =
            read_good(&body)
        else {
            panic!("a refund: {:?}", read_good(&body));
        };
        let RefundSeen { standing, number, amount } = seen;
        assert!(format!("{standing:?}").starts_with(wanted), "{standing:?}");
        assert_eq!(standing == RefundStanding::Done, status == "SUCCESS");
        assert_eq!(number.as_deref(), Some("50000000382027011500000001"));
        assert_eq!(amount, Some(Money::new(90, Currency::Cny)));
        let other = envelope(
            "REFUND.SUCCESS",
            "refund",
            &resource.to_string().replace(MCHID, "1900000002"),
        );
        assert_eq!(read_good(&other), Err(Refused::OtherAccount("mchid")));
    }
}

#[test]
fn another_account_under_a_good_signature_is_refused() {
    for (field, value, refused) in [
        ("appid", "wx0000000000000000".into(), Refused::OtherAccount("appid")),
        ("mchid", "1900000002".into(), Refused::OtherAccount("mchid")),
        ("out_trade_no", "somebody-elses-1".into(), Refused::Unreadable("out_trade_no")),
        ("transaction_id", Value::Null, Refused::Unreadable("transaction_id")),
        ("amount", json!({ "total": 1990, "currency": "XXX" }), Refused::Unreadable("currency")),
        ("amount", json!({ "total": 0, "currency": "CNY" }), Refused::Unreadable("amount")),
        ("amount", json!({ "total": -1 }), Refused::Unreadable("amount")),
        ("amount", json!({ "total": 19.9 }), Refused::Unreadable("resource")),
        ("amount", json!({ "total": "1990" }), Refused::Unreadable("resource")),
        ("trade_state", "WON".into(), Refused::Unreadable("trade_state")),
    ] {
        assert_eq!(read_good(&payment_of(&with(field, value))), Err(refused), "{field}");
    }
}

#[test]
fn a_body_that_another_signature_covers_is_refused() {
    let headers = header_map(&signed(&payment_of(&transaction())));
    for (field, value) in [
        ("amount", json!({ "total": 1, "currency": "CNY" })),
        ("appid", "wx0000000000000000".into()),
        ("mchid", "1900000002".into()),
        ("out_trade_no", crate::pay::tests::OTHER_PAYMENT.to_string().into()),
    ] {
        let body = payment_of(&with(field, value));
        let read = notice::read(&account(), &headers, body.as_bytes(), NOW);
        assert_eq!(read, Err(Refused::Forged), "{field}");
    }
}

#[test]
fn wrong_keys_and_stripped_signatures_are_refused() {
    let body = payment_of(&transaction());
    let by = |key, serial| header_map(&signed_by(key, serial, &body, NOW));
    let without = |name: &str| {
        let mut headers = by(CHANNEL, PUBLIC_ID);
        headers.remove(name);
        headers
    };
    let set = |name: &'static str, value: &'static str| {
        let mut headers = by(CHANNEL, PUBLIC_ID);
        headers.insert(name, value.parse().expect("a header"));
        headers
    };
    let mut twice = by(CHANNEL, PUBLIC_ID);
    twice.append("Wechatpay-Serial", NEXT_ID.parse().expect("a header"));
    for (headers, refused) in [
        (by(NEXT, PUBLIC_ID), Refused::Forged),
        (by(MERCHANT, PUBLIC_ID), Refused::Forged),
        (by(CHANNEL, NEXT_ID), Refused::Forged),
        (by(CHANNEL, SERIAL), Refused::UnknownKey(SERIAL.into())),
        (without("Wechatpay-Signature"), Refused::Unsigned("Wechatpay-Signature")),
        (without("Wechatpay-Serial"), Refused::Unsigned("Wechatpay-Serial")),
        (without("Wechatpay-Timestamp"), Refused::Unsigned("Wechatpay-Timestamp")),
        (without("Wechatpay-Nonce"), Refused::Unsigned("Wechatpay-Nonce")),
        (set("Wechatpay-Signature", ""), Refused::Unsigned("Wechatpay-Signature")),
        (set("Wechatpay-Signature", "AAAA"), Refused::Forged),
        (set("Wechatpay-Signature", "not base64!"), Refused::Forged),
        (set("Wechatpay-Timestamp", "+1800000000"), Refused::Unsigned("Wechatpay-Timestamp")),
        (set("Wechatpay-Timestamp", "1800000001"), Refused::Forged),
        (set("Wechatpay-Nonce", "x"), Refused::Forged),
        (set("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3"), Refused::Algorithm),
        (set("Wechatpay-Signature-Type", ""), Refused::Algorithm),
        (twice, Refused::Unsigned("Wechatpay-Serial")),
    ] {
        assert_eq!(notice::read(&account(), &headers, body.as_bytes(), NOW), Err(refused));
    }
    assert!(notice::read(&account(), &by(NEXT, NEXT_ID), body.as_bytes(), NOW).is_ok(), "rotation");
    assert!(
        notice::read(&account(), &without("Wechatpay-Signature-Type"), body.as_bytes(), NOW)
            .is_ok()
    );
}

#[test]
fn probes_are_told_from_forgeries() {
    let mut headers = header_map(&signed("{}"));
    let probe = "WECHATPAY/SIGNTEST/4bTa".parse().expect("a header");
    headers.insert("Wechatpay-Signature", probe);
    let refused = notice::read(&account(), &headers, b"{}", NOW).expect_err("refused");
    assert_eq!((&refused, refused.is_alarming()), (&Refused::Probe, false));
    assert!(Refused::Forged.is_alarming());
}

#[test]
fn old_notices_are_refused_by_age() {
    let body = payment_of(&transaction());
    let headers = header_map(&signed(&body));
    let at = |s: i64| {
        let now = NOW.plus_micros(s * 1_000_000);
        notice::read(&account(), &headers, body.as_bytes(), now).map(|_| ())
    };
    assert_eq!((at(300), at(-300)), (Ok(()), Ok(())));
    assert_eq!((at(301), at(-301)), (Err(Refused::Stale), Err(Refused::Stale)));
    assert_eq!(at(86_400), Err(Refused::Stale));
}

#[test]
fn names_that_come_twice_are_refused() {
    let body = payment_of(&transaction());
    let twice = body.replacen('{', r#"{"event_type":"REFUND.SUCCESS","#, 1);
    assert_eq!(read_good(&twice), Err(Refused::Unreadable("body")));
    let resource = transaction().to_string();
    for (from, to) in [
        (r#""total":1990"#, r#""total":1990,"total":1"#),
        (r#""mchid""#, r#""mchid":"1900000002","mchid""#),
    ] {
        assert!(resource.contains(from));
        let body = envelope("TRANSACTION.SUCCESS", "transaction", &resource.replacen(from, to, 1));
        assert_eq!(read_good(&body), Err(Refused::Unreadable("resource")), "{to}");
    }
}

#[test]
fn seals_that_do_not_open_are_refused() {
    let good: Value = serde_json::from_str(&payment_of(&transaction())).expect("JSON");
    let sealed_text = good["resource"]["ciphertext"].as_str().expect("text").to_owned();
    let first = if sealed_text.starts_with('A') { "B" } else { "A" };
    for (field, value, refused) in [
        ("ciphertext", format!("{first}{}", &sealed_text[1..]), Refused::Sealed),
        ("ciphertext", "A".repeat(64), Refused::Sealed),
        ("ciphertext", String::new(), Refused::Sealed),
        ("nonce", "fdasflkja485".into(), Refused::Sealed),
        ("nonce", "short".into(), Refused::Sealed),
        ("associated_data", "refund".into(), Refused::Sealed),
        ("algorithm", "AEAD_SM4_GCM".into(), Refused::Algorithm),
    ] {
        let mut body = good.clone();
        body["resource"][field] = value.into();
        assert_eq!(read_good(&body.to_string()), Err(refused), "{field}");
    }
    let mut body = good;
    body["resource_type"] = "plain".into();
    assert_eq!(read_good(&body.to_string()), Err(Refused::Unreadable("resource_type")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_signed_body_is_read_without_panic(body in "[{}\\[\\]\":,a-e0-9]{0,60}") {
        prop_assert!(read_good(&body).is_err());
    }

    #[test]
    fn any_sealed_text_is_read_without_panic(text in "[{}\\[\\]\":,a-e0-9]{0,60}") {
        let body = envelope("TRANSACTION.SUCCESS", "transaction", &text);
        prop_assert!(read_good(&body).is_err());
        prop_assert!(read_good(&envelope("REFUND.CLOSED", "refund", &text)).is_err());
    }
}

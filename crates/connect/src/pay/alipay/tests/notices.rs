//! Notices: what is taken, and every forgery that is not.

use super::*;
use crate::pay::tests::{ORDER, OTHER_PAYMENT, PAYMENT};
use crate::pay::{Notice, PaymentNotice, Refused, Standing};
use proptest::prelude::*;

fn with(field: &str, value: &str) -> Fields {
    let mut changed = notice_fields();
    changed.insert(field.into(), value.into());
    changed
}

fn read_good(fields: &Fields) -> Result<Notice, Refused> {
    read(&signed_notice(fields, CHANNEL, "RSA2"))
}

fn read(body: &str) -> Result<Notice, Refused> {
    notice::read(&account(), body.as_bytes(), NOW)
}

fn payment(standing: Standing) -> Result<Notice, Refused> {
    Ok(Notice::Payment(PaymentNotice { payment: PAYMENT, order: Some(ORDER), standing }))
}

#[test]
fn a_payment_is_read_with_the_orders_total() {
    assert_eq!(read_good(&notice_fields()), payment(Standing::Paid(paid())));
    let finished = with("trade_status", "TRADE_FINISHED");
    assert_eq!(read_good(&finished), payment(Standing::Paid(paid())));
}

#[test]
fn states_are_told_apart() {
    let mut closed = with("trade_status", "TRADE_CLOSED");
    let mut returned = paid();
    returned.returned = true;
    assert_eq!(read_good(&closed), payment(Standing::Paid(returned.clone())), "paid, all back");
    closed.remove("gmt_payment");
    assert_eq!(read_good(&closed), payment(Standing::Closed));
    assert_eq!(read_good(&with("trade_status", "WAIT_BUYER_PAY")), payment(Standing::Open));
    assert_eq!(read_good(&with("refund_fee", "0.90")), payment(Standing::Paid(returned)));
    assert_eq!(read_good(&with("refund_fee", "0.00")), payment(Standing::Paid(paid())));
    let other = with("notify_type", "dut_user_sign");
    assert_eq!(read_good(&other), Ok(Notice::Other("dut_user_sign".into())));
}

#[test]
fn another_account_under_a_good_signature_is_refused() {
    for (field, value, refused) in [
        ("app_id", "2021000000000002", Refused::OtherAccount("app_id")),
        ("app_id", "", Refused::OtherAccount("app_id")),
        ("seller_id", "2088000000000002", Refused::OtherAccount("seller_id")),
        ("out_trade_no", "somebody-elses-1", Refused::Unreadable("out_trade_no")),
        ("trade_no", "", Refused::Unreadable("trade_no")),
        ("trade_status", "WON", Refused::Unreadable("trade_status")),
        ("total_amount", "19.901", Refused::Unreadable("total_amount")),
        ("total_amount", "-19.90", Refused::Unreadable("total_amount")),
        ("total_amount", " 19.90", Refused::Unreadable("total_amount")),
        ("total_amount", "0.00", Refused::Unreadable("total_amount")),
        ("total_amount", "1e3", Refused::Unreadable("total_amount")),
    ] {
        assert_eq!(read_good(&with(field, value)), Err(refused), "{field}={value}");
    }
}

#[test]
fn fields_that_another_signature_covers_are_refused() {
    let good = form::read(signed_notice(&notice_fields(), CHANNEL, "RSA2").as_bytes());
    let good = good.expect("a form");
    let other_payment = OTHER_PAYMENT.to_string();
    for (field, value) in [
        ("total_amount", "0.01"),
        ("app_id", "2021000000000002"),
        ("out_trade_no", other_payment.as_str()),
        ("seller_id", "2088000000000002"),
        ("trade_status", "TRADE_FINISHED"),
        ("one_more", "field"),
    ] {
        let mut changed = good.clone();
        changed.insert(field.into(), value.into());
        let body = form::write(changed.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        assert_eq!(read(&body), Err(Refused::Forged), "{field}");
    }
}

#[test]
fn wrong_keys_and_tricks_with_the_algorithm_are_refused() {
    let fields = notice_fields();
    assert_eq!(read(&signed_notice(&fields, NEXT, "RSA2")), Err(Refused::Forged));
    assert_eq!(read(&signed_notice(&fields, MERCHANT, "RSA2")), Err(Refused::Forged));
    for sign_type in ["RSA", "rsa2", "MD5", "NONE", "HMAC", "RSA2 "] {
        assert_eq!(
            read(&signed_notice(&fields, CHANNEL, sign_type)),
            Err(Refused::Algorithm),
            "{sign_type}"
        );
    }
    assert_eq!(read(&signed_notice(&fields, CHANNEL, "")), Err(Refused::Unsigned("sign_type")));
    let plain = form::write(fields.iter().map(|(n, v)| (n.as_str(), v.as_str())));
    for (end, refused) in [
        ("", Refused::Unsigned("sign")),
        ("&sign_type=RSA2", Refused::Unsigned("sign")),
        ("&sign=&sign_type=RSA2", Refused::Unsigned("sign")),
        ("&sign=AAAA&sign_type=RSA2", Refused::Forged),
        ("&sign=AAAA", Refused::Unsigned("sign_type")),
    ] {
        assert_eq!(read(&format!("{plain}{end}")), Err(refused), "{end}");
    }
}

#[test]
fn fields_that_come_twice_are_refused() {
    let body = signed_notice(&notice_fields(), CHANNEL, "RSA2");
    for more in ["&total_amount=0.01", "&app_id=1", "&sign_type=RSA2", "&%61pp_id=1"] {
        assert_eq!(read(&format!("{body}{more}")), Err(Refused::Unreadable("body")), "{more}");
        assert_eq!(read(&format!("{}&{body}", &more[1..])), Err(Refused::Unreadable("body")));
    }
}

#[test]
fn certificates_must_hold_and_be_the_one_that_is_named() {
    let read = |account: &AlipayAccount, fields: &Fields| {
        let body = signed_notice(fields, CHANNEL, "RSA2");
        notice::read(account, body.as_bytes(), NOW).map(|_| ())
    };
    let fields = notice_fields();
    assert_eq!(read(&certified(CHANNEL_CRT), &fields), Ok(()));
    assert_eq!(read(&certified(NEXT_CRT), &fields), Err(Refused::Forged));
    assert_eq!(read(&certified(EXPIRED_CRT), &fields), Err(Refused::KeyNotValid));
    assert_eq!(read(&certified(FUTURE_CRT), &fields), Err(Refused::KeyNotValid));
    let named = with("alipay_cert_sn", sn("channel.crt"));
    assert_eq!(read(&certified(CHANNEL_CRT), &named), Ok(()));
    let other = with("alipay_cert_sn", sn("next.crt"));
    let unknown = Refused::UnknownKey(sn("next.crt").into());
    assert_eq!(read(&certified(CHANNEL_CRT), &other), Err(unknown));
}

#[test]
fn a_notice_that_comes_again_a_day_later_says_the_same() {
    let body = signed_notice(&notice_fields(), CHANNEL, "RSA2");
    let later = notice::read(&account(), body.as_bytes(), NOW.plus_days(1));
    assert_eq!(later, read(&body));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_body_is_read_without_panic(body in "(sign=|sign_type=RSA2|&|app_id=|%|[a-z0-9]){0,16}") {
        prop_assert!(read(&body).is_err());
    }

    #[test]
    fn any_signed_field_is_read_without_panic(name in "(total_amount|trade_status|trade_no|refund_fee|x)", value in ".{0,24}") {
        let _ = read_good(&with(&name, &value));
    }
}

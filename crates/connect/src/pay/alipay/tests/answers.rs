//! What we make of answers. Only what is signed as it stands decides anything about money.

use super::*;
use crate::pay::tests::server::{Server, told};
use crate::pay::tests::{
    OTHER_PAYMENT, PAYMENT, REFUND, door, failed, good, intent, question, refund_intent,
    refund_question, unknown,
};
use crate::pay::{Account, Asked, Closure, Door, RefundStanding, Standing, Way};
use proptest::prelude::*;

async fn answering(status: u16, body: impl Into<String>) -> Door {
    let body = body.into();
    door(&Server::start(move |_| told(status, body.clone())).await)
}

fn account_of() -> Account {
    Account::Alipay(account())
}

fn refused(sub_code: &str) -> String {
    json!({ "code": "40004", "msg": "Business Failed", "sub_code": sub_code, "sub_msg": "why" })
        .to_string()
}

fn trade(status: &str) -> Value {
    json!({
        "code": "10000", "msg": "Success", "out_trade_no": PAYMENT.to_string(), "trade_no": TRADE,
        "trade_status": status, "total_amount": "19.90", "buyer_pay_amount": "14.90",
        "buyer_logon_id": "SECRET", "send_pay_date": "2027-01-15 16:00:00",
    })
}

async fn queried(object: &str) -> Asked<Standing> {
    let door = answering(200, answer("alipay.trade.query", object)).await;
    door.query(&account_of(), &question(None), NOW).await
}

#[tokio::test]
async fn payments_are_asked_about() {
    let mut unpaid = trade("TRADE_CLOSED");
    unpaid["send_pay_date"] = Value::Null;
    let mut returned = paid();
    returned.returned = true;
    for (object, standing) in [
        (trade("TRADE_SUCCESS").to_string(), Standing::Paid(paid())),
        (trade("TRADE_FINISHED").to_string(), Standing::Paid(paid())),
        (trade("WAIT_BUYER_PAY").to_string(), Standing::Open),
        (unpaid.to_string(), Standing::Closed),
        (trade("TRADE_CLOSED").to_string(), Standing::Paid(returned)),
        (refused("ACQ.TRADE_NOT_EXIST"), Standing::NotBegun),
    ] {
        assert_eq!(good(queried(&object).await), standing, "{object}");
    }
}

#[tokio::test]
async fn answers_that_say_nothing_are_not_known() {
    let changed = |field: &str, value: &str| {
        let mut changed = trade("TRADE_SUCCESS");
        changed[field] = value.into();
        changed.to_string()
    };
    for (object, code) in [
        (changed("out_trade_no", &OTHER_PAYMENT.to_string()), "other_account"),
        (changed("total_amount", "19.901"), "unreadable"),
        (changed("trade_status", "WON"), "unreadable"),
        (refused("ACQ.SYSTEM_ERROR"), "ACQ.SYSTEM_ERROR"),
        (refused("isp.unknow-error"), "isp.unknow-error"),
        (r#"{"code":"20000","sub_code":"aop.unknow-error"}"#.into(), "aop.unknow-error"),
        (r#"{"code":"40002","sub_code":"isv.invalid-signature"}"#.into(), "isv.invalid-signature"),
        (r#"{"code":"40004"}"#.into(), "40004"),
        (r#"{"code":"10000","code":"40004"}"#.into(), "unreadable"),
    ] {
        assert_eq!(unknown(&queried(&object).await), code, "{object}");
    }
}

#[tokio::test]
async fn the_signature_covers_the_text_as_it_stands() {
    let object = trade("TRADE_SUCCESS").to_string();
    let spaced = object.replace(":\"", " : \"").replace("19.90", "\\u0031\\u0039.90");
    assert_eq!(good(queried(&spaced).await), Standing::Paid(paid()));
    let name = "alipay_trade_query_response";
    let sign = super::sign(CHANNEL, &object);
    let not_exist = refused("ACQ.TRADE_NOT_EXIST");
    for (body, code) in [
        (format!(r#"{{"{name}":{spaced},"sign":"{sign}"}}"#), "bad_signature"),
        (
            format!(r#"{{"{name}":{},"sign":"{sign}"}}"#, object.replace("19.90", "0.01")),
            "bad_signature",
        ),
        (
            format!(r#"{{"{name}":{object},"sign":"{}"}}"#, super::sign(NEXT, &object)),
            "bad_signature",
        ),
        (format!(r#"{{"{name}":{not_exist},"sign":"{sign}"}}"#), "bad_signature"),
        (format!(r#"{{"{name}":{not_exist}}}"#), "ACQ.TRADE_NOT_EXIST"),
        (format!(r#"{{"{name}":{object}}}"#), "unsigned"),
        (format!(r#"{{"{name}":{object},"sign":""}}"#), "unsigned"),
        (format!(r#"{{"{name}":{object},"{name}":{object},"sign":"{sign}"}}"#), "unreadable"),
        (format!(r#"{{"alipay_trade_close_response":{object},"sign":"{sign}"}}"#), "unreadable"),
        (
            r#"{"error_response":{"code":"40002","sub_code":"isv.invalid-app-id"}}"#.into(),
            "isv.invalid-app-id",
        ),
    ] {
        let door = answering(200, body.clone()).await;
        let asked = door.query(&account_of(), &question(None), NOW).await;
        assert_eq!(unknown(&asked), code, "{body}");
    }
}

#[tokio::test]
async fn answers_name_the_certificate() {
    let object = trade("TRADE_SUCCESS").to_string();
    let body = |sn: &str| {
        let whole = answer("alipay.trade.query", &object);
        whole.replacen("\"sign\"", &format!("\"alipay_cert_sn\":\"{sn}\",\"sign\""), 1)
    };
    let ask = async |account: AlipayAccount, sn: &str| {
        let door = answering(200, body(sn)).await;
        door.query(&Account::Alipay(account), &question(None), NOW).await
    };
    good(ask(certified(CHANNEL_CRT), sn("channel.crt")).await);
    assert_eq!(unknown(&ask(certified(CHANNEL_CRT), sn("next.crt")).await), "unknown_key");
    assert_eq!(unknown(&ask(certified(EXPIRED_CRT), sn("expired.crt")).await), "key_not_valid");
    assert_eq!(unknown(&ask(certified(FUTURE_CRT), sn("future.crt")).await), "key_not_valid");
}

#[tokio::test]
async fn offers_fail_only_where_the_channel_says_no() {
    let ask = async |body: String| {
        answering(200, body).await.offer(&account_of(), &intent(Way::AlipayQr), NOW).await
    };
    let signed = |sub_code: &str| answer("alipay.trade.precreate", &refused(sub_code));
    assert_eq!(failed(&ask(signed("ACQ.INVALID_PARAMETER")).await), "ACQ.INVALID_PARAMETER");
    assert_eq!(unknown(&ask(signed("ACQ.TRADE_HAS_SUCCESS")).await), "ACQ.TRADE_HAS_SUCCESS");
    let other = json!({ "code": "10000", "out_trade_no": "other", "qr_code": "x" }).to_string();
    assert_eq!(unknown(&ask(answer("alipay.trade.precreate", &other)).await), "unreadable");
}

#[tokio::test]
async fn payments_are_closed() {
    let closed = json!({ "code": "10000", "out_trade_no": PAYMENT.to_string() }).to_string();
    for (object, closure) in [
        (closed, Closure::Closed),
        (refused("ACQ.TRADE_NOT_EXIST"), Closure::NotBegun),
        (refused("ACQ.TRADE_STATUS_ERROR"), Closure::AskAgain),
    ] {
        let door = answering(200, answer("alipay.trade.close", &object)).await;
        assert_eq!(good(door.close(&account_of(), &question(None), NOW).await), closure);
    }
}

#[tokio::test]
async fn refunds_go_their_ways() {
    let ask = async |object: String| {
        let door = answering(200, answer("alipay.trade.refund", &object)).await;
        door.refund(&account_of(), &refund_intent(TRADE), NOW).await
    };
    let done = |change: &str| {
        json!({ "code": "10000", "out_trade_no": PAYMENT.to_string(), "fund_change": change, "refund_fee": "9.90" }).to_string()
    };
    assert_eq!(good(ask(done("Y")).await).standing, RefundStanding::Done);
    assert_eq!(failed(&ask(refused("ACQ.TRADE_HAS_FINISHED")).await), "ACQ.TRADE_HAS_FINISHED");
    assert_eq!(unknown(&ask(refused("ACQ.SYSTEM_ERROR")).await), "ACQ.SYSTEM_ERROR");
    let poor = good(ask(refused("ACQ.SELLER_BALANCE_NOT_ENOUGH")).await);
    assert!(matches!(poor.standing, RefundStanding::Abnormal(_)));
    let other = done("Y").replace(&PAYMENT.to_string(), "other");
    assert_eq!(unknown(&ask(other).await), "other_account");
}

#[tokio::test]
async fn a_refund_that_moves_nothing_is_asked_about() {
    for (status, standing) in [
        ("REFUND_SUCCESS", RefundStanding::Done),
        ("REFUND_PROCESSING", RefundStanding::Processing),
        ("", RefundStanding::NotBegun),
    ] {
        let number = PAYMENT.to_string();
        let sent = json!({ "code": "10000", "out_trade_no": number, "fund_change": "N" });
        let asked = json!({
            "code": "10000", "out_trade_no": number, "out_request_no": REFUND.to_string(),
            "refund_status": status, "refund_amount": "9.90",
        });
        let server = Server::start(move |came| {
            let (method, object) = match came.path.contains("method=alipay.trade.refund&") {
                true => ("alipay.trade.refund", &sent),
                false => ("alipay.trade.fastpay.refund.query", &asked),
            };
            told(200, answer(method, &object.to_string()))
        });
        let server = server.await;
        let seen = door(&server).refund(&account_of(), &refund_intent(TRADE), NOW).await;
        assert_eq!(good(seen).standing, standing);
        assert_eq!(server.came().len(), 2, "sent, and asked about");
    }
}

#[tokio::test]
async fn refunds_are_asked_about() {
    let ask = async |object: String| {
        let door = answering(200, answer("alipay.trade.fastpay.refund.query", &object)).await;
        door.refund_query(&account_of(), &refund_question(TRADE, None), NOW).await
    };
    let seen = json!({
        "code": "10000", "out_trade_no": PAYMENT.to_string(), "out_request_no": REFUND.to_string(),
        "refund_status": "REFUND_SUCCESS", "refund_amount": "0.90", "total_amount": "19.90",
    });
    let done = good(ask(seen.to_string()).await);
    assert_eq!((done.standing, done.amount.map(|a| a.amount)), (RefundStanding::Done, Some(90)));
    let mut other = seen;
    other["out_request_no"] = "other".into();
    assert_eq!(unknown(&ask(other.to_string()).await), "other_account");
    assert_eq!(good(ask(r#"{"code":"10000"}"#.into()).await).standing, RefundStanding::NotBegun);
    assert_eq!(good(ask(refused("ACQ.TRADE_NOT_EXIST")).await).standing, RefundStanding::NotBegun);
}

#[tokio::test]
async fn credentials_are_tried() {
    let ask = async |body: String| answering(200, body).await.check(&account_of(), NOW).await;
    good(ask(answer("alipay.trade.query", &refused("ACQ.TRADE_NOT_EXIST"))).await);
    let wrong = r#"{"code":"40002","sub_code":"isv.invalid-signature"}"#;
    assert_eq!(failed(&ask(answer("alipay.trade.query", wrong)).await), "isv.invalid-signature");
    assert_eq!(
        failed(&ask(format!(r#"{{"error_response":{wrong}}}"#)).await),
        "isv.invalid-signature"
    );
    let forged = format!(r#"{{"alipay_trade_query_response":{wrong},"sign":"AAAA"}}"#);
    assert_eq!(unknown(&ask(forged).await), "bad_signature");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_answer_is_read_without_panic(
        text in "[{}\\[\\]\":,a-e0-9]{0,40}",
        front in "(\\{\"alipay_trade_query_response\":|\\{\"sign\":|)",
    ) {
        let body = format!("{front}{text}");
        let read = super::super::sign::verified_answer(&account(), "alipay.trade.query", body.as_bytes(), NOW);
        prop_assert!(read.is_err());
        let _ = super::super::sign::unsigned_answer("alipay.trade.query", body.as_bytes());
    }
}

//! What we make of answers. Only a signed answer decides anything about money.

use super::*;
use crate::pay::tests::server::{Server, Told, told};
use crate::pay::tests::*;
use crate::pay::{Account, Closure, Door, RefundStanding, Standing, Way, Why};

/// A door to a channel that always gives this answer, signed.
async fn answering(status: u16, body: impl Into<String>) -> Door {
    let body = body.into();
    door(
        &Server::start(move |_| Told { headers: signed(&body), ..told(status, body.clone()) })
            .await,
    )
}

fn account_of() -> Account {
    Account::Wechat(account())
}

fn error(code: &str) -> String {
    json!({ "code": code, "message": "say why" }).to_string()
}

#[tokio::test]
async fn payments_are_asked_about() {
    let state = |state: &str| {
        let mut changed = transaction();
        changed["trade_state"] = state.into();
        changed.to_string()
    };
    let mut returned = paid("4200002027011500000000000001");
    returned.returned = true;
    for (status, body, standing) in [
        (200, state("SUCCESS"), Standing::Paid(paid("4200002027011500000000000001"))),
        (200, state("REFUND"), Standing::Paid(returned)),
        (200, state("NOTPAY"), Standing::Open),
        (200, state("USERPAYING"), Standing::Open),
        (200, state("CLOSED"), Standing::Closed),
        (200, state("PAYERROR"), Standing::Failed(Why::new("PAYERROR", ""))),
        (404, error("ORDER_NOT_EXIST"), Standing::NotBegun),
        (404, error("ORDERNOTEXIST"), Standing::NotBegun),
    ] {
        let asked = answering(status, body).await.query(&account_of(), &question(None), NOW).await;
        assert_eq!(good(asked), standing);
    }
}

#[tokio::test]
async fn answers_for_others_and_refused_questions_are_not_known() {
    let changed = |field: &str, value: &str| {
        let mut changed = transaction();
        changed[field] = value.into();
        changed.to_string()
    };
    for (status, body, code) in [
        (200, changed("appid", "wx0000000000000000"), "other_account"),
        (200, changed("mchid", "1900000002"), "other_account"),
        (200, changed("out_trade_no", &OTHER_PAYMENT.to_string()), "other_account"),
        (200, changed("trade_state", "WON"), "unreadable"),
        (200, "{}".into(), "unreadable"),
        (401, error("SIGN_ERROR"), "SIGN_ERROR"),
        (403, error("NO_AUTH"), "NO_AUTH"),
        (404, error("MCH_NOT_EXISTS"), "MCH_NOT_EXISTS"),
        (404, "not found".into(), "http_404"),
        (500, error("ORDER_NOT_EXIST"), "ORDER_NOT_EXIST"),
    ] {
        let asked = answering(status, body).await.query(&account_of(), &question(None), NOW).await;
        assert_eq!(unknown(&asked), code);
    }
}

#[tokio::test]
async fn an_answer_that_is_not_well_signed_is_not_known() {
    let body = transaction().to_string();
    let later = NOW.plus_micros(301_000_000);
    for (headers, code) in [
        (signed_by(NEXT, PUBLIC_ID, &body, NOW), "bad_signature"),
        (signed_by(CHANNEL, PUBLIC_ID, "{}", NOW), "bad_signature"),
        (signed_by(CHANNEL, SERIAL, &body, NOW), "unknown_key"),
        (signed_by(CHANNEL, PUBLIC_ID, &body, later), "stale"),
        (Vec::new(), "unsigned"),
    ] {
        let body = body.clone();
        let server =
            Server::start(move |_| Told { headers: headers.clone(), ..told(200, body.clone()) });
        let asked = door(&server.await).query(&account_of(), &question(None), NOW).await;
        assert_eq!(unknown(&asked), code);
    }
    for status in [400, 404] {
        let body = error("ORDER_NOT_EXIST");
        let forged = signed_by(NEXT, PUBLIC_ID, &body, NOW);
        let server =
            Server::start(move |_| Told { headers: forged.clone(), ..told(status, body.clone()) });
        let door = door(&server.await);
        assert_eq!(
            unknown(&door.query(&account_of(), &question(None), NOW).await),
            "bad_signature"
        );
        assert_eq!(
            unknown(&door.offer(&account_of(), &intent(Way::WechatNative), NOW).await),
            "bad_signature"
        );
        assert_eq!(
            unknown(&door.refund(&account_of(), &refund_intent("42"), NOW).await),
            "bad_signature"
        );
    }
}

#[tokio::test]
async fn offers_fail_only_where_the_channel_says_no() {
    for (code, fails) in [
        ("PARAM_ERROR", true),
        ("APPID_MCHID_NOT_MATCH", true),
        ("SIGN_ERROR", true),
        ("OUT_TRADE_NO_USED", false),
        ("ORDERPAID", false),
        ("SYSTEM_ERROR", false),
    ] {
        let door = answering(400, error(code)).await;
        let asked = door.offer(&account_of(), &intent(Way::WechatNative), NOW).await;
        let known = if fails { failed(&asked) } else { unknown(&asked) };
        assert_eq!(known, code);
    }
    let asked =
        answering(200, "{}").await.offer(&account_of(), &intent(Way::WechatNative), NOW).await;
    assert_eq!(unknown(&asked), "unreadable");
}

#[tokio::test]
async fn payments_are_closed() {
    for (status, body, closure) in [
        (204, String::new(), Closure::Closed),
        (400, error("ORDER_CLOSED"), Closure::Closed),
        (400, error("ORDERPAID"), Closure::AskAgain),
        (404, error("ORDER_NOT_EXIST"), Closure::NotBegun),
    ] {
        let asked = answering(status, body).await.close(&account_of(), &question(None), NOW).await;
        assert_eq!(good(asked), closure);
    }
    let asked = answering(500, error("SYSTEM_ERROR"))
        .await
        .close(&account_of(), &question(None), NOW)
        .await;
    assert_eq!(unknown(&asked), "SYSTEM_ERROR");
}

fn refund(status: &str) -> String {
    json!({
        "refund_id": "50000000382027011500000001",
        "out_refund_no": REFUND.to_string(),
        "transaction_id": "4200002027011500000000000001",
        "out_trade_no": PAYMENT.to_string(),
        "status": status,
        "amount": { "total": 1990, "refund": 90, "payer_total": 1490, "payer_refund": 67, "currency": "CNY" },
    })
    .to_string()
}

#[tokio::test]
async fn refunds_go_their_ways() {
    let intent = refund_intent("4200002027011500000000000001");
    for (status, wanted) in
        [("SUCCESS", "Done"), ("PROCESSING", "Processing"), ("ABNORMAL", "Abnormal")]
    {
        let asked = answering(200, refund(status)).await.refund(&account_of(), &intent, NOW).await;
        assert!(format!("{:?}", good(asked).standing).starts_with(wanted));
    }
    let asked = answering(200, refund("CLOSED")).await.refund(&account_of(), &intent, NOW).await;
    assert_eq!(failed(&asked), "CLOSED");
    let asked =
        answering(400, error("INVALID_REQUEST")).await.refund(&account_of(), &intent, NOW).await;
    assert_eq!(failed(&asked), "INVALID_REQUEST");
    for (status, code) in [(401, "SIGN_ERROR"), (429, "FREQUENCY_LIMITED"), (400, "SYSTEM_ERROR")] {
        let asked = answering(status, error(code)).await.refund(&account_of(), &intent, NOW).await;
        assert_eq!(unknown(&asked), code);
    }
    let asked = answering(403, error("NOT_ENOUGH")).await.refund(&account_of(), &intent, NOW).await;
    assert!(
        matches!(good(asked).standing, RefundStanding::Abnormal(why) if why.code == "NOT_ENOUGH")
    );
    let other = refund("SUCCESS").replace(&REFUND.to_string(), "rfd_other");
    let asked = answering(200, other).await.refund(&account_of(), &intent, NOW).await;
    assert_eq!(unknown(&asked), "other_account");
}

#[tokio::test]
async fn refunds_are_asked_about() {
    let question = refund_question("4200002027011500000000000001", None);
    let asked =
        answering(200, refund("SUCCESS")).await.refund_query(&account_of(), &question, NOW).await;
    let seen = good(asked);
    assert_eq!((seen.standing, seen.amount.map(|a| a.amount)), (RefundStanding::Done, Some(90)));
    let asked = answering(404, error("RESOURCE_NOT_EXISTS")).await;
    let asked = asked.refund_query(&account_of(), &question, NOW).await;
    assert_eq!(good(asked).standing, RefundStanding::NotBegun);
    let asked =
        answering(200, refund("CLOSED")).await.refund_query(&account_of(), &question, NOW).await;
    assert!(matches!(good(asked).standing, RefundStanding::Failed(_)));
}

#[tokio::test]
async fn credentials_are_tried() {
    let asked = answering(404, error("ORDER_NOT_EXIST")).await.check(&account_of(), NOW).await;
    good(asked);
    let server = Server::start(|_| told(401, error("SIGN_ERROR"))).await;
    assert_eq!(failed(&door(&server).check(&account_of(), NOW).await), "SIGN_ERROR");
}

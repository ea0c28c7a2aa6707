//! The control API, the cashier, the faults and the books.

use super::merchant::{Fixture, WechatCall};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

async fn order(fixture: &Fixture, number: &str, total: i64) -> String {
    let account = fixture.merchant(0).wechat;
    let body = json!({
        "appid": account.appid,
        "mchid": account.mchid,
        "description": "<b>Card</b>",
        "out_trade_no": number,
        "notify_url": fixture.notify_url,
        "amount": { "total": total },
    });
    let call = WechatCall::new(fixture, 0, "/v3/pay/transactions/native", &body.to_string());
    let (status, answer) = call.answer(fixture).await;
    assert_eq!(status, 200, "{answer}");
    answer["code_url"].as_str().unwrap().to_owned()
}

fn query(fixture: &Fixture, number: &str) -> WechatCall {
    let mchid = fixture.merchant(0).wechat.mchid;
    let path = format!("/v3/pay/transactions/out-trade-no/{number}?mchid={mchid}");
    WechatCall::new(fixture, 0, &path, "")
}

#[tokio::test]
async fn what_payers_do_is_booked() {
    let mut fixture = Fixture::start().await;
    for (number, action, charges) in [
        ("acts-pay", "pay", vec![101]),
        ("acts-fail", "fail", vec![]),
        ("acts-twice", "pay_twice", vec![101, 101]),
        ("acts-less", "underpay", vec![50]),
    ] {
        order(&fixture, number, 101).await;
        let path = format!("payments/{number}");
        let (status, answer) = fixture.control(&path, json!({ "action": action })).await;
        assert_eq!(status, 200, "{answer}");
        let paid: Vec<i64> = answer["charges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|charge| charge["amount"].as_i64().unwrap())
            .collect();
        assert_eq!(paid, charges, "{action}");
        for _ in charges {
            fixture.next_notice().await;
        }
    }
    assert!(fixture.told.try_recv().is_err());
    let books = fixture.running.books();
    assert_eq!(books["balanced"], true);
    let sum = &books["merchants"][0]["sums"][0];
    assert_eq!(
        (&sum["payments"], &sum["paid"], &sum["balance"]),
        (&json!(4), &json!(353), &json!(353))
    );
    let (status, _) = fixture.control("payments/acts-pay", json!({ "action": "pay" })).await;
    assert_eq!(status, 409);
    let (status, _) = fixture.control("payments/none", json!({ "action": "pay" })).await;
    assert_eq!(status, 404);
    let (status, _) = fixture.control("payments/acts-pay", json!({ "action": "steal" })).await;
    assert_eq!(status, 422);
}

#[tokio::test]
async fn a_payer_whose_bank_was_at_it_pays_a_closed_order() {
    let mut fixture = Fixture::start().await;
    order(&fixture, "acts-late", 100).await;
    let late = json!({ "action": "pay_after", "seconds": 1 });
    assert_eq!(fixture.control("payments/acts-late", late).await.0, 200);
    let mchid = fixture.merchant(0).wechat.mchid;
    let path = "/v3/pay/transactions/out-trade-no/acts-late/close";
    let close = WechatCall::new(&fixture, 0, path, &json!({ "mchid": mchid }).to_string());
    assert_eq!(close.answer(&fixture).await.0, 204);
    assert_eq!(query(&fixture, "acts-late").answer(&fixture).await.1["trade_state"], "CLOSED");
    fixture.next_notice().await;
    assert_eq!(query(&fixture, "acts-late").answer(&fixture).await.1["trade_state"], "SUCCESS");
}

#[tokio::test]
async fn faults_are_of_one_channel_until_they_are_taken_back() {
    let fixture = Fixture::start().await;
    order(&fixture, "faults", 100).await;
    let fault = |kind: &str| json!({ "channel": "wechat", "fault": kind, "seconds": 1 });
    assert_eq!(fixture.control("faults", fault("500")).await.0, 200);
    let (status, answer) = query(&fixture, "faults").answer(&fixture).await;
    assert_eq!((status, &answer["code"]), (500, &json!("SYSTEM_ERROR")));
    fixture.control("faults", fault("slow")).await;
    let begun = Instant::now();
    assert_eq!(query(&fixture, "faults").answer(&fixture).await.0, 200);
    assert!(begun.elapsed() >= Duration::from_secs(1));
    fixture.control("faults", fault("silent")).await;
    assert_eq!(query(&fixture, "faults").send(&fixture).await.0, 504);
    fixture.control("faults", fault("none")).await;
    assert_eq!(query(&fixture, "faults").answer(&fixture).await.0, 200);
    let unknown = json!({ "channel": "paypal", "fault": "slow" });
    assert_eq!(fixture.control("faults", unknown).await.0, 422);
}

#[tokio::test]
async fn notices_get_lost_repeated_and_out_of_order() {
    let mut fixture = Fixture::start().await;
    let fault = |kind: &str| json!({ "channel": "wechat", "fault": kind, "seconds": 1 });
    order(&fixture, "notices-repeated", 100).await;
    fixture.control("faults", fault("repeat")).await;
    fixture.control("payments/notices-repeated", json!({ "action": "pay" })).await;
    for _ in 0..10 {
        fixture.next_notice().await;
    }
    fixture.control("faults", fault("out_of_order")).await;
    for number in ["notices-first", "notices-second"] {
        order(&fixture, number, 100).await;
        fixture.control(&format!("payments/{number}"), json!({ "action": "pay" })).await;
    }
    for _ in 0..2 {
        fixture.next_notice().await;
    }
    let attempts = fixture.running.shared.attempts.lock();
    let order: Vec<_> = attempts.iter().skip(10).map(|attempt| attempt.number.clone()).collect();
    assert_eq!(order[0], "notices-second");
}

#[tokio::test]
async fn forgeries_are_sent_and_change_no_book() {
    let mut fixture = Fixture::start().await;
    order(&fixture, "forged-number", 100).await;
    *fixture.answer.lock() = (axum::http::StatusCode::UNAUTHORIZED, "");
    let (_, answer) = fixture.control("payments/forged-number", json!({ "action": "forge" })).await;
    let forged = answer["forged"].as_array().unwrap();
    assert_eq!(forged.len(), 9);
    for one in forged {
        assert_eq!((&one["status"], &one["confirmed"]), (&json!(401), &json!(false)));
        fixture.next_notice().await;
    }
    assert_eq!(fixture.running.books()["movements"], json!([]));
}

#[tokio::test]
async fn a_person_pays_at_the_cashier() {
    let mut fixture = Fixture::start().await;
    let code = order(&fixture, "cashier-number", 1234).await;
    let url = |path: &str| format!("{}{path}", fixture.running.url());
    let opened = fixture.client.get(url("/cashier")).query(&[("code", &code)]);
    let opened = opened.send().await.unwrap();
    assert_eq!(opened.status(), 303);
    let page = url(opened.headers()["location"].to_str().unwrap());
    let read = async |language: &'static str| {
        let request = fixture.client.get(&page).header("accept-language", language);
        request.send().await.unwrap().text().await.unwrap()
    };
    let (zh, en) = (read("zh-CN").await, read("en").await);
    assert!(zh.contains("¥12.34") && zh.contains("确认支付") && zh.contains("lang=\"zh\""));
    assert!(en.contains("¥12.34") && en.contains("Pay now") && !en.contains("确认支付"));
    assert!(!en.contains("<b>Card") && en.contains("Card"));
    for (action, word) in [("fail", "The bank refused"), ("pay", "Paid")] {
        let form = format!("action={action}&lang=en");
        let request = fixture.client.post(&page).body(form);
        let done = request.header("content-type", "application/x-www-form-urlencoded");
        let done = done.send().await.unwrap();
        let next = url(done.headers()["location"].to_str().unwrap());
        let text = fixture.client.get(next).send().await.unwrap().text().await.unwrap();
        assert!(text.contains(word), "{text}");
    }
    fixture.next_notice().await;
    let control = fixture.client.get(format!("{}/control?lang=en", fixture.running.url()));
    let control = control.send().await.unwrap().text().await.unwrap();
    assert!(control.contains("cashier-number") && control.contains("¥12.34"));
}

#[tokio::test]
async fn control_is_for_this_machine() {
    let fixture = Fixture::start().await;
    let url = format!("{}/control/books", fixture.running.url());
    for (name, value, status) in [
        ("host", "sandbox.example", 403),
        ("origin", "https://shop.example", 403),
        ("origin", "null", 403),
        ("origin", "http://127.0.0.1:1", 200),
    ] {
        let answer = fixture.client.get(&url).header(name, value).send().await.unwrap();
        assert_eq!(answer.status(), status, "{name}: {value}");
    }
    let books: Value = fixture.client.get(&url).send().await.unwrap().json().await.unwrap();
    assert_eq!(books["balanced"], true);
}

#[tokio::test]
async fn it_listens_on_loopback_only() {
    let settings = crate::Settings { listen: ([0, 0, 0, 0], 0).into(), ..Default::default() };
    assert!(crate::start(settings).await.is_err());
}

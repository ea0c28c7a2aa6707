//! What goes amiss between us and a channel: answers that do not come, notices that are lost, late or ten times there, money that
//! is too little, too much, too late.

use super::shop::{METHODS, PRICE, Shop};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::{Db, Kind, on_both};

on_both!(
    a_lost_notice_is_found_by_asking,
    a_notice_ten_times_and_out_of_order_has_one_effect,
    a_notice_before_the_answer_to_the_request_counts,
    money_that_is_wrong_comes_back,
    an_order_that_nobody_paid_is_closed_at_the_channel_before_its_stock_returns,
    without_an_answer_stock_returns_after_a_minute_and_latecomers_get_their_money,
    a_cancelled_order_is_closed_at_the_channel,
    money_that_was_begun_at_an_archived_account_comes_and_goes_back,
    an_abnormal_refund_waits_for_a_person_and_is_done,
    a_channel_that_hangs_slows_no_other,
);

async fn a_lost_notice_is_found_by_asking(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("L", 9).await;
    shop.fault("all", "no_notices", json!({})).await;
    for (method, _) in METHODS {
        let (order, payment) = shop.begun(method, 1).await;
        shop.act(&payment, &json!({ "action": "pay" })).await;
        shop.pass(6);
        shop.until(&order, "delivered").await;
    }
    db.assert_sound().await;
}

async fn a_notice_ten_times_and_out_of_order_has_one_effect(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 1).await;
    shop.stock("T", 9).await;
    for fault in ["repeat", "out_of_order"] {
        shop.fault("all", fault, json!({ "seconds": 1 })).await;
        for (method, _) in [METHODS[0], METHODS[3], METHODS[4]] {
            let (order, payment) = shop.begun(method, 1).await;
            shop.act(&payment, &json!({ "action": "pay" })).await;
            shop.until(&order, "delivered").await;
            shop.act(&payment, &json!({ "action": "repeat" })).await;
            let receipts = shop.get(&format!("/v1/orders/{order}/payments")).await;
            let receipts = receipts["data"][0]["receipts"].as_array().map(Vec::len);
            assert_eq!(receipts, Some(1), "{method} {fault}");
        }
    }
    db.assert_sound().await;
}

/// The channel carries a request out and answers late; the buyer has paid meanwhile.
async fn a_notice_before_the_answer_to_the_request_counts(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("A", 9).await;
    for (method, channel) in METHODS {
        let order = shop.order(1).await;
        shop.fault(channel, "slow", json!({ "seconds": 2 })).await;
        let answer = tokio::join!(shop.begin(&order, method), async {
            let begun = Instant::now();
            let payment = loop {
                let found = shop.get(&format!("/v1/orders/{order}/payments")).await;
                if let Some(id) = found["data"][0]["id"].as_str() {
                    let path = format!("payments/{id}");
                    let (status, _) = shop.control(&path, &json!({ "action": "pay" })).await;
                    if status == 200 {
                        break id.to_owned();
                    }
                }
                assert!(begun.elapsed() < Duration::from_secs(30), "{method}: {found}");
                tokio::time::sleep(Duration::from_millis(20)).await;
            };
            shop.fault(channel, "none", json!({})).await;
            payment
        });
        shop.until(&order, "delivered").await;
        assert_eq!(answer.0.json["id"], answer.1, "{}", answer.0.text);
    }
    db.assert_sound().await;
}

async fn money_that_is_wrong_comes_back(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("M", 20).await;
    for (method, _) in [METHODS[0], METHODS[3], METHODS[4]] {
        let (order, payment) = shop.begun(method, 1).await;
        shop.act(&payment, &json!({ "action": "pay_twice" })).await;
        shop.until(&order, "delivered").await;
        let (_, refunds) = shop.until_settled(&order).await;
        let back = sum_back(&refunds);
        assert_eq!(back, PRICE, "{method}: {refunds}");

        let (order, payment) = shop.begun(method, 1).await;
        shop.act(&payment, &json!({ "action": "underpay" })).await;
        let begun = Instant::now();
        while sum_back(&shop.get(&format!("/v1/orders/{order}/refunds")).await) == 0 {
            assert!(begun.elapsed() < Duration::from_secs(60), "{method}: too little stays");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let (_, refunds) = shop.until_settled(&order).await;
        assert_eq!(sum_back(&refunds), PRICE / 2, "{method}: {refunds}");
        assert_eq!(shop.get(&format!("/v1/orders/{order}")).await["state"], "pending_payment");
    }
    shop.agrees_with_the_channels().await;
    db.assert_sound().await;
}

async fn an_order_that_nobody_paid_is_closed_at_the_channel_before_its_stock_returns(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("N", 5).await;
    let mut begun = Vec::new();
    for (method, _) in METHODS {
        begun.push(shop.begun(method, 1).await);
    }
    let nothing_left = json!({ "sku": shop.sku, "quantity": 1, "buyer": { "external_id": "c" } });
    assert_eq!(shop.caller.post("/v1/orders", &nothing_left).await.code(), "out_of_stock");
    shop.pass(15 * 60 + 1);
    for (order, payment) in &begun {
        shop.until(order, "cancelled").await;
        let payment = shop.get(&format!("/v1/payments/{payment}")).await;
        assert_eq!(payment["state"], "closed", "{payment}");
    }
    for (_, payment) in &begun {
        let (status, said) =
            shop.control(&format!("payments/{payment}"), &json!({ "action": "pay" })).await;
        assert_eq!(status, 409, "nobody pays it any more: {said}");
    }
    assert_eq!(shop.order(5).await.len(), 30);
    db.assert_sound().await;
}

async fn without_an_answer_stock_returns_after_a_minute_and_latecomers_get_their_money(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("V", 1).await;
    let (order, payment) = shop.begun("wechat_native", 1).await;
    // The payer's bank is at it while the channel has no answer for us.
    shop.act(&payment, &json!({ "action": "pay_after", "seconds": 12 })).await;
    shop.fault("wechat", "500", json!({})).await;
    shop.pass(15 * 60 + 1);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let waits = shop.get(&format!("/v1/orders/{order}")).await;
    assert_eq!(waits["state"], "pending_payment", "its stock waits for the channel's word");
    shop.pass(61);
    let begun = Instant::now();
    while shop.get(&format!("/v1/orders/{order}")).await["state"] != "cancelled" {
        assert!(begun.elapsed() < Duration::from_secs(30), "its stock still waits");
        tokio::time::sleep(Duration::from_millis(50)).await;
        shop.pass(1);
    }
    // Somebody else buys the piece; then the money comes.
    let other = shop.order(1).await;
    shop.fault("wechat", "none", json!({})).await;
    let begun = Instant::now();
    while sum_back(&shop.get(&format!("/v1/orders/{order}/refunds")).await) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "the late money stays");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let (payments, refunds) = shop.until_settled(&order).await;
    assert_eq!(payments["data"][0]["state"], "returned", "{payments}");
    assert_eq!(sum_back(&refunds), PRICE, "{refunds}");
    assert_eq!(shop.get(&format!("/v1/orders/{other}")).await["state"], "pending_payment");
    shop.agrees_with_the_channels().await;
    db.assert_sound().await;
}

async fn a_cancelled_order_is_closed_at_the_channel(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("C", 3).await;
    for (method, _) in [METHODS[0], METHODS[4]] {
        let (order, payment) = shop.begun(method, 1).await;
        let cancelled = shop.caller.post(&format!("/v1/orders/{order}/cancel"), &json!({})).await;
        assert_eq!(cancelled.status, 200, "{}", cancelled.text);
        let (payments, _) = shop.until_settled(&order).await;
        assert_eq!(payments["data"][0]["state"], "closed", "{payments}");
        let pay = json!({ "action": "pay" });
        let (status, said) = shop.control(&format!("payments/{payment}"), &pay).await;
        assert_eq!(status, 409, "{method}: {said}");
    }
    db.assert_sound().await;
}

async fn money_that_was_begun_at_an_archived_account_comes_and_goes_back(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("Y", 9).await;
    let mut begun = Vec::new();
    for (method, _) in METHODS {
        begun.push(shop.begun(method, 1).await);
    }
    let stored = shop.get("/v1/payment-accounts").await;
    for account in stored["data"].as_array().expect("accounts") {
        let path = format!("/v1/payment-accounts/{}/archive", account["id"].as_str().expect("it"));
        assert_eq!(shop.caller.post(&path, &json!({})).await.status, 200);
    }
    let refused = shop.begin(&shop.order(1).await, "wechat_native").await;
    assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
    // Half of them are told of, the others are found by asking.
    for (n, (_, payment)) in begun.iter().enumerate() {
        shop.fault("all", if n % 2 == 0 { "none" } else { "no_notices" }, json!({})).await;
        shop.act(payment, &json!({ "action": "pay" })).await;
    }
    shop.pass(6);
    for (order, _) in &begun {
        shop.until(order, "delivered").await;
    }
    for (order, _) in &begun {
        assert_eq!(shop.give_back(order, None).await.status, 201);
        let (_, refunds) = shop.until_settled(order).await;
        assert_eq!(refunds["data"][0]["state"], "succeeded", "{refunds}");
    }
    shop.agrees_with_the_channels().await;
    db.assert_sound().await;
}

async fn an_abnormal_refund_waits_for_a_person_and_is_done(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("R", 3).await;
    let (order, payment) = shop.begun("wechat_native", 1).await;
    shop.act(&payment, &json!({ "action": "pay" })).await;
    shop.until(&order, "delivered").await;
    shop.fault("wechat", "refund_abnormal", json!({})).await;
    let asked = shop.give_back(&order, None).await;
    let refund = super::shop::id(&asked);
    let (_, refunds) = shop.until_settled(&order).await;
    assert_eq!(refunds["data"][0]["state"], "failed", "{refunds}");
    shop.fault("wechat", "none", json!({})).await;
    // A person hands the money over at the channel, which tells of it.
    let (status, said) =
        shop.control(&format!("refunds/{refund}"), &json!({ "action": "succeed" })).await;
    assert_eq!(status, 200, "{said}");
    let begun = Instant::now();
    while shop.get(&format!("/v1/refunds/{refund}")).await["state"] != "succeeded" {
        assert!(begun.elapsed() < Duration::from_secs(30), "it is done at the channel");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    shop.agrees_with_the_channels().await;
    db.assert_sound().await;
}

async fn a_channel_that_hangs_slows_no_other(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("H", 60).await;
    let mut orders = Vec::new();
    for _ in 0..50 {
        orders.push(shop.order(1).await);
    }
    shop.fault("wechat", "silent", json!({ "seconds": 30 })).await;
    let hanging = futures_util::future::join_all(
        orders.iter().map(|order| shop.begin(order, "wechat_native")),
    );
    let others = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut slowest = Duration::ZERO;
        for _ in 0..5 {
            let begun = Instant::now();
            let (order, payment) = shop.begun("alipay_qr", 1).await;
            shop.act(&payment, &json!({ "action": "pay" })).await;
            shop.until(&order, "delivered").await;
            slowest = slowest.max(begun.elapsed());
        }
        slowest
    };
    let begun = Instant::now();
    let (answers, slowest) = tokio::join!(hanging, others);
    assert!(slowest < Duration::from_secs(4), "another channel took {slowest:?}");
    assert!(begun.elapsed() < Duration::from_secs(20), "callers hung {:?}", begun.elapsed());
    assert!(answers.iter().all(|answer| answer.status == 503), "nobody knows");
    db.assert_sound().await;
}

fn sum_back(refunds: &Value) -> i64 {
    let back = refunds["data"].as_array().into_iter().flatten();
    back.filter_map(|refund| refund["amount"]["amount"].as_i64()).sum()
}

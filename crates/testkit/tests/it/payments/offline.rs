//! Transfers to the merchant's bank account: a person says that they came, and what is for no goods is transferred back by hand.

use super::shop::Shop;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::{Answer, Db, Kind, on_both};

on_both!(
    a_transfer_that_is_confirmed_brings_the_goods,
    a_transfer_of_another_amount_goes_back_by_hand,
    an_order_waits_for_its_transfer_and_no_longer,
    only_what_waits_for_a_transfer_is_confirmed,
);

const PRICE: i64 = 1_000;
const DETAILS: &str = "招商银行上海分行\n6214 8500 0000 0000\n星河数娱";

/// A shop that takes transfers, and a SKU with codes.
async fn open(db: &Db) -> (Shop, String) {
    let shop = Shop::open(db).await;
    let sku = shop.caller.sku(PRICE, json!({})).await;
    shop.caller.stock(&sku, "T", 9).await;
    let set = shop.caller.request(reqwest::Method::PATCH, "/v1/offline_transfer");
    let set = set.json(&json!({ "enabled": true, "details": DETAILS, "hours": 48 }));
    let set = shop.caller.send(set).await;
    assert_eq!(set.status, 200, "{}", set.text);
    (shop, sku)
}

impl Shop {
    async fn transfer(&self, order: &str) -> Answer {
        let body = json!({ "method": "offline" });
        self.caller.post(&format!("/v1/orders/{order}/payments"), &body).await
    }

    async fn confirm(&self, payment: &str, reference: &str, fen: i64) -> Answer {
        let amount = json!({ "amount": fen, "currency": "CNY" });
        let body = json!({ "reference": reference, "amount": amount });
        self.caller.post(&format!("/v1/payments/{payment}/confirm"), &body).await
    }

    /// The refund of a payment, once no channel did it.
    async fn left_to_a_person(&self, payment: &str) -> Value {
        let begun = Instant::now();
        loop {
            let found = self.caller.get(&format!("/v1/refunds?payment={payment}")).await;
            let refund = &found.json["data"][0];
            if refund["state"] == "failed" {
                return refund.clone();
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "{}", found.text);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn id(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json["id"].as_str().expect("an id").to_owned()
}

async fn a_transfer_that_is_confirmed_brings_the_goods(kind: Kind) {
    let db = Db::new(kind);
    let (shop, sku) = open(&db).await;
    let order = shop.place(&sku, 1, "buyer").await;
    let begun = shop.transfer(&order).await;
    let payment = id(&begun);
    assert_eq!(begun.json["transfer"]["details"], DETAILS, "{}", begun.text);
    let number = shop.caller.get(&format!("/v1/orders/{order}")).await.json["number"].clone();
    assert_eq!(begun.json["transfer"]["reference"], number, "{}", begun.text);
    let shown = shop.caller.get(&format!("/v1/payments/{payment}")).await;
    assert_eq!(shown.json["transfer"], begun.json["transfer"], "{}", shown.text);
    shop.pass(2 * 3_600);
    for _ in 0..3 {
        let confirmed = shop.confirm(&payment, "ICBC-2026113000017", PRICE).await;
        assert_eq!(confirmed.status, 200, "{}", confirmed.text);
        assert_eq!(confirmed.json["state"], "succeeded", "{}", confirmed.text);
    }
    assert_eq!(shop.state(&order).await, "delivered");
    let shown = shop.caller.get(&format!("/v1/payments/{payment}")).await;
    assert_eq!(shown.json["receipts"].as_array().map(Vec::len), Some(1), "{}", shown.text);
    assert_eq!(shown.json["channel_number"], "ICBC-2026113000017", "{}", shown.text);
    assert_eq!(shown.json["transfer"], json!(null), "{}", shown.text);
    // Another transfer for the same order, and the same transfer for another order.
    let twice = shop.confirm(&payment, "ICBC-2026113000018", PRICE).await;
    assert_eq!(twice.json["state"], "succeeded", "{}", twice.text);
    assert_eq!(shop.left_to_a_person(&payment).await["cause"], "paid_twice");
    let other = id(&shop.transfer(&shop.place(&sku, 1, "other").await).await);
    let again = shop.confirm(&other, "ICBC-2026113000017", PRICE).await;
    assert_eq!((again.status, again.code()), (422, "invalid"), "{}", again.text);
    shop.close(&db).await;
}

async fn a_transfer_of_another_amount_goes_back_by_hand(kind: Kind) {
    let db = Db::new(kind);
    let (shop, sku) = open(&db).await;
    for (buyer, fen, state, cause, back) in [
        ("less", PRICE - 1, "pending_payment", "underpaid", PRICE - 1),
        ("more", PRICE + 7, "delivered", "overpaid", 7),
    ] {
        let order = shop.place(&sku, 1, buyer).await;
        let payment = id(&shop.transfer(&order).await);
        let confirmed = shop.confirm(&payment, &format!("R-{buyer}"), fen).await;
        assert_eq!(confirmed.status, 200, "{}", confirmed.text);
        assert_eq!(shop.state(&order).await, state, "{buyer}");
        let refund = shop.left_to_a_person(&payment).await;
        assert_eq!((&refund["cause"], &refund["method"]), (&json!(cause), &json!("offline")));
        assert_eq!(refund["amount"]["amount"], back, "{refund}");
        let path = format!("/v1/refunds/{}/confirm", refund["id"].as_str().expect("an id"));
        for _ in 0..2 {
            let done = shop.caller.post(&path, &json!({})).await;
            assert_eq!(
                (done.status, &done.json["state"]),
                (200, &json!("succeeded")),
                "{}",
                done.text
            );
        }
    }
    let order = shop.place(&sku, 1, "by test").await;
    let payment = shop.start(&order).await;
    shop.drive(&payment, json!({ "action": "overpay" })).await;
    let of_test = shop.caller.get(&format!("/v1/refunds?payment={payment}")).await;
    let path = of_test.json["data"][0]["id"].as_str().expect("a refund");
    let refused = shop.caller.post(&format!("/v1/refunds/{path}/confirm"), &json!({})).await;
    assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
    shop.close(&db).await;
}

async fn an_order_waits_for_its_transfer_and_no_longer(kind: Kind) {
    let db = Db::new(kind);
    let (shop, sku) = open(&db).await;
    let (order, other) = (shop.place(&sku, 1, "a").await, shop.place(&sku, 1, "b").await);
    let payment = id(&shop.transfer(&order).await);
    shop.pass(901);
    shop.until(&other, "cancelled").await;
    assert_eq!(shop.state(&order).await, "pending_payment");
    shop.pass(48 * 3_600);
    shop.until(&order, "cancelled").await;
    // It comes late: there is stock, so there are goods.
    let confirmed = shop.confirm(&payment, "late", PRICE).await;
    assert_eq!(confirmed.json["state"], "succeeded", "{}", confirmed.text);
    assert_eq!(shop.state(&order).await, "delivered");
    shop.close(&db).await;
}

async fn only_what_waits_for_a_transfer_is_confirmed(kind: Kind) {
    let db = Db::new(kind);
    let (shop, sku) = open(&db).await;
    let order = shop.place(&sku, 1, "a").await;
    let (of_test, payment) = (shop.start(&order).await, id(&shop.transfer(&order).await));
    let refused = shop.confirm(&of_test, "r", PRICE).await;
    assert_eq!((refused.status, refused.code()), (404, "not_found"), "{}", refused.text);
    let long = "r".repeat(65);
    for (reference, fen) in [("", PRICE), (long.as_str(), PRICE), ("a b", PRICE), ("r", 0)] {
        let refused = shop.confirm(&payment, reference, fen).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
    }
    let recharge = json!({
        "buyer": { "external_id": "a" }, "method": "offline",
        "amount": { "amount": 5, "currency": "CNY" }
    });
    assert_eq!(shop.caller.post("/v1/recharges", &recharge).await.code(), "invalid");
    let off = shop.caller.request(reqwest::Method::PATCH, "/v1/offline_transfer");
    let off = shop.caller.send(off.json(&json!({ "enabled": false }))).await;
    assert_eq!(off.status, 200, "{}", off.text);
    let refused = shop.transfer(&order).await;
    assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
    assert_eq!(shop.state(&order).await, "pending_payment");
    shop.close(&db).await;
}

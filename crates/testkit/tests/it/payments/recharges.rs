//! Recharges through the test channel: what comes for one is in the wallet once, or goes back.

use super::shop::Shop;
use connect::{Notice, Said};
use futures_util::future::join_all;
use kernel::{Currency, Money, PaymentId};
use serde_json::{Value, json};
use testkit::{Db, Kind, on_both};

on_both!(
    a_recharge_ends_in_the_wallet_or_goes_back,
    what_comes_for_a_recharge_that_is_over_goes_back,
    a_notice_of_a_recharge_is_of_no_order,
    a_recharge_wants_a_buyer_an_amount_and_a_channel,
    the_cashier_of_a_recharge_leads_back_to_the_shop,
);

const AMOUNT: i64 = 1_000;

impl Shop {
    async fn recharge(&self, buyer: &str) -> (String, Value) {
        let body = json!({
            "buyer": { "external_id": buyer }, "method": "test",
            "amount": { "amount": AMOUNT, "currency": "CNY" }
        });
        let begun = self.caller.post("/v1/recharges", &body).await;
        assert_eq!(begun.status, 201, "{}", begun.text);
        assert_eq!(begun.json["state"], "pending", "{}", begun.text);
        (begun.json["id"].as_str().expect("an id").to_owned(), begun.json)
    }

    async fn wallet(&self, buyer: &str) -> i64 {
        let body = json!({ "buyer": { "external_id": buyer } });
        let found = self.caller.post("/v1/wallets/lookup", &body).await;
        found.json["balance"]["amount"].as_i64().unwrap_or_else(|| panic!("{}", found.text))
    }

    async fn payment(&self, payment: &str) -> Value {
        self.caller.get(&format!("/v1/payments/{payment}")).await.json
    }

    /// What goes back of a payment, with the cause.
    async fn back(&self, payment: &str) -> Vec<(i64, String)> {
        let path = format!("/v1/refunds?payment={payment}");
        let found = self.caller.get(&path).await;
        let refunds = found.json["data"].as_array().unwrap_or_else(|| panic!("{}", found.text));
        let of = |it: &Value| {
            let fen = it["amount"]["amount"].as_i64().expect("fen");
            (fen, it["cause"].as_str().expect("a cause").to_owned())
        };
        let mut back: Vec<_> = refunds.iter().map(of).collect();
        // Both were made at the same moment of this clock.
        back.sort();
        back
    }
}

fn notice(payment: &str, number: &str, said: Said) -> Notice {
    let payment = PaymentId::parse(payment).expect("a payment");
    Notice { payment, order: None, number: number.to_owned(), said }
}

fn paid(fen: i64) -> Said {
    Said::Paid(Money::new(fen, Currency::Cny))
}

async fn a_recharge_ends_in_the_wallet_or_goes_back(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    for (action, state, held, back) in [
        ("pay", "succeeded", AMOUNT, vec![]),
        ("pay_twice", "succeeded", AMOUNT, vec![(AMOUNT, "paid_twice")]),
        ("overpay", "succeeded", AMOUNT, vec![(1, "overpaid")]),
        ("underpay", "returned", 0, vec![(AMOUNT - 1, "underpaid")]),
        ("fail", "failed", 0, vec![]),
    ] {
        let (payment, _) = shop.recharge(action).await;
        assert_eq!(shop.wallet(action).await, 0, "nothing came yet");
        let driven = shop.drive(&payment, json!({ "action": action })).await;
        assert_eq!(driven.status, 200, "{}", driven.text);
        assert_eq!(shop.payment(&payment).await["state"], state, "{action}");
        assert_eq!(shop.wallet(action).await, held, "{action}");
        let back: Vec<_> = back.into_iter().map(|(fen, cause)| (fen, cause.to_owned())).collect();
        assert_eq!(shop.back(&payment).await, back, "{action}");
    }
    // Ten times each at the same moment; the failure is heard of first.
    let (payment, _) = shop.recharge("often").await;
    let (failed, good) = (notice(&payment, "f", Said::Failed), notice(&payment, "p", paid(AMOUNT)));
    assert_eq!(shop.tell(&failed).await.status, 200);
    let both: Vec<_> = (0..20).map(|i| if i % 2 == 0 { &good } else { &failed }).collect();
    for answer in join_all(both.into_iter().map(|notice| shop.tell(notice))).await {
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    assert_eq!(shop.wallet("often").await, AMOUNT);
    let entries = json!({ "buyer": { "external_id": "often" }, "limit": 10 });
    let entries = shop.caller.post("/v1/wallets/entries", &entries).await;
    assert_eq!(entries.json["data"].as_array().map(Vec::len), Some(1), "{}", entries.text);
    assert_eq!(entries.json["data"][0]["reason"], "receipt", "{}", entries.text);
    assert_eq!(entries.json["data"][0]["subject"], payment.as_str(), "{}", entries.text);
    shop.close(&db).await;
}

async fn what_comes_for_a_recharge_that_is_over_goes_back(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let (payment, _) = shop.recharge("late").await;
    for (number, said) in [("c", Said::Closed), ("1", paid(AMOUNT)), ("2", paid(AMOUNT + 5))] {
        assert_eq!(shop.tell(&notice(&payment, number, said)).await.status, 200);
    }
    assert_eq!(shop.wallet("late").await, 0);
    assert_eq!(shop.payment(&payment).await["state"], "returned");
    let back = [(AMOUNT, "no_goods".to_owned()), (AMOUNT + 5, "no_goods".to_owned())];
    assert_eq!(shop.back(&payment).await, back);
    db.followed().await;
    let listed = shop.caller.get("/v1/payments?state=returned").await;
    assert_eq!(listed.json["data"][0]["id"], payment.as_str(), "{}", listed.text);
    assert_eq!(listed.json["data"][0]["order_number"], json!(null), "{}", listed.text);
    shop.close(&db).await;
}

async fn a_notice_of_a_recharge_is_of_no_order(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(AMOUNT, json!({})).await;
    shop.caller.stock(&sku, "O", 1).await;
    let order = shop.place(&sku, 1, "buyer").await;
    let of_order = shop.start(&order).await;
    let (of_wallet, _) = shop.recharge("buyer").await;
    let crossed = shop.notice(&order, &of_wallet, "x", Some(AMOUNT));
    assert_eq!(shop.tell(&crossed).await.status, 404);
    assert_eq!(shop.tell(&notice(&of_order, "y", paid(AMOUNT))).await.status, 404);
    let euros = Said::Paid(Money::new(AMOUNT, Currency::Eur));
    assert_eq!(shop.tell(&notice(&of_wallet, "z", euros)).await.status, 422);
    assert_eq!(shop.state(&order).await, "pending_payment");
    assert_eq!(shop.wallet("buyer").await, 0);
    shop.close(&db).await;
}

async fn a_recharge_wants_a_buyer_an_amount_and_a_channel(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let good = json!({
        "buyer": { "external_id": "b" }, "method": "test",
        "amount": { "amount": 5, "currency": "CNY" }
    });
    let before = db.rows().await;
    for (field, value) in [
        ("method", json!("wallet")),
        ("method", json!("alipay_qr")),
        ("method", json!("wechat_jsapi")),
        ("amount", json!({ "amount": 0, "currency": "CNY" })),
        ("amount", json!({ "amount": i64::MAX, "currency": "CNY" })),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let refused = shop.caller.post("/v1/recharges", &body).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{body}: {}", refused.text);
    }
    assert_eq!(db.rows().await, before);
    // The same key goes on with the same payment.
    let keyed = || {
        let asked = shop.caller.request(reqwest::Method::POST, "/v1/recharges").json(&good);
        shop.caller.send(asked.header("Idempotency-Key", "recharge-1"))
    };
    let (first, second) = (keyed().await, keyed().await);
    assert_eq!((first.status, &first.json["id"]), (201, &second.json["id"]), "{}", second.text);
    shop.close(&db).await;
}

async fn the_cashier_of_a_recharge_leads_back_to_the_shop(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let (payment, begun) = shop.recharge("b").await;
    let url = begun["cashier_url"].as_str().expect("a cashier");
    let path = reqwest::Url::parse(url).expect("an address").path().to_owned();
    let page = reqwest::get(format!("{}{path}", shop.app.url())).await.expect("a page");
    assert_eq!(page.status(), 200);
    let page = page.text().await.expect("text");
    assert!(page.contains(&payment) && page.contains("href=\"/s/"), "{page}");
    shop.close(&db).await;
}

//! Keys that change while money moves: the channels' and the merchant's. No payment is lost.

use super::shop::{Shop, id};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::{Db, Kind, on_both};

on_both!(
    wechat_pay_changes_its_certificate_under_load,
    wechat_pay_changes_its_public_key_under_load,
    stripe_changes_its_webhook_secret_under_load,
    a_merchant_changes_its_key_under_load,
    the_shop_stops_between_notice_and_commit,
);

/// Payments of a run, and how many of them are made between two steps.
const PAYMENTS: usize = 24;
const A_STEP: usize = 6;

/// Pays while steps are taken; every order is delivered.
async fn pay_while(shop: &Shop, method: &str, mut steps: Vec<impl AsyncFnOnce(&Shop)>) {
    steps.reverse();
    let mut orders = Vec::new();
    for n in 0..PAYMENTS {
        if n % A_STEP == A_STEP - 1
            && let Some(step) = steps.pop()
        {
            // The money of half of them is on its way when the step comes.
            step(shop).await;
        }
        let order = shop.order(1).await;
        let payment = begin(shop, &order, method).await;
        shop.act(&payment, &json!({ "action": "pay" })).await;
        orders.push(order);
    }
    assert!(steps.is_empty(), "every step was taken");
    for order in orders {
        until_delivered(shop, &order).await;
    }
}

/// Begins to pay; what nobody knows is asked again under the same key.
async fn begin(shop: &Shop, order: &str, method: &str) -> String {
    let (path, body) = (format!("/v1/orders/{order}/payments"), json!({ "method": method }));
    let begun = Instant::now();
    loop {
        let answer = shop.caller.post_as(&path, &body, order).await;
        if answer.status != 503 {
            return id(&answer);
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{}", answer.text);
        tokio::time::sleep(Duration::from_millis(100)).await;
        shop.pass(2);
    }
}

async fn until_delivered(shop: &Shop, order: &str) {
    let begun = Instant::now();
    while shop.get(&format!("/v1/orders/{order}")).await["state"] != "delivered" {
        assert!(begun.elapsed() < Duration::from_secs(60), "{order} is lost");
        tokio::time::sleep(Duration::from_millis(50)).await;
        // What no notice told is asked for.
        shop.pass(1);
    }
}

impl Shop {
    async fn account(&self, channel: &str) -> Value {
        let stored = self.get("/v1/payment-accounts").await;
        let mut found = stored["data"].as_array().into_iter().flatten();
        found.find(|it| it["channel"] == channel).expect("the account").clone()
    }

    async fn change(&self, channel: &str, fields: Value) {
        let account = self.account(channel).await;
        let path = format!("/v1/payment-accounts/{}", account["id"].as_str().expect("an id"));
        let change = self.caller.request(Method::PATCH, &path).json(&fields);
        let changed = self.caller.send(change).await;
        assert_eq!(changed.status, 200, "{}", changed.text);
    }

    async fn rotate(&self, channel: &str, merchant: usize, step: &str) -> Value {
        let order = json!({ "channel": channel, "merchant": merchant, "step": step });
        let (status, said) = self.control("rotate", &order).await;
        assert_eq!(status, 200, "{said}");
        said
    }
}

async fn wechat_pay_changes_its_certificate_under_load(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 1).await;
    shop.stock("K", PAYMENTS as u32).await;
    let steps = ["announce", "switch", "retire"].map(|step| {
        async move |shop: &Shop| {
            shop.rotate("wechat", 1, step).await;
            // Certificates are fetched at most once a minute.
            shop.pass(61);
        }
    });
    pay_while(&shop, "wechat_native", steps.into()).await;
    db.assert_sound().await;
}

async fn wechat_pay_changes_its_public_key_under_load(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("P", PAYMENTS as u32).await;
    let steps = ["announce", "switch", "retire"].map(|step| {
        async move |shop: &Shop| {
            shop.rotate("wechat", 0, step).await;
            if step == "switch" {
                let now = shop.sandbox.accounts().wechat;
                let fields =
                    json!({ "public_key": now.public_key_pem, "public_key_id": now.public_key_id });
                shop.change("wechat", fields).await;
            }
        }
    });
    pay_while(&shop, "wechat_native", steps.into()).await;
    db.assert_sound().await;
}

async fn stripe_changes_its_webhook_secret_under_load(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("Q", PAYMENTS as u32).await;
    let steps = ["announce", "retire"].map(|step| {
        async move |shop: &Shop| {
            let old = shop.sandbox.accounts().stripe.webhook_secret;
            let said = shop.rotate("stripe", 0, step).await;
            match step {
                "announce" => {
                    let new = &said["webhook_secret"];
                    let both = json!({ "webhook_secret": new, "old_webhook_secret": old });
                    shop.change("stripe", both).await;
                }
                _ => shop.change("stripe", json!({ "old_webhook_secret": null })).await,
            }
        }
    });
    pay_while(&shop, "stripe", steps.into()).await;
    db.assert_sound().await;
}

async fn a_merchant_changes_its_key_under_load(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("U", 2 * PAYMENTS as u32).await;
    let (private, public) =
        (json!(include_str!("another_key.pem")), include_str!("another_key.pub.pem"));
    for (channel, method) in [("wechat", "wechat_native"), ("alipay", "alipay_qr")] {
        let (serial, private) = ("2".repeat(40), private.clone());
        let steps = ["add", "use", "drop"].map(|step| {
            let (serial, private) = (serial.clone(), private.clone());
            async move |shop: &Shop| {
                if step == "use" {
                    let mut fields = json!({ "private_key": private });
                    if channel == "wechat" {
                        fields["serial_no"] = json!(serial);
                    }
                    return shop.change(channel, fields).await;
                }
                let mut key =
                    json!({ "channel": channel, "public_key_pem": public, "instead": step == "drop" });
                if channel == "wechat" {
                    key["serial_no"] = json!(serial);
                }
                let (status, said) = shop.control("merchant_keys", &key).await;
                assert_eq!(status, 200, "{said}");
            }
        });
        pay_while(&shop, method, steps.into()).await;
    }
    db.assert_sound().await;
}

/// Everything in the shop's memory is gone while notices are on their way; what was not committed is told or asked again.
async fn the_shop_stops_between_notice_and_commit(kind: Kind) {
    let db = Db::new(kind);
    let mut shop = Shop::open(&db, 0).await;
    shop.stock("X", PAYMENTS as u32).await;
    let mut orders = Vec::new();
    for round in 0..3 {
        for method in ["wechat_native", "alipay_qr", "stripe"] {
            let (order, payment) = shop.begun(method, 1).await;
            shop.act(&payment, &json!({ "action": "pay" })).await;
            orders.push(order);
        }
        if round < 2 {
            shop = shop.restart(&db).await;
        }
    }
    for order in &orders {
        until_delivered(&shop, order).await;
    }
    shop.agrees_with_the_channels().await;
    db.assert_sound().await;
}

//! Every way of every channel: offered, paid, told, given back in parts, shown.

use super::shop::{METHODS, PRICE, Shop};
use serde_json::{Value, json};
use testkit::{Db, Kind, on_both};

on_both!(
    every_way_is_paid_and_given_back_in_parts_by_keys,
    every_way_is_paid_and_given_back_in_parts_by_certificates,
    the_same_request_goes_on_with_the_same_payment,
    credentials_are_tried_before_and_after_they_are_saved,
    what_cannot_be_an_account_is_refused_by_its_field,
    an_account_takes_the_goods_that_it_is_approved_for,
    nobody_takes_money_for_another,
);

async fn every_way_is_paid_and_given_back_in_parts_by_keys(kind: Kind) {
    every_way(kind, 0).await;
}

async fn every_way_is_paid_and_given_back_in_parts_by_certificates(kind: Kind) {
    every_way(kind, 1).await;
}

async fn every_way(kind: Kind, merchant: usize) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, merchant).await;
    shop.stock("W", 20).await;
    for (method, channel) in METHODS {
        let order = shop.order(3).await;
        let begun = shop.begin(&order, method).await;
        assert_eq!(begun.status, 201, "{}", begun.text);
        let way = match method {
            "wechat_jsapi" => "jsapi",
            "wechat_native" | "alipay_qr" => "qr",
            _ => "cashier_url",
        };
        let ways = ["jsapi", "qr", "cashier_url"].map(|way| !begun.json[way].is_null());
        let wanted = ["jsapi", "qr", "cashier_url"].map(|one| one == way);
        assert_eq!(ways, wanted, "{method}: {}", begun.text);
        let payment = begun.json["id"].as_str().expect("an id").to_owned();
        assert_eq!(shop.get(&format!("/v1/payments/{payment}")).await[way], begun.json[way]);
        shop.act(&payment, &json!({ "action": "pay" })).await;
        shop.until(&order, "delivered").await;

        // One piece of three, then the rest: never more than came.
        for part in [Some(1), None] {
            let asked = shop.give_back(&order, part).await;
            assert_eq!(asked.status, 201, "{}", asked.text);
        }
        let (payments, refunds) = shop.until_settled(&order).await;
        assert_eq!(payments["data"][0]["state"], "succeeded", "{payments}");
        let back = refunds["data"].as_array().expect("refunds").iter();
        let back: Vec<_> = back.map(|it| (&it["state"], &it["amount"]["amount"])).collect();
        let done = json!("succeeded");
        let [one, two] = [json!(PRICE), json!(2 * PRICE)];
        assert!(back.contains(&(&done, &one)) && back.contains(&(&done, &two)), "{refunds}");

        let told = shop.get(&format!("/v1/payments/{payment}/exchanges")).await;
        let text = told.to_string();
        let kinds = |kind: &str| {
            told["data"].as_array().into_iter().flatten().filter(|it| it["method"] == kind).count()
        };
        assert!(kinds("POST") >= 1 && kinds("NOTICE") >= 1, "{method}: {text}");
        assert!(!text.contains("oUpF8uMuAJO"), "{text}");
        let account = &shop.get(&format!("/v1/payments/{payment}")).await["account"];
        let account =
            shop.get(&format!("/v1/payment-accounts/{}", account.as_str().expect("it"))).await;
        assert_eq!(account["channel"], channel);
    }
    assert_eq!(shop.sandbox.books()["balanced"], true);
    db.assert_sound().await;
}

async fn the_same_request_goes_on_with_the_same_payment(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("S", 3).await;
    let order = shop.order(1).await;
    let path = format!("/v1/orders/{order}/payments");
    let body = json!({ "method": "alipay_qr" });
    shop.fault("alipay", "500", json!({})).await;
    let silent = shop.caller.post_as(&path, &body, "one").await;
    assert_eq!(
        (silent.status, silent.json["retryable"].as_bool()),
        (503, Some(true)),
        "{}",
        silent.text
    );
    shop.fault("alipay", "none", json!({})).await;
    let again = shop.caller.post_as(&path, &body, "one").await;
    assert_eq!((again.status, again.replayed), (201, true), "{}", again.text);
    assert!(again.json["qr"].is_string(), "{}", again.text);
    let third = shop.caller.post_as(&path, &body, "one").await;
    assert_eq!((&third.json["id"], &third.json["qr"]), (&again.json["id"], &again.json["qr"]));
    let payments = shop.get(&format!("/v1/orders/{order}/payments")).await;
    assert_eq!(payments["data"].as_array().map(Vec::len), Some(1), "{payments}");
    db.assert_sound().await;
}

async fn credentials_are_tried_before_and_after_they_are_saved(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    let entries = shop.sandbox.accounts().merchants[0].entries();
    let other = shop.sandbox.accounts().merchants[1].entries();
    for ((channel, body), (_, of_other)) in entries.iter().zip(&other) {
        let good = shop.caller.post("/v1/payment-accounts/check", body).await;
        assert_eq!((good.status, &good.json["outcome"]), (200, &json!("good")), "{}", good.text);
        let mut wrong = body.clone();
        match *channel {
            "stripe" => wrong["secret_key"] = json!("sk_test_00000000000000000000000000"),
            _ => wrong["private_key"] = of_other["private_key"].clone(),
        }
        let bad = shop.caller.post("/v1/payment-accounts/check", &wrong).await;
        assert_eq!(
            (bad.status, &bad.json["outcome"]),
            (200, &json!("refused")),
            "{channel}: {}",
            bad.text
        );
    }
    let stored = shop.get("/v1/payment-accounts").await;
    assert_eq!(stored["data"].as_array().map(Vec::len), Some(3), "nothing of it was kept");
    for account in stored["data"].as_array().expect("accounts") {
        let id = account["id"].as_str().expect("an id");
        let checked =
            shop.caller.post(&format!("/v1/payment-accounts/{id}/check"), &json!({})).await;
        assert_eq!(checked.json["outcome"], "good", "{}", checked.text);
        let url = checked.json["notice_url"].as_str().expect("an address");
        assert!(url.ends_with(id) && url.contains("/notify/"), "{url}");
    }
}

async fn what_cannot_be_an_account_is_refused_by_its_field(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    let [(_, wechat), (_, alipay), (_, stripe)] = shop.sandbox.accounts().merchants[0].entries();
    for (body, field, value) in [
        (
            &wechat,
            "private_key",
            json!("-----BEGIN PRIVATE KEY-----\nno\n-----END PRIVATE KEY-----"),
        ),
        (&wechat, "api_v3_key", json!("too short")),
        (&wechat, "public_key", json!("none")),
        (&alipay, "private_key", json!("none at all")),
        (&alipay, "public_key", json!("none")),
        (&stripe, "secret_key", json!("sk_live_0123456789abcdef01234567")),
        (&stripe, "fee_rate", json!(10_001)),
    ] {
        let mut wrong = body.clone();
        wrong[field] = value.clone();
        let refused = shop.caller.post("/v1/payment-accounts", &wrong).await;
        assert_eq!(refused.status, 422, "{field}: {}", refused.text);
        assert_eq!(refused.json["errors"][0]["field"], field, "{}", refused.text);
        let secret = value.as_str().unwrap_or("nothing of this kind");
        assert!(!refused.text.contains(secret), "{}", refused.text);
    }
    // An edit is looked at as a whole: a key that does not belong to the others is told at once.
    let stored = shop.get("/v1/payment-accounts").await;
    let found = stored["data"].as_array().into_iter().flatten();
    let wechat = found.clone().find(|it| it["channel"] == "wechat").expect("the account");
    let path = format!("/v1/payment-accounts/{}", wechat["id"].as_str().expect("an id"));
    let patch = |body: Value| {
        shop.caller.send(shop.caller.request(reqwest::Method::PATCH, &path).json(&body))
    };
    assert_eq!(patch(json!({ "api_v3_key": "short" })).await.status, 422);
    assert_eq!(patch(json!({ "channel": "alipay" })).await.status, 422);
    let named = patch(json!({ "name": "门店收款" })).await;
    assert_eq!((named.status, &named.json["name"]), (200, &json!("门店收款")), "{}", named.text);
    assert!(!named.text.contains("PRIVATE KEY"), "{}", named.text);
}

async fn an_account_takes_the_goods_that_it_is_approved_for(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("G", 20).await;
    let stored = shop.get("/v1/payment-accounts").await;
    let approve = async |goods: &[&str]| {
        for account in stored["data"].as_array().expect("accounts") {
            let path = format!("/v1/payment-accounts/{}", account["id"].as_str().expect("an id"));
            let edit = shop.caller.request(reqwest::Method::PATCH, &path);
            let edited = shop.caller.send(edit.json(&json!({ "goods": goods }))).await;
            assert_eq!(edited.status, 200, "{}", edited.text);
        }
    };
    approve(&["top_up"]).await;
    for (method, _) in METHODS {
        let refused = shop.begin(&shop.order(1).await, method).await;
        assert_eq!((refused.status, refused.field()), (422, "method"), "{}", refused.text);
        let refused = shop.recharge("saver", 5_000, method).await;
        assert_eq!((refused.status, refused.field()), (422, "method"), "{}", refused.text);
    }
    approve(&["prepaid_card", "virtual_goods"]).await;
    for (method, _) in METHODS {
        let begun = shop.begin(&shop.order(1).await, method).await;
        assert_eq!(begun.status, 201, "{}", begun.text);
        let begun = shop.recharge("saver", 5_000, method).await;
        assert_eq!(begun.status, 201, "{}", begun.text);
    }
    let path = format!("/v1/payment-accounts/{}", stored["data"][0]["id"].as_str().expect("it"));
    for wrong in [json!(["weapons"]), json!(["top_up", "top_up"]), json!("top_up")] {
        let edit = shop.caller.request(reqwest::Method::PATCH, &path);
        let refused = shop.caller.send(edit.json(&json!({ "goods": wrong }))).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
    }
}

/// An account belongs to the merchant whose goods it is paid for: neither another merchant nor the operator takes that money.
async fn nobody_takes_money_for_another(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    let other = shop.app.merchant("没有账户").await;
    let sku = other.sku(PRICE, json!({})).await;
    other.stock(&sku, "O", 3).await;
    let body = json!({ "sku": sku, "quantity": 1, "buyer": { "external_id": "buyer" } });
    let order = super::shop::id(&other.post("/v1/orders", &body).await);
    let path = format!("/v1/orders/{order}/payments");
    for (method, _) in METHODS {
        let mut body = json!({ "method": method });
        if method == "wechat_jsapi" {
            body["openid"] = json!("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
        }
        let refused = other.post(&path, &body).await;
        assert_eq!((refused.status, refused.field()), (422, "method"), "{}", refused.text);
    }
    let accounts = shop.get("/v1/payment-accounts").await;
    let account = accounts["data"][0]["id"].as_str().expect("an id");
    assert_eq!(other.get(&format!("/v1/payment-accounts/{account}")).await.status, 404);
    let operator = shop.app.operator().await;
    let (_, body) = &shop.sandbox.accounts().merchants[1].entries()[0];
    let refused = operator.post("/v1/payment-accounts", body).await;
    assert_eq!((refused.status, refused.code()), (403, "forbidden"), "{}", refused.text);
}

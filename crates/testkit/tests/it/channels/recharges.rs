//! Recharges of wallets through channels: the same notices, questions and mishaps as of orders, and the wallet gets its money once.

use super::shop::{METHODS, Shop, id};
use serde_json::json;
use testkit::{Db, Kind, on_both};

on_both!(
    a_wallet_is_recharged_once_however_often_it_is_told,
    a_recharge_whose_notice_was_lost_is_found_by_asking,
    money_that_is_wrong_for_a_recharge_comes_back,
    a_recharge_that_nobody_paid_is_closed_at_the_channel,
    what_was_recharged_pays_an_order,
);

/// What is recharged, in fen.
const AMOUNT: i64 = 5_000;

async fn a_wallet_is_recharged_once_however_often_it_is_told(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 1).await;
    let (mut held, mut kept) = (0, 0);
    for fault in ["repeat", "out_of_order"] {
        shop.fault("all", fault, json!({ "seconds": 1 })).await;
        for (method, _) in METHODS {
            let begun = shop.recharge("saver", AMOUNT, method).await;
            let payment = id(&begun);
            assert_eq!(begun.json["order"], json!(null), "{}", begun.text);
            let begun_only = shop.get(&format!("/v1/payments/{payment}")).await;
            assert!(begun_only["fee"].is_null(), "nothing was taken in: {begun_only}");
            let offered = ["qr", "cashier_url", "jsapi"].iter().any(|it| !begun.json[it].is_null());
            assert!(offered, "{}", begun.text);
            assert_eq!(shop.wallet("saver").await, held, "nothing came yet");
            shop.act(&payment, &json!({ "action": "pay" })).await;
            let (found, refunds) = shop.until_over(&payment).await;
            held += AMOUNT;
            assert_eq!(found["state"], "succeeded", "{method} {fault}: {found}");
            shop.act(&payment, &json!({ "action": "repeat" })).await;
            assert_eq!(shop.wallet("saver").await, held, "{method} {fault}");
            let found = shop.get(&format!("/v1/payments/{payment}")).await;
            assert_eq!(found["receipts"].as_array().map(Vec::len), Some(1), "{found}");
            assert_eq!(found["receipts"][0]["applied"]["amount"], AMOUNT, "{found}");
            assert_eq!(refunds, json!([]));
            kept += found["fee"]["amount"].as_i64().expect("a fee");
        }
    }
    let accounts = shop.get("/v1/accounts?limit=200").await;
    let mut accounts = accounts["data"].as_array().into_iter().flatten();
    let fees = accounts.find(|it| it["kind"] == "fees_accrued").expect("fees were accrued");
    assert!(kept > 0, "the accounts have a rate");
    let told = format!("{}.{:02}00", kept / 100, kept % 100);
    assert_eq!(fees["balance"], told, "what the pages of the payments tell is what was booked");
    assert_eq!(shop.facts("payment.recharged").await.len(), 2 * METHODS.len());
    shop.agrees_with_the_channels().await;
    db.assert_sound().await;
}

async fn a_recharge_whose_notice_was_lost_is_found_by_asking(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.fault("all", "no_notices", json!({})).await;
    for (method, _) in METHODS {
        let payment = id(&shop.recharge(method, AMOUNT, method).await);
        shop.act(&payment, &json!({ "action": "pay" })).await;
        shop.pass(6);
        let (found, _) = shop.until_over(&payment).await;
        assert_eq!(found["state"], "succeeded", "{found}");
        assert_eq!(shop.wallet(method).await, AMOUNT);
    }
    db.assert_sound().await;
}

async fn money_that_is_wrong_for_a_recharge_comes_back(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    for (method, _) in [METHODS[0], METHODS[3], METHODS[4]] {
        let payment = id(&shop.recharge(method, AMOUNT, method).await);
        shop.act(&payment, &json!({ "action": "pay_twice" })).await;
        let back = loop {
            let (found, refunds) = shop.until_over(&payment).await;
            assert_eq!(found["state"], "succeeded", "{found}");
            if refunds != json!([]) {
                break refunds;
            }
        };
        assert_eq!(back[0]["cause"], "paid_twice", "{back}");
        assert_eq!(back[0]["amount"]["amount"], AMOUNT, "{back}");
        assert_eq!(back[0]["order"], json!(null), "{back}");
        assert_eq!(shop.wallet(method).await, AMOUNT, "{method}");

        let payment = id(&shop.recharge(method, AMOUNT, method).await);
        shop.act(&payment, &json!({ "action": "underpay" })).await;
        let (found, refunds) = shop.until_over(&payment).await;
        assert_eq!(found["state"], "returned", "{found}");
        assert_eq!(refunds[0]["cause"], "underpaid", "{refunds}");
        assert_eq!(refunds[0]["amount"]["amount"], AMOUNT / 2, "{refunds}");
        assert_eq!(shop.wallet(method).await, AMOUNT, "{method}");
    }
    shop.agrees_with_the_channels().await;
    db.assert_sound().await;
}

async fn a_recharge_that_nobody_paid_is_closed_at_the_channel(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    let mut begun = Vec::new();
    for (method, _) in METHODS {
        begun.push(id(&shop.recharge("nobody", AMOUNT, method).await));
    }
    shop.pass(15 * 60 + 1);
    for payment in &begun {
        let (found, _) = shop.until_over(payment).await;
        assert_eq!(found["state"], "closed", "{found}");
        let pay = json!({ "action": "pay" });
        let (status, said) = shop.control(&format!("payments/{payment}"), &pay).await;
        assert_eq!(status, 409, "nobody pays it any more: {said}");
    }
    assert_eq!(shop.wallet("nobody").await, 0);
    db.assert_sound().await;
}

async fn what_was_recharged_pays_an_order(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db, 0).await;
    shop.stock("W", 2).await;
    let payment = id(&shop.recharge("saver", AMOUNT, "alipay_qr").await);
    shop.act(&payment, &json!({ "action": "pay" })).await;
    shop.until_over(&payment).await;
    let order = json!({
        "sku": shop.sku, "quantity": 2, "buyer": { "external_id": "saver" },
        "pay": { "method": "wallet" }
    });
    assert_eq!(shop.caller.post("/v1/orders", &order).await.json["state"], "delivered");
    assert_eq!(shop.wallet("saver").await, AMOUNT - 2 * super::shop::PRICE);
    let refused = shop.recharge("saver", AMOUNT, "wallet").await;
    assert_eq!((refused.status, refused.code()), (422, "invalid"), "{}", refused.text);
    db.assert_sound().await;
}

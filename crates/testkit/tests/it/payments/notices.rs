//! Notices that come again, out of order, or from somebody else: one effect or none.

use super::shop::Shop;
use connect::Said;
use connect::test_channel::write;
use futures_util::future::join_all;
use kernel::{Currency, Money, Timestamp};
use serde_json::json;
use testkit::{Db, Kind, on_both};

on_both!(
    a_notice_has_one_effect_however_often_and_in_whatever_order_it_comes,
    a_notice_that_is_not_right_has_no_effect,
    the_test_channel_does_what_it_is_told,
);

async fn a_notice_has_one_effect_however_often_and_in_whatever_order_it_comes(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(1_000, json!({})).await;
    shop.caller.stock(&sku, "N", 20).await;
    for n in 0..10 {
        let order = shop.place(&sku, 1, &format!("buyer-{n}")).await;
        let payment = shop.start(&order).await;
        let paid = shop.notice(&order, &payment, &format!("t{n}-paid"), Some(1_000));
        let failed = shop.notice(&order, &payment, &format!("t{n}-failed"), None);
        // Ten times each, at the same moment; half of the orders hear of the failure first.
        if n % 2 == 0 {
            assert_eq!(shop.tell(&failed).await.status, 200);
            assert_eq!(shop.state(&order).await, "pending_payment");
        }
        let both: Vec<_> = (0..20).map(|i| if i % 2 == 0 { &paid } else { &failed }).collect();
        for answer in join_all(both.into_iter().map(|notice| shop.tell(notice))).await {
            assert_eq!(answer.status, 200, "{}", answer.text);
        }
        assert_eq!(shop.state(&order).await, "delivered");
        assert_eq!(shop.gone_back(&order).await, 0);
    }
    let left = shop.caller.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(left.json["stock"], 10, "each order took one code: {}", left.text);
    shop.close(&db).await;
}

async fn a_notice_that_is_not_right_has_no_effect(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(1_000, json!({})).await;
    shop.caller.stock(&sku, "W", 5).await;
    let (order, other) = (shop.place(&sku, 1, "a").await, shop.place(&sku, 1, "b").await);
    let (payment, others) = (shop.start(&order).await, shop.start(&other).await);
    let good = shop.notice(&order, &payment, "t", Some(1_000));
    let now = shop.app.engine.now();
    let secret = shop.app.engine.vault().test_channel_secret(shop.caller.tenant);
    let (body, header) = write(&good, &secret[..], now);

    let before = db.rows().await;
    let (_, forged) = write(&good, b"somebody's guess", now);
    let (_, old) = write(&good, &secret[..], Timestamp(now.0 - 301_000_000));
    let more = String::from_utf8_lossy(&body).replace("1000", "9000").into_bytes();
    let unsigned = [
        (body.clone(), None),
        (body.clone(), Some(forged)),
        (body.clone(), Some(old)),
        (more, Some(header.clone())),
        (Vec::new(), Some(header.clone())),
    ];
    for (body, header) in unsigned {
        let answer = shop.bring(body, header.clone()).await;
        assert_eq!((answer.status, answer.code()), (401, "unauthorized"), "{header:?}");
    }
    let mut yen = good.clone();
    yen.said = Said::Paid(Money::new(1_000, Currency::Jpy));
    let mut nothing = good.clone();
    nothing.said = Said::Paid(Money::new(0, Currency::Cny));
    for (notice, status, code) in [
        (shop.notice(&other, &payment, "t", Some(1_000)), 404, "not_found"),
        (shop.notice(&order, &others, "t", Some(1_000)), 404, "not_found"),
        (yen, 422, "invalid"),
        (nothing, 422, "invalid"),
    ] {
        let answer = shop.tell(&notice).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{notice:?}");
    }
    let mut after = db.rows().await;
    after.retain(|row| !before.contains(row));
    assert!(after.is_empty(), "nothing changed: {after:#?}");

    // What is right is taken still; and another amount under its number is nothing new.
    assert_eq!(shop.bring(body, Some(header)).await.status, 200);
    assert_eq!(shop.tell(&shop.notice(&order, &payment, "t", Some(9_000))).await.status, 200);
    assert_eq!((shop.state(&order).await, shop.gone_back(&order).await), ("delivered".into(), 0));
    assert_eq!(shop.state(&other).await, "pending_payment");
    shop.close(&db).await;
}

async fn the_test_channel_does_what_it_is_told(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(1_000, json!({})).await;
    shop.caller.stock(&sku, "T", 20).await;
    for (body, payment_state, state, back) in [
        (json!({ "action": "pay" }), "succeeded", "delivered", 0),
        (json!({ "action": "fail" }), "failed", "pending_payment", 0),
        (json!({ "action": "pay_twice" }), "succeeded", "delivered", 1_000),
        (json!({ "action": "underpay" }), "returned", "pending_payment", 999),
        (json!({ "action": "overpay" }), "succeeded", "delivered", 1),
        (json!({ "action": "pay_after", "seconds": 0 }), "succeeded", "delivered", 0),
    ] {
        let order = shop.place(&sku, 1, "buyer").await;
        let payment = shop.start(&order).await;
        let answer = shop.drive(&payment, body.clone()).await;
        let told = (answer.status, &answer.json["state"]);
        assert_eq!(told, (200, &json!(payment_state)), "{body}: {}", answer.text);
        let end = (shop.state(&order).await, shop.gone_back(&order).await);
        assert_eq!(end, (state.to_owned(), back), "{body}");
    }
    let order = shop.place(&sku, 1, "late").await;
    let payment = shop.start(&order).await;
    let answer = shop.drive(&payment, json!({ "action": "pay_after", "seconds": 60 })).await;
    assert_eq!(answer.json["state"], "pending", "{}", answer.text);
    assert!(answer.json["cashier_url"].is_string(), "{}", answer.text);
    assert_eq!(shop.state(&order).await, "pending_payment");
    shop.pass(61);
    shop.until(&order, "delivered").await;
    for (body, code) in [
        (json!({ "action": "pay_after" }), "invalid"),
        (json!({ "action": "pay", "seconds": 5 }), "invalid"),
        (json!({ "action": "fail" }), "payment_state"),
        (json!({ "action": "rob" }), "invalid"),
    ] {
        let answer = shop.drive(&payment, body.clone()).await;
        assert_eq!(answer.code(), code, "{body}: {}", answer.text);
    }
    shop.close(&db).await;
}

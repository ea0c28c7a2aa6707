//! The bytes of codes: an order carries so many, a batch loads so many.

use super::numbers;
use crate::engine::{hold, occupy, release, until_waiting};
use futures_util::future::join_all;
use serde_json::json;
use std::time::Duration;
use testkit::{App, Caller, Db, Kind, on_both};

on_both!(
    an_order_says_how_many_of_the_largest_codes_fit,
    a_pool_knows_its_largest_code,
    a_batch_that_would_load_too_much_runs_in_halves,
);

async fn an_order_says_how_many_of_the_largest_codes_fit(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let (large, small) = (shop.sku(1, json!({})).await, shop.sku(1, json!({})).await);
    shop.stock(&large, "L", 400).await;
    shop.stock(&small, "S", 400).await;
    shop.credit("buyer", 10_000).await;
    let of_large = "sku = (SELECT sku FROM codes ORDER BY sku LIMIT 1)";
    db.sql(&format!("UPDATE pools SET largest = 16384 WHERE {of_large}")).await;
    for pay in [json!({ "method": "wallet" }), json!(null)] {
        let mut body = json!({ "buyer": { "external_id": "buyer" } });
        if !pay.is_null() {
            body["pay"] = pay;
        }
        let order = async |more: serde_json::Value| {
            let mut body = body.clone();
            for (field, value) in more.as_object().expect("fields") {
                body[field] = value.clone();
            }
            shop.post("/v1/orders", &body).await
        };
        let refused = order(json!({ "sku": large, "quantity": 257 })).await;
        assert_eq!((refused.status, refused.code()), (409, "limit_exceeded"), "{}", refused.text);
        let error = &refused.json["errors"][0];
        assert_eq!(error["field"], "quantity", "{}", refused.text);
        assert!(error["detail"].as_str().is_some_and(|text| text.contains("256")), "{error}");
        let lines = json!({ "lines": [
            { "sku": small, "quantity": 100 }, { "sku": large, "quantity": 256 }
        ] });
        let refused = order(lines).await;
        let error = &refused.json["errors"][0];
        assert_eq!(
            (refused.code(), &error["field"]),
            ("limit_exceeded", &json!("lines[1].quantity"))
        );
        let fits = order(json!({ "sku": large, "quantity": 150 })).await;
        assert_eq!(fits.status, 201, "{}", fits.text);
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn a_pool_knows_its_largest_code(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(1, json!({})).await;
    let import = async |code: String| shop.import(&sku, format!("number\n{code}\n")).await;
    for (code, largest) in [("A".repeat(10), 10), ("B".repeat(300), 300), ("C".repeat(20), 300)] {
        import(code).await;
        let known = db.number("SELECT CAST(MAX(largest) AS BIGINT) FROM pools").await;
        let stored = db.number("SELECT CAST(MAX(length(sealed)) AS BIGINT) FROM codes").await;
        assert_eq!(known, stored);
        assert!(known >= largest + 33, "{known}");
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn a_batch_that_would_load_too_much_runs_in_halves(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(1, json!({})).await;
    shop.stock(&sku, "B", 600).await;
    for n in 0..60 {
        shop.credit(&format!("buyer-{n}"), 100).await;
    }
    // As if one code of it were as large as a code may be: ten of them are 160 KiB, an order of 200 is 3 MiB.
    db.sql("UPDATE pools SET largest = 400000").await;
    let held = hold(&db).await;
    let first = occupy(&app.engine, shop.tenant).await;
    let before = app.engine.stats().batches();
    let orders = join_all((0..60).map(|n| {
        let shop: Caller = shop.clone();
        let sku = sku.clone();
        tokio::spawn(async move { shop.order(&sku, 10, &format!("buyer-{n}")).await })
    }));
    let orders = tokio::spawn(orders);
    until_waiting(&app.engine, 60).await;
    release(held).await;
    first.await.expect("the first command");
    let mut sold = std::collections::HashSet::new();
    for order in tokio::time::timeout(Duration::from_secs(120), orders)
        .await
        .expect("in time")
        .expect("orders")
    {
        sold.extend(numbers(&order.expect("an answer")));
    }
    assert_eq!(sold.len(), 600);
    // 60 orders × 10 codes × 400,000 bytes are four times what a batch may load: at least four batches, and the first.
    let batches = app.engine.stats().batches() - before;
    assert!(batches >= 5, "{batches} batches");
    app.stop().await;
    db.assert_sound().await;
}

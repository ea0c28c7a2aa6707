//! Orders that wait hold stock, and only as long as they wait.

use super::shop::Shop;
use futures_util::future::join_all;
use serde_json::json;
use testkit::{Db, Kind, on_both};

on_both!(
    a_thousand_buyers_half_of_whom_never_pay,
    an_order_that_waits_answers_the_same_again_and_shows_no_code,
    nobody_holds_more_than_his_share,
    a_limit_that_comes_later_gives_nothing_back,
);

async fn a_thousand_buyers_half_of_whom_never_pay(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(1_000, json!({})).await;
    shop.caller.stock(&sku, "H", 100).await;
    let mut waiting: Vec<usize> = (0..1_000).collect();
    let mut delivered = 0;
    for round in 0.. {
        assert!(round < 20, "{delivered} of 100 were sold");
        let placed = buy(&shop, &sku, &waiting).await;
        let kept: Vec<&(usize, String)> = placed.iter().collect();
        if kept.is_empty() {
            break;
        }
        delivered += kept.iter().filter(|(buyer, _)| buyer % 2 == 0).count();
        waiting.retain(|buyer| kept.iter().all(|(had, _)| had != buyer));
        shop.pass(901);
        for (_, order) in kept.iter().filter(|(buyer, _)| buyer % 2 == 1) {
            shop.until(order, "cancelled").await;
        }
    }
    assert_eq!(delivered, 100);
    let left = shop.caller.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(left.json["stock"], 0, "{}", left.text);
    let held = db.number("SELECT CAST(COALESCE(SUM(held), 0) AS BIGINT) FROM accounts").await;
    assert_eq!(held, 0, "nothing is held for ever");
    shop.close(&db).await;
}

/// All of them order at once; buyers with an even number pay. Gives the orders that were placed.
async fn buy(shop: &Shop, sku: &str, buyers: &[usize]) -> Vec<(usize, String)> {
    let order = async |buyer: usize| {
        let answer = shop.try_place(sku, 1, &format!("buyer-{buyer}")).await;
        if answer.status != 201 {
            assert_eq!(answer.code(), "out_of_stock", "{}", answer.text);
            return None;
        }
        let order = answer.json["id"].as_str().expect("an id").to_owned();
        if buyer.is_multiple_of(2) {
            let payment = shop.start(&order).await;
            let paid = shop.drive(&payment, json!({ "action": "pay" })).await;
            assert_eq!(paid.json["state"], "succeeded", "{}", paid.text);
        }
        Some((buyer, order))
    };
    let mut placed = Vec::new();
    for some in buyers.chunks(200) {
        placed.extend(join_all(some.iter().map(|buyer| order(*buyer))).await.into_iter().flatten());
    }
    placed
}

async fn an_order_that_waits_answers_the_same_again_and_shows_no_code(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(1_000, json!({})).await;
    shop.caller.stock(&sku, "S", 3).await;
    let body = json!({ "sku": sku, "quantity": 2, "buyer": { "external_id": "b" } });
    let first = shop.caller.post_as("/v1/orders", &body, "same").await;
    let again = shop.caller.post_as("/v1/orders", &body, "same").await;
    assert_eq!((first.status, &first.text), (201, &again.text));
    assert!(again.replayed && first.json["expires_at"].is_string(), "{}", first.text);
    let url = first.json["order_url"].as_str().expect("a link");
    assert!(url.starts_with(shop.app.url()) && url.len() > 26, "{url}");
    let shown = reqwest::get(url).await.expect("an answer");
    let (status, page) = (shown.status(), shown.text().await.expect("a page"));
    assert!(
        status == 200 && page.contains("name=\"method\""),
        "the link leads to the order: {page}"
    );

    let order = first.json["id"].as_str().expect("an id").to_owned();
    let left = shop.caller.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(left.json["stock"], 1, "two are held: {}", left.text);
    let payment = shop.start(&order).await;
    shop.drive(&payment, json!({ "action": "pay" })).await;
    let shown = shop.caller.get(&format!("/v1/orders/{order}")).await;
    assert_eq!(
        (&shown.json["state"], &shown.json["deliveries"]),
        (&json!("delivered"), &json!(null))
    );
    let again = shop.caller.post_as("/v1/orders", &body, "same").await;
    assert!(again.json.get("deliveries").is_none(), "a repeat shows no code: {}", again.text);
    let shown = shop.caller.post(&format!("/v1/orders/{order}/reveal"), &json!({})).await;
    assert_eq!(shown.json["deliveries"].as_array().map(Vec::len), Some(2), "{}", shown.text);
    let refund = json!({ "reason": "seen" });
    let refused = shop.caller.post(&format!("/v1/orders/{order}/refunds"), &refund).await;
    assert_eq!((refused.status, refused.code()), (409, "code_revealed"), "{}", refused.text);
    shop.close(&db).await;
}

async fn nobody_holds_more_than_his_share(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(1_000, json!({ "limits": { "per_user": 22 } })).await;
    shop.caller.stock(&sku, "L", 100).await;
    let mut orders = Vec::new();
    for _ in 0..20 {
        orders.push(shop.place(&sku, 1, "greedy").await);
    }
    let refused = shop.try_place(&sku, 1, "greedy").await;
    assert_eq!((refused.code(), refused.status), ("limit_exceeded", 409), "{}", refused.text);
    shop.place(&sku, 1, "modest").await;
    let cancel = async |order: &str| {
        shop.caller.post(&format!("/v1/orders/{order}/cancel"), &json!({})).await
    };
    assert_eq!(cancel(&orders[0]).await.json["state"], "cancelled");
    let twice = cancel(&orders[0]).await;
    assert_eq!((twice.status, twice.code()), (409, "order_state"), "{}", twice.text);
    // One place is free again, and so are the pieces that it had of the limit per buyer: 19 are taken.
    let refused = shop.try_place(&sku, 4, "greedy").await;
    assert_eq!(refused.code(), "limit_exceeded", "{}", refused.text);
    shop.place(&sku, 3, "greedy").await;
    shop.pass(901);
    for order in &orders[1..] {
        shop.until(order, "cancelled").await;
    }
    shop.place(&sku, 22, "greedy").await;
    shop.close(&db).await;
}

async fn a_limit_that_comes_later_gives_nothing_back(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(1_000, json!({})).await;
    shop.caller.stock(&sku, "G", 20).await;
    let limit = async |limits| {
        let edit = shop.caller.request(reqwest::Method::PATCH, &format!("/v1/skus/{sku}"));
        let edited = shop.caller.send(edit.json(&json!({ "limits": limits }))).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
    };
    let cancel = async |order: String| {
        let path = format!("/v1/orders/{order}/cancel");
        assert_eq!(shop.caller.post(&path, &json!({})).await.status, 200);
    };
    let uncounted = shop.place(&sku, 3, "buyer").await;
    limit(json!({ "per_user": 4 })).await;
    let counted = shop.place(&sku, 3, "buyer").await;
    cancel(uncounted).await;
    let refused = shop.try_place(&sku, 2, "buyer").await;
    assert_eq!(refused.code(), "limit_exceeded", "three of four are taken: {}", refused.text);
    // What was counted is given back, also when there is no limit at that time.
    limit(json!({})).await;
    cancel(counted).await;
    limit(json!({ "per_user": 4 })).await;
    shop.place(&sku, 4, "buyer").await;
    shop.close(&db).await;
}

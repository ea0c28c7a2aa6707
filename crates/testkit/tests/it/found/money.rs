//! Payments and refunds are listed by where they stand, how they go, how much they are and when they were made.

use super::{Shop, all_of, id, order};
use domain::refund::settle::Answer;
use serde_json::json;
use std::time::Duration;
use testkit::app::Options;
use testkit::{App, Caller, Kind, on_both};

on_both!(
    payments_and_refunds_are_filtered_and_sorted_page_by_page,
    a_refund_that_failed_is_found_and_so_is_money_of_before,
    a_list_looks_at_so_many_and_goes_on,
);

/// Payments, and the orders that they are of, oldest first.
struct Till {
    shop: Shop,
    payments: Vec<String>,
    orders: Vec<String>,
}

impl Till {
    /// Five payments: one that waits, one that failed, one that paid, one of too little, one from a wallet.
    async fn open(kind: Kind) -> Self {
        let shop = Shop::open(kind).await;
        let mut till = Self { shop, payments: Vec::new(), orders: Vec::new() };
        for (sku, quantity, action) in
            [(0, 1, ""), (1, 1, "fail"), (0, 1, "pay"), (1, 1, "underpay"), (0, 2, "wallet")]
        {
            till.pay(sku, quantity, action).await;
        }
        till.settled().await;
        till
    }

    async fn pay(&mut self, sku: usize, quantity: u32, action: &str) {
        let caller = &self.shop.shop;
        let order = id(&order(caller, &self.shop.skus[sku], quantity, "ann", true).await);
        let method = if action == "wallet" { "wallet" } else { "test" };
        let path = format!("/v1/orders/{order}/payments");
        let payment = id(&caller.post(&path, &json!({ "method": method })).await);
        if method == "test" && !action.is_empty() {
            let path = format!("/test-channel/payments/{payment}");
            let driven = caller.post(&path, &json!({ "action": action })).await;
            assert_eq!(driven.status, 200, "{}", driven.text);
        }
        self.payments.push(payment);
        self.orders.push(order);
    }

    /// Nothing is on its way back any more.
    async fn settled(&self) {
        while self.shop.db.number("SELECT COUNT(*) FROM refunds WHERE state = 1").await > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.shop.db.followed().await;
    }

    /// Every page of a list of payments, by their places.
    async fn check(&self, query: &str, expected: &[usize]) {
        let found = all_of(&self.shop.shop, "/v1/payments", query).await;
        let place = |id: &String| self.payments.iter().position(|known| known == id);
        let found: Vec<_> = found.iter().map(|id| place(id).expect("one of them")).collect();
        assert_eq!(found, expected, "{query}");
    }
}

async fn refund(shop: &Caller, order: &str, pieces: u32) -> String {
    let body = json!({ "lines": [{ "line": 1, "quantity": pieces }], "reason": "不想要了" });
    id(&shop.post(&format!("/v1/orders/{order}/refunds"), &body).await)
}

async fn payments_and_refunds_are_filtered_and_sorted_page_by_page(kind: Kind) {
    let till = Till::open(kind).await;
    let shop = &till.shop.shop;
    let third = shop.get(&format!("/v1/payments/{}", till.payments[2])).await;
    let third = third.json["created_at"].as_str().expect("a time");
    let of_third = &till.orders[2];
    for (query, expected) in [
        (String::new(), &[4, 3, 2, 1, 0][..]),
        ("&sort=created_at".to_owned(), &[0, 1, 2, 3, 4]),
        ("&state=pending".to_owned(), &[0]),
        ("&state=created".to_owned(), &[]),
        ("&state=failed".to_owned(), &[1]),
        ("&state=succeeded".to_owned(), &[4, 2]),
        ("&state=succeeded&sort=created_at".to_owned(), &[2, 4]),
        ("&state=returned".to_owned(), &[3]),
        ("&state=returned&sort=created_at".to_owned(), &[3]),
        ("&state=closed".to_owned(), &[]),
        ("&state=returned&method=wallet".to_owned(), &[]),
        ("&method=wallet".to_owned(), &[4]),
        ("&method=test&sort=created_at".to_owned(), &[0, 1, 2, 3]),
        (format!("&order={of_third}"), &[2]),
        (format!("&order={of_third}&state=failed"), &[]),
        ("&amount_from=200".to_owned(), &[4, 3, 1]),
        ("&amount_to=100".to_owned(), &[2, 0]),
        ("&amount_from=200&amount_to=200".to_owned(), &[4]),
        ("&amount_from=200&amount_to=200&currency=CNY".to_owned(), &[4]),
        ("&amount_from=200&currency=JPY".to_owned(), &[]),
        (format!("&created_from={third}"), &[4, 3, 2]),
        (format!("&created_from={third}&sort=created_at"), &[2, 3, 4]),
        (format!("&created_before={third}"), &[1, 0]),
        (format!("&created_before={third}&sort=created_at"), &[0, 1]),
        (format!("&state=failed&created_before={third}"), &[1]),
        (format!("&state=failed&created_from={third}"), &[]),
    ] {
        till.check(&query, expected).await;
    }
    let read = shop.get(&format!("/v1/orders/{of_third}")).await;
    let listed = shop.get(&format!("/v1/payments?order={of_third}")).await;
    let row = &listed.json["data"][0];
    assert_eq!(row["order_number"], read.json["number"], "{}", listed.text);
    assert!(row["channel_number"].is_string() && row["amount"]["amount"] == 100, "{row}");

    let by_wallet = &till.orders[4];
    let asked = refund(shop, by_wallet, 1).await;
    let came_back = all_of(shop, "/v1/refunds", "&cause=underpaid").await;
    assert_eq!(came_back.len(), 1);
    let both = [asked.clone(), came_back[0].clone()];
    for (query, expected) in [
        (String::new(), &both[..]),
        ("&state=succeeded".to_owned(), &both),
        ("&state=failed".to_owned(), &[]),
        ("&state=processing".to_owned(), &[]),
        ("&cause=requested".to_owned(), &both[..1]),
        ("&cause=overpaid".to_owned(), &[]),
        ("&method=wallet".to_owned(), &both[..1]),
        ("&method=test".to_owned(), &both[1..]),
        (format!("&order={by_wallet}"), &both[..1]),
        (format!("&order={by_wallet}&method=test"), &[]),
        ("&amount_from=101".to_owned(), &both[1..]),
        ("&amount_to=100".to_owned(), &both[..1]),
        ("&amount_to=100&currency=CNY".to_owned(), &both[..1]),
        ("&currency=USD".to_owned(), &[]),
    ] {
        assert_eq!(all_of(shop, "/v1/refunds", &query).await, expected, "{query}");
    }
    for wrong in [
        "amount_from=-1",
        "amount_from=5&amount_to=4",
        "state=paid",
        "sort=amount",
        "currency=cny",
        "state=failed&state=failed",
        "limit=1&limit=2",
        "x=1",
    ] {
        for path in ["payments", "refunds"] {
            let refused = shop.get(&format!("/v1/{path}?{wrong}")).await;
            assert_eq!((refused.status, refused.code()), (422, "invalid"), "{wrong}");
        }
    }
    let nobody = "ord_00000000000000000000000000";
    assert_eq!(shop.get(&format!("/v1/refunds?order={nobody}")).await.status, 404);
    till.settled().await;
    till.shop.close().await;
}

/// A refund that its channel refuses for good, and a database of before, whose money has no keys.
async fn a_refund_that_failed_is_found_and_so_is_money_of_before(kind: Kind) {
    let till = Till::open(kind).await;
    let Till { shop: Shop { app, db, shop, .. }, payments, orders } = till;
    app.stop().await;
    let app = App::start_with(db.url(), Options { without_work: true, ..Options::default() }).await;
    let shop = shop.at(app.url());
    let failed = refund(&shop, &orders[2], 1).await;
    app.settle_refund(shop.tenant, &failed, Answer::Failed).await;
    app.stop().await;
    let app = App::start(&db).await;
    db.followed().await;
    let shop = shop.at(app.url());
    assert_eq!(all_of(&shop, "/v1/refunds", "&state=failed").await, [failed.as_str()]);
    app.stop().await;

    let keys = "SELECT COUNT(*) FROM order_keys WHERE name > 7";
    assert_eq!(db.number(keys).await, 3, "one that waits, one that failed, one that came back");
    db.unfollow().await;
    let app = App::start(&db).await;
    db.followed().await;
    assert_eq!(db.number(keys).await, 3);
    let shop = shop.at(app.url());
    for (state, at) in [("pending", 0), ("failed", 1), ("returned", 3)] {
        let found = all_of(&shop, "/v1/payments", &format!("&state={state}")).await;
        assert_eq!(found, [payments[at].as_str()], "{state}");
    }
    app.stop().await;
    db.assert_sound().await;
}

/// Filters that leave out nearly all end a page early, with a cursor that leads on.
async fn a_list_looks_at_so_many_and_goes_on(kind: Kind) {
    let till = Till::open(kind).await;
    let (number, id) = match kind {
        Kind::Sqlite => (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4100)",
            "CAST(printf('zzzzzzzzzzzz%04d', n.i) AS BLOB)",
        ),
        Kind::Postgres => (
            "WITH n(i) AS (SELECT generate_series(1, 4100))",
            "convert_to('zzzzzzzzzzzz' || lpad(n.i::text, 4, '0'), 'UTF8')",
        ),
    };
    till.shop
        .db
        .sql(&format!(
            "INSERT INTO payments (tenant, id, order_id, method, currency, amount, state, created_at)
             {number} SELECT p.tenant, {id}, p.order_id, 2, 156, 5, 4, 0
             FROM n CROSS JOIN payments p WHERE p.method = 1"
        ))
        .await;
    let first = till.shop.shop.get("/v1/payments?method=wallet").await;
    assert_eq!(first.json["data"], json!([]), "{}", first.text);
    let next = first.json["next"].as_str().expect("it goes on");
    let second = till.shop.shop.get(&format!("/v1/payments?method=wallet&after={next}")).await;
    assert_eq!(second.json["data"][0]["id"], json!(till.payments[4]), "{}", second.text);
    assert_eq!(second.json["next"], json!(null));
    till.shop.app.stop().await;
}

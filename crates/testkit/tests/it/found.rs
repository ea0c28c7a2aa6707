//! Orders are found by any scrap of them, behind the journal: lists with filters, search, the timeline, the day's sums.

mod ledger;
mod link;
mod money;
mod notes;
mod stock;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    lists_are_filtered_and_sorted_page_by_page,
    any_scrap_finds_its_order,
    a_timeline_tells_an_orders_facts,
    the_rules_say_what_can_be_done,
    the_day_is_summed_up,
    an_older_journal_is_followed_from_its_start,
);

fn ids(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let rows = answer.json["data"].as_array().expect("a list");
    rows.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

/// Every page of a list, a few rows at a time.
async fn all(shop: &Caller, query: &str) -> Vec<String> {
    all_of(shop, "/v1/orders", query).await
}

/// The same of any list.
async fn all_of(shop: &Caller, path: &str, query: &str) -> Vec<String> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let page = shop.get(&format!("{path}?limit=2{query}{after}")).await;
        found.extend(ids(&page));
        match page.json["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return found,
        }
    }
}

fn id(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json["id"].as_str().expect("an id").to_owned()
}

/// An order of some pieces, paid from the wallet unless it waits.
async fn order(shop: &Caller, sku: &str, quantity: u32, buyer: &str, waits: bool) -> Answer {
    let mut body = Caller::order_body(sku, quantity, buyer);
    if waits {
        body.as_object_mut().expect("a body").remove("pay");
    }
    shop.post("/v1/orders", &body).await
}

struct Shop {
    app: App,
    db: Db,
    shop: Caller,
    /// Two SKUs of different products at 100 and 250.
    skus: [String; 2],
    /// Orders, oldest first: bought, waiting, bought by another, cancelled, bought of the other SKU.
    orders: Vec<String>,
}

impl Shop {
    async fn open(kind: Kind) -> Self {
        let db = Db::new(kind);
        let app = App::start(&db).await;
        let shop = app.merchant("星河").await;
        let skus = [shop.sku(100, json!({})).await, shop.sku(250, json!({})).await];
        for (sku, prefix) in skus.iter().zip(["A", "B"]) {
            shop.stock(sku, prefix, 20).await;
        }
        for buyer in ["ann", "bob"] {
            shop.credit(buyer, 100_000).await;
        }
        let orders = vec![
            id(&order(&shop, &skus[0], 1, "ann", false).await),
            id(&order(&shop, &skus[0], 2, "ann", true).await),
            id(&order(&shop, &skus[0], 3, "bob", false).await),
            id(&order(&shop, &skus[0], 1, "bob", true).await),
            id(&order(&shop, &skus[1], 1, "ann", false).await),
        ];
        let cancelled = shop.post(&format!("/v1/orders/{}/cancel", orders[3]), &json!({})).await;
        assert_eq!(cancelled.status, 200, "{}", cancelled.text);
        db.followed().await;
        Self { app, db, shop, skus, orders }
    }

    /// Orders by their places, oldest first.
    fn places(&self, found: &[String]) -> Vec<usize> {
        let place = |id: &String| self.orders.iter().position(|known| known == id);
        found.iter().map(|id| place(id).expect("an order of this shop")).collect()
    }

    async fn check(&self, query: &str, expected: &[usize]) {
        assert_eq!(self.places(&all(&self.shop, query).await), expected, "{query}");
    }

    async fn hits(&self, q: &str) -> Vec<(String, String)> {
        let found = self.shop.post("/v1/search", &json!({ "q": q })).await;
        assert_eq!(found.status, 200, "{q}: {}", found.text);
        let text = |hit: &Value, field: &str| hit[field].as_str().expect("a text").to_owned();
        let hits = found.json["data"].as_array().expect("a list");
        hits.iter().map(|hit| (text(hit, "kind"), text(hit, "id"))).collect()
    }

    async fn close(self) {
        self.db.followed().await;
        self.app.stop().await;
        self.db.assert_sound().await;
    }
}

async fn lists_are_filtered_and_sorted_page_by_page(kind: Kind) {
    let shop = Shop::open(kind).await;
    let read = shop.shop.get(&format!("/v1/orders/{}", shop.orders[0])).await.json;
    let (buyer, product) = (read["buyer"]["id"].clone(), read["lines"][0]["product"].clone());
    let (buyer, product) = (buyer.as_str().expect("an id"), product.as_str().expect("an id"));
    let made = |at: usize| {
        let path = format!("/v1/orders/{}", shop.orders[at]);
        let shop = shop.shop.clone();
        async move { shop.get(&path).await.json["created_at"].as_str().expect("a time").to_owned() }
    };
    let batch = shop.shop.get("/v1/code-imports").await.json["data"][0]["batch"].clone();
    let batch = batch.as_str().expect("a batch");
    let (sku, third) = (&shop.skus[0], made(2).await);
    for (query, expected) in [
        ("".to_owned(), &[4, 3, 2, 1, 0][..]),
        ("&sort=created_at".to_owned(), &[0, 1, 2, 3, 4]),
        (format!("&sku={sku}"), &[3, 2, 1, 0]),
        (format!("&product={product}"), &[3, 2, 1, 0]),
        (format!("&buyer={buyer}"), &[4, 1, 0]),
        (format!("&buyer={buyer}&sku={sku}&sort=created_at"), &[0, 1]),
        ("&state=delivered".to_owned(), &[4, 2, 0]),
        ("&state=pending_payment".to_owned(), &[1]),
        ("&state=cancelled".to_owned(), &[3]),
        ("&state=refunded".to_owned(), &[]),
        (format!("&state=cancelled&buyer={buyer}"), &[]),
        ("&amount_from=200".to_owned(), &[4, 2, 1]),
        ("&amount_from=200&amount_to=250".to_owned(), &[4, 1]),
        ("&amount_from=100&amount_to=100".to_owned(), &[3, 0]),
        ("&sort=amount".to_owned(), &[0, 3, 1, 4, 2]),
        ("&sort=-amount".to_owned(), &[2, 4, 1, 3, 0]),
        ("&sort=amount&amount_from=101&amount_to=250".to_owned(), &[1, 4]),
        ("&sort=-amount&state=delivered&amount_to=250".to_owned(), &[4, 0]),
        (format!("&created_from={third}"), &[4, 3, 2]),
        (format!("&created_before={third}"), &[1, 0]),
        (format!("&created_before={third}&sort=created_at"), &[0, 1]),
        (format!("&batch={batch}"), &[4]),
        ("&channel=h5".to_owned(), &[]),
        ("&channel=api&state=delivered".to_owned(), &[4, 2, 0]),
    ] {
        shop.check(&query, expected).await;
    }
    for wrong in [
        "amount_from=-1",
        "amount_from=5&amount_to=4",
        "state=lost",
        "sort=buyer",
        "buyer=ann",
        "x=1",
    ] {
        let refused = shop.shop.get(&format!("/v1/orders?{wrong}")).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{wrong}: {}", refused.text);
    }
    shop.close().await;
}

async fn any_scrap_finds_its_order(kind: Kind) {
    let shop = Shop::open(kind).await;
    let phone = json!({ "code": "phone", "name": "手机号", "kind": "phone" });
    let asking = json!({ "name": "流量包", "input": [phone], "skus": [{
        "kind": "code", "name": "一张", "price": { "amount": 777, "currency": "CNY" }
    }]});
    let asking = shop.shop.post("/v1/products", &asking).await;
    let (product, sku) = (id(&asking), asking.json["skus"][0]["id"].as_str().expect("a SKU"));
    let file = shop.shop.import(sku, "number\nFLOW-0001\n".to_owned()).await;
    let mut body = Caller::order_body(sku, 1, "wx-chen-1021");
    body["input"] = json!({ "phone": "138 0013 8000" });
    body["external_id"] = json!("T-2026-42");
    shop.shop.credit("wx-chen-1021", 10_000).await;
    let placed = shop.shop.post("/v1/orders", &body).await;
    let order = id(&placed);
    let number = placed.json["number"].as_str().expect("a number");
    let buyer = placed.json["buyer"]["id"].as_str().expect("an id");
    let batch = file["batch"].as_str().expect("a batch");
    shop.db.followed().await;
    let is_found = [
        order.clone(),
        number.to_owned(),
        number.to_lowercase().replace('-', ""),
        "T-2026-42".to_owned(),
        "wx-chen-1021".to_owned(),
        buyer.to_owned(),
        "13800138000".to_owned(),
        "138-0013-8000".to_owned(),
        "+86 138 0013 8000".to_owned(),
        "FLOW-0001".to_owned(),
        "7.77".to_owned(),
        "¥7.77".to_owned(),
    ];
    for q in &is_found {
        let hits = shop.hits(q).await;
        assert!(hits.contains(&("order".to_owned(), order.clone())), "{q} finds {hits:?}");
        let orders: BTreeSet<_> = hits.iter().filter(|(kind, _)| kind == "order").collect();
        assert_eq!(orders.len(), 1, "{q} finds {hits:?}");
    }
    for (q, kind, id) in [
        ("流量", "product", product.as_str()),
        (sku, "product", &product),
        (batch, "batch", batch),
        ("wx-chen-1021", "buyer", buyer),
    ] {
        let hits = shop.hits(q).await;
        assert!(hits.contains(&(kind.to_owned(), id.to_owned())), "{q} finds {hits:?}");
    }
    for q in ["13800138001", "nobody", "FLOW-000", "8.88", "T-2026-4", "0000-0000-0000"] {
        assert_eq!(shop.hits(q).await, [], "{q}");
    }
    let other = shop.app.merchant("北辰").await;
    for q in &is_found {
        let found = other.post("/v1/search", &json!({ "q": q })).await;
        assert_eq!(found.json["data"], json!([]), "{q} of another merchant");
    }
    let reader = [domain::identity::Scope::OrdersRead];
    let reader = shop.app.caller(shop.shop.tenant, &reader).await;
    for (q, hits) in [("FLOW-0001", 0), ("流量", 0), (batch, 0), ("7.77", 1)] {
        let found = reader.post("/v1/search", &json!({ "q": q })).await;
        let data = found.json["data"].as_array().expect("a list");
        assert_eq!(data.len(), hits, "{q} with a key that reads orders alone: {}", found.text);
    }
    for q in ["", " "] {
        let found = shop.shop.post("/v1/search", &json!({ "q": q })).await;
        let empty = found.status == 422 || found.json["data"] == json!([]);
        assert!(empty, "{q:?}: {}", found.text);
    }
    shop.close().await;
}

async fn a_timeline_tells_an_orders_facts(kind: Kind) {
    let shop = Shop::open(kind).await;
    let path = format!("/v1/orders/{}", shop.orders[1]);
    let payment = shop.shop.post(&format!("{path}/payments"), &json!({ "method": "test" })).await;
    let payment = payment.json["id"].as_str().expect("an id");
    let drive = json!({ "action": "pay" });
    let paid = shop.shop.post(&format!("/test-channel/payments/{payment}"), &drive).await;
    assert!(paid.status < 300, "{}", paid.text);
    while shop.shop.get(&path).await.json["state"] == "pending_payment" {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let refunded = json!({ "lines": [{ "line": 1, "quantity": 1 }], "reason": "不想要了" });
    let back = shop.shop.post(&format!("{path}/refunds"), &refunded).await;
    assert_eq!(back.status, 201, "{}", back.text);
    // What comes by itself has come, so that every page tells of the same story.
    while shop.db.number("SELECT COUNT(*) FROM refunds WHERE state = 1").await > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    shop.db.followed().await;
    let timeline = shop.shop.get(&format!("{path}/timeline")).await;
    let kinds: Vec<_> = timeline.json["data"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|fact| fact["kind"].as_str().expect("a kind"))
        .collect();
    let expected = ["order.placed", "payment.started", "order.paid", "refund.made"];
    assert_eq!(kinds[..4], expected, "{}", timeline.text);
    let mut told = Vec::new();
    let mut after = String::new();
    loop {
        let page = shop.shop.get(&format!("{path}/timeline?limit=1{after}")).await;
        told.extend(page.json["data"].as_array().expect("a list").iter().cloned());
        let Some(next) = page.json["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(json!(told), timeline.json["data"]);
    shop.close().await;
}

async fn the_rules_say_what_can_be_done(kind: Kind) {
    let shop = Shop::open(kind).await;
    let can = |caller: Caller, at: usize| {
        let path = format!("/v1/orders/{}", shop.orders[at]);
        async move {
            let can = caller.get(&path).await.json["can"].clone();
            let acts = can.as_object().expect("what can be done").clone();
            let can = acts.into_iter().filter(|(_, can)| can == &json!(true)).map(|(act, _)| act);
            can.collect::<Vec<_>>().join(" ")
        }
    };
    // An order in one call showed its codes.
    assert_eq!(can(shop.shop.clone(), 0).await, "link note override_refund reveal");
    assert_eq!(can(shop.shop.clone(), 1).await, "cancel link note pay");
    assert_eq!(can(shop.shop.clone(), 3).await, "link note");
    let reader = [domain::identity::Scope::OrdersRead];
    let reader = shop.app.caller(shop.shop.tenant, &reader).await;
    assert_eq!(can(reader, 1).await, "");
    let list = shop.shop.get("/v1/orders").await;
    assert!(list.json["data"][0].get("can").is_none(), "lists do not ask the rules");
    shop.close().await;
}

async fn the_day_is_summed_up(kind: Kind) {
    let shop = Shop::open(kind).await;
    let refund = json!({ "reason": "拍错了", "override": true });
    let path = format!("/v1/orders/{}/refunds", shop.orders[0]);
    assert_eq!(shop.shop.post(&path, &refund).await.status, 201);
    let low = shop.shop.sku(900, json!({ "stock_alarm": 3 })).await;
    shop.shop.import(&low, "number,valid_until\nL1,2099-01-01\nL2,2099-01-01\n".to_owned()).await;
    shop.db.followed().await;
    let told = shop.shop.get("/v1/overview").await;
    assert_eq!(told.status, 200, "{}", told.text);
    assert_eq!(told.json["orders"], json!({ "placed": 5, "paid": 3, "closed": 1 }));
    let cny = |amount: i64| json!({ "amount": amount, "currency": "CNY" });
    assert_eq!(told.json["money"], json!([{ "paid": cny(650), "refunded": cny(100) }]));
    assert_eq!(told.json["low_stock"][0]["sku"], json!(low), "{}", told.text);
    assert_eq!(told.json["low_stock"][0]["stock"], json!(2), "{}", told.text);
    assert_eq!(
        told.json["waiting"],
        json!({ "imports": 0, "stuck_refunds": [], "stuck_recharges": [] })
    );
    let other = shop.app.merchant("北辰").await.get("/v1/overview").await;
    assert_eq!(other.json["orders"], json!({ "placed": 0, "paid": 0, "closed": 0 }));
    shop.close().await;
}

/// A database of the program before has a journal and nothing that follows it.
async fn an_older_journal_is_followed_from_its_start(kind: Kind) {
    let shop = Shop::open(kind).await;
    shop.db.followed().await;
    let Shop { app, db, shop, skus, orders } = shop;
    app.stop().await;
    let rows = "SELECT (SELECT COUNT(*) FROM order_keys) + (SELECT COUNT(*) FROM order_facts)
        + (SELECT COUNT(*) FROM sales) + (SELECT CAST(SUM(orders + pieces + gross) AS BIGINT) FROM sales)
        + (SELECT CAST(SUM(gross) AS BIGINT) FROM batch_sales)";
    let before = db.number(rows).await;
    db.unfollow().await;
    let app = App::start(&db).await;
    db.followed().await;
    assert_eq!(db.number(rows).await, before);
    let shop = shop.at(app.url());
    assert_eq!(all(&shop, &format!("&sku={}", skus[1])).await, [orders[4].as_str()]);
    app.stop().await;
    db.assert_sound().await;
}

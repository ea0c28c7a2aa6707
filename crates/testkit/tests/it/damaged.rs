//! Codes that cannot be opened: set aside at delivery, the next one taken; goods or money, never neither. A missing key
//! is the node's fault and costs no code.

mod keys;
mod sizes;
mod steps;

use futures_util::future::join_all;
use kernel::SkuId;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::{Duration, Instant};
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    a_damaged_code_is_set_aside_and_the_next_one_is_sold,
    without_another_code_the_money_stays,
    an_order_of_several_skus_takes_the_next_ones,
    scattered_damage_under_load_costs_each_buyer_nothing,
    three_in_a_row_stop_the_sku_until_a_person_puts_it_back,
    a_row_is_counted_over_several_orders,
    what_was_delivered_and_does_not_open_is_said_to_be_damaged,
    sealing_again_passes_over_what_is_damaged,
    answers_that_do_not_open_do_not_hide_their_order,
);

/// Bytes as a literal of the engine.
fn literal(kind: Kind, bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    match kind {
        Kind::Sqlite => format!("x'{hex}'"),
        Kind::Postgres => format!("'\\x{hex}'::bytea"),
    }
}

/// The seals as they are without their last bytes, which vouch for the rest.
pub(crate) fn damaged(kind: Kind) -> String {
    let zeros = literal(kind, &[0; 16]);
    format!("CAST(substr(sealed, 1, length(sealed) - 16) || {zeros} AS {{blob}})").replace(
        "{blob}",
        match kind {
            Kind::Sqlite => "BLOB",
            Kind::Postgres => "bytea",
        },
    )
}

/// Damages available codes of a pool, as they are sold: those at these places from the head on.
pub(crate) async fn damage(db: &Db, sku: &str, places: impl IntoIterator<Item = usize>) {
    damage_in_state(db, sku, 1, places).await;
}

/// Damages codes of a pool that are in this state.
pub(crate) async fn damage_in_state(
    db: &Db,
    sku: &str,
    state: u8,
    places: impl IntoIterator<Item = usize>,
) {
    let sku = literal(db.kind, &SkuId::parse(sku).expect("a SKU").0);
    let of = |place| {
        format!(
            "SELECT position FROM (SELECT position FROM codes WHERE sku = {sku} AND state = {state} \
             ORDER BY position LIMIT 1 OFFSET {place}) p"
        )
    };
    let places: Vec<String> = places.into_iter().map(of).collect();
    let places = places.join(" UNION ALL ");
    let sealed = damaged(db.kind);
    db.sql(&format!(
        "UPDATE codes SET sealed = {sealed} WHERE sku = {sku} AND position IN ({places})"
    ))
    .await;
}

/// Damages every code that belongs to an order.
pub(crate) async fn damage_delivered(db: &Db, limit: usize) {
    let sealed = damaged(db.kind);
    db.sql(&format!(
        "UPDATE codes SET sealed = {sealed} WHERE position IN (SELECT position FROM (SELECT position \
         FROM codes WHERE order_id IS NOT NULL ORDER BY position LIMIT {limit}) p)"
    ))
    .await;
}

fn numbers(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 201, "{}", answer.text);
    let deliveries = answer.json["deliveries"].as_array().expect("deliveries");
    let number = |one: &Value| one["code"]["number"].as_str().expect("a number").to_owned();
    deliveries.iter().map(number).collect()
}

async fn stock(shop: &Caller, sku: &str) -> i64 {
    shop.get(&format!("/v1/skus/{sku}")).await.json["stock"].as_i64().expect("a stock")
}

pub(crate) async fn facts(db: &Db, kind: &str) -> i64 {
    db.number(&format!("SELECT COUNT(*) FROM journal WHERE kind = '{kind}'")).await
}

async fn set_aside(db: &Db) -> i64 {
    db.number("SELECT COUNT(*) FROM codes WHERE state = 9").await
}

/// Waits until a SKU is off the shelf.
pub(crate) async fn until_stopped(shop: &Caller, sku: &str) {
    let begun = Instant::now();
    while shop.get(&format!("/v1/skus/{sku}")).await.json["on_shelf"] != json!(false) {
        assert!(begun.elapsed() < Duration::from_secs(60), "the SKU stays on the shelf");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn put_back(shop: &Caller, sku: &str) {
    let request = shop.request(Method::PATCH, &format!("/v1/skus/{sku}"));
    let shelved = shop.send(request.json(&json!({ "on_shelf": true }))).await;
    assert_eq!(
        (shelved.status, &shelved.json["on_shelf"]),
        (200, &json!(true)),
        "{}",
        shelved.text
    );
}

async fn a_damaged_code_is_set_aside_and_the_next_one_is_sold(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    let rows: String = (0..5).map(|n| format!("N{n}\n")).collect();
    let import = shop.import(&sku, format!("number\n{rows}")).await;
    shop.credit("buyer", 10_000).await;
    damage(&db, &sku, [0, 2]).await;

    let sold = numbers(&shop.order(&sku, 1, "buyer").await);
    assert_eq!((sold.len(), stock(&shop, &sku).await, set_aside(&db).await), (1, 3, 1));
    let more = numbers(&shop.order(&sku, 2, "buyer").await);
    assert_eq!((more.len(), stock(&shop, &sku).await, set_aside(&db).await), (2, 0, 2));
    assert_eq!((facts(&db, "codes.damaged").await, facts(&db, "sku.stopped").await), (2, 0));

    let batch = import["batch"].as_str().expect("a batch");
    let counts = shop.get(&format!("/v1/code-batches/{batch}")).await.json["counts"].clone();
    assert_eq!((&counts["damaged"], &counts["available"]), (&json!(2), &json!(0)), "{counts}");
    let left: Vec<String> = (0..5).map(|n| format!("N{n}")).collect();
    let lost = left.iter().find(|n| !sold.contains(n) && !more.contains(n)).expect("one is lost");
    let found = shop.post("/v1/codes/lookup", &json!({ "code": lost })).await;
    assert_eq!(found.json["state"], "damaged", "{}", found.text);
    for mark in ["freeze", "unfreeze", "void"] {
        let body = json!({ "code": lost, "reason": "x" });
        let refused = shop.post(&format!("/v1/codes/{mark}"), &body).await;
        assert_eq!((refused.status, refused.code()), (409, "code_state"), "{}", refused.text);
    }
    let journal = shop.get("/v1/journal?limit=100").await;
    assert!(journal.text.contains("codes.damaged"), "{}", journal.text);
    let transfers = shop.get("/v1/transfers?limit=100").await;
    let moved = transfers.json["data"].as_array().expect("transfers");
    let moved = moved.iter().find(|one| one["reason"] == "damage").expect("pieces were set aside");
    assert_eq!((&moved["unit"], &moved["subject"]), (&json!(sku), &json!(sku)), "{moved}");
    let metrics = reqwest::get(format!("{}/metrics", app.url())).await.expect("an answer");
    let metrics = metrics.text().await.expect("a text");
    assert!(metrics.contains("tessera_codes_damaged_total 2\n"), "{metrics}");
    assert!(metrics.contains("tessera_keys_missing 0\n"), "{metrics}");
    app.stop().await;
    db.assert_sound().await;
}

async fn without_another_code_the_money_stays(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "A", 2).await;
    shop.credit("buyer", 1_000).await;
    damage(&db, &sku, [0]).await;
    // Two are wanted, one is good: nothing is delivered, nothing is paid, the damaged one is gone all the same.
    let refused = shop.order(&sku, 2, "buyer").await;
    assert_eq!((refused.status, refused.code()), (409, "out_of_stock"), "{}", refused.text);
    assert_eq!((stock(&shop, &sku).await, set_aside(&db).await), (1, 1));
    damage(&db, &sku, [0]).await;
    let refused = shop.order(&sku, 1, "buyer").await;
    assert_eq!((refused.status, refused.code()), (409, "out_of_stock"), "{}", refused.text);
    assert_eq!((stock(&shop, &sku).await, set_aside(&db).await), (0, 2));
    let wallet = json!({ "buyer": { "external_id": "buyer" }, "currency": "CNY" });
    let wallet = shop.post("/v1/wallets/lookup", &wallet).await;
    assert_eq!(wallet.json["balance"]["amount"], json!(1_000), "{}", wallet.text);
    assert_eq!(facts(&db, "order.bought").await, 0);
    assert_eq!(facts(&db, "codes.damaged").await, 2);
    app.stop().await;
    db.assert_sound().await;
}

async fn an_order_of_several_skus_takes_the_next_ones(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    shop.credit("buyer", 100_000).await;
    let mut lines = Vec::new();
    for letter in ["A", "B", "C", "D", "E", "F"] {
        let sku = shop.sku(100, json!({})).await;
        shop.stock(&sku, letter, 6).await;
        damage(&db, &sku, [1, 3]).await;
        lines.push(json!({ "sku": sku, "quantity": 3 }));
    }
    let body = json!({
        "lines": lines, "buyer": { "external_id": "buyer" }, "pay": { "method": "wallet" }
    });
    let sold: HashSet<String> =
        numbers(&shop.post("/v1/orders", &body).await).into_iter().collect();
    assert_eq!((sold.len(), set_aside(&db).await), (18, 12));
    app.stop().await;
    db.assert_sound().await;
}

async fn scattered_damage_under_load_costs_each_buyer_nothing(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    // Two processes sell from one pool where the engine has it.
    let second = match kind {
        Kind::Postgres => Some(App::start(&db).await),
        Kind::Sqlite => None,
    };
    let shop = app.merchant("星河").await;
    let other = second.as_ref().map_or_else(|| shop.clone(), |node| shop.at(node.url()));
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "H", 240).await;
    damage(&db, &sku, (0..240).filter(|n| n % 7 == 3 || n % 7 == 4)).await;
    for n in 0..20 {
        shop.credit(&format!("buyer-{n}"), 10_000).await;
    }
    let order = async |n: usize| {
        let node = if n.is_multiple_of(2) { &shop } else { &other };
        node.order(&sku, 1, &format!("buyer-{}", n % 20)).await
    };
    let answers = join_all((0..200).map(order)).await;
    let mut sold = HashSet::new();
    for answer in &answers {
        if answer.status == 201 {
            assert!(sold.insert(numbers(answer)), "a code went out twice");
        } else {
            assert_eq!(answer.code(), "out_of_stock", "{}", answer.text);
        }
    }
    let good = (0..240).filter(|n| !(n % 7 == 3 || n % 7 == 4)).count();
    assert_eq!(sold.len(), good.min(200));
    assert_eq!((set_aside(&db).await, facts(&db, "sku.stopped").await), (240 - good as i64, 0));
    if let Some(second) = second {
        second.stop().await;
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn three_in_a_row_stop_the_sku_until_a_person_puts_it_back(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "R", 12).await;
    shop.credit("buyer", 10_000).await;
    damage(&db, &sku, 1..8).await;
    // The good one at the head is sold; the order behind it finds three that are damaged, and no more are touched.
    numbers(&shop.order(&sku, 1, "buyer").await);
    let refused = shop.order(&sku, 1, "buyer").await;
    assert_eq!((refused.status, refused.code()), (409, "out_of_stock"), "{}", refused.text);
    for _ in 0..5 {
        assert_eq!(shop.order(&sku, 1, "buyer").await.status, 409);
    }
    until_stopped(&shop, &sku).await;
    assert_eq!((set_aside(&db).await, stock(&shop, &sku).await), (3, 8));
    assert_eq!(shop.order(&sku, 1, "buyer").await.code(), "not_on_sale");
    assert_eq!(facts(&db, "sku.stopped").await, 1);
    let journal = shop.get("/v1/journal?limit=100").await;
    assert!(journal.text.contains("sku.stopped"), "{}", journal.text);

    put_back(&shop, &sku).await;
    assert_eq!(shop.order(&sku, 1, "buyer").await.status, 409, "three more");
    until_stopped(&shop, &sku).await;
    assert_eq!((set_aside(&db).await, facts(&db, "sku.stopped").await), (6, 2));
    put_back(&shop, &sku).await;
    assert_eq!(numbers(&shop.order(&sku, 4, "buyer").await).len(), 4);
    assert_eq!((set_aside(&db).await, stock(&shop, &sku).await), (7, 0));
    app.stop().await;
    db.assert_sound().await;
}

async fn a_row_is_counted_over_several_orders(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.credit("buyer", 10_000).await;
    for n in 0..3 {
        shop.stock(&sku, &format!("R{n}-"), 1).await;
        damage(&db, &sku, [0]).await;
        assert_eq!(shop.order(&sku, 1, "buyer").await.code(), "out_of_stock");
        assert_eq!(set_aside(&db).await, n + 1);
    }
    until_stopped(&shop, &sku).await;
    put_back(&shop, &sku).await;
    // A good one between them begins the row anew.
    for n in 3..8 {
        shop.stock(&sku, &format!("R{n}-"), 2).await;
        damage(&db, &sku, [0]).await;
        numbers(&shop.order(&sku, 1, "buyer").await);
    }
    assert_eq!((set_aside(&db).await, facts(&db, "sku.stopped").await), (8, 1));
    app.stop().await;
    db.assert_sound().await;
}

async fn what_was_delivered_and_does_not_open_is_said_to_be_damaged(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "S", 2).await;
    shop.credit("buyer", 10_000).await;
    let body = Caller::order_body(&sku, 2, "buyer");
    let first = shop.post_as("/v1/orders", &body, "once").await;
    let sold = numbers(&first);
    damage_delivered(&db, 1).await;

    let id = first.json["id"].as_str().expect("an id");
    let shown = shop.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await;
    let again = shop.post_as("/v1/orders", &body, "once").await;
    assert_eq!((shown.status, again.status, again.replayed), (200, 201, true));
    for answer in [&shown, &again] {
        let codes = answer.json["deliveries"].as_array().expect("deliveries");
        let (bad, good): (Vec<_>, Vec<_>) =
            codes.iter().map(|one| &one["code"]).partition(|code| code["damaged"] == true);
        assert_eq!((bad.len(), good.len()), (1, 1), "{}", answer.text);
        assert_eq!((&bad[0]["number"], &bad[0]["password"]), (&json!(""), &json!("")));
        assert!(sold.contains(&good[0]["number"].as_str().expect("a number").to_owned()));
        assert!(good[0].get("damaged").is_none(), "{}", answer.text);
    }
    assert_eq!(facts(&db, "codes.unreadable").await, 1);
    let journal = shop.get("/v1/journal?limit=100").await;
    assert!(journal.text.contains("codes.unreadable"), "{}", journal.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn sealing_again_passes_over_what_is_damaged(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "K", 40).await;
    shop.credit("buyer", 10_000).await;
    let sold = shop.order(&sku, 2, "buyer").await;
    damage_delivered(&db, 1).await;
    damage(&db, &sku, [0, 20]).await;
    let settings = store::Settings { url: db.url().to_owned(), readers: 1 };
    let ring = vault::KeyRing::parse(testkit::app::MASTER_KEY).expect("the master key");
    engine::rotate_keys(&settings, &ring, true, "a test").await.expect("rotated");
    let begun = Instant::now();
    while db.number("SELECT COUNT(*) FROM data_keys WHERE purpose = 1").await != 1
        || db.number("SELECT MIN(id) FROM data_keys WHERE purpose = 1").await != 4
    {
        assert!(begun.elapsed() < Duration::from_secs(120), "sealing again does not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // What is damaged stays damaged; no key is missing.
    let id = sold.json["id"].as_str().expect("an id");
    let shown = shop.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await;
    assert_eq!(
        (shown.status, shown.text.contains("\"damaged\":true")),
        (200, true),
        "{}",
        shown.text
    );
    assert_eq!(numbers(&shop.order(&sku, 36, "buyer").await).len(), 36);
    assert_eq!(set_aside(&db).await, 2);
    app.stop().await;
    db.assert_sound().await;
}

async fn answers_that_do_not_open_do_not_hide_their_order(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let wish = json!({ "code": "wish", "name": "祝福语", "kind": "text", "required": true });
    let body = json!({ "name": "贺卡", "input": [wish], "skus": [{
        "kind": "code", "name": "一张", "price": { "amount": 100, "currency": "CNY" }
    }]});
    let made = shop.post("/v1/products", &body).await;
    let sku = made.json["skus"][0]["id"].as_str().expect("a SKU").to_owned();
    shop.stock(&sku, "I", 1).await;
    shop.credit("buyer", 1_000).await;
    let mut body = Caller::order_body(&sku, 1, "buyer");
    body["input"] = json!({ "wish": "生日快乐" });
    let order = shop.post("/v1/orders", &body).await;
    db.sql(&format!("UPDATE order_inputs SET sealed = {}", damaged(kind))).await;
    let path = format!("/v1/orders/{}", order.json["id"].as_str().expect("an id"));
    let shown = shop.get(&path).await;
    assert_eq!((shown.status, &shown.json["input"]), (200, &json!({})), "{}", shown.text);
    app.stop().await;
    db.assert_sound().await;
}

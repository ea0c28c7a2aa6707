//! Buying codes: races for the last ones, repeats of the same request, limits.

mod asked;
mod repeats;

use domain::Refusal;
use domain::identity::buyer::BuyerRef;
use domain::order::Channel;
use domain::order::place::{PlaceOrder, Steps, WantedLine};
use engine::EngineError;
use futures_util::future::join_all;
use kernel::SkuId;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha12Rng;
use serde_json::json;
use std::collections::{HashMap, HashSet};
use testkit::{Answer, App, Caller, Db, Kind, on_both};

on_both!(
    two_hundred_buyers_race_for_fifty_codes,
    a_thousand_keys_ten_thousand_times,
    each_refusal_has_its_code_and_changes_nothing,
    an_edit_that_was_answered_binds_every_later_order,
    the_rule_itself_refuses_a_line_of_no_pieces,
);

fn number(answer: &Answer) -> String {
    answer.json["deliveries"][0]["code"]["number"].as_str().expect("a code").to_owned()
}

/// Asserts the end of the race: fifty different codes, the rest refused for one reason.
fn assert_race(answers: &[Answer]) {
    let delivered: Vec<_> = answers.iter().filter(|a| a.status == 201).map(number).collect();
    assert_eq!(delivered.len(), 50);
    assert_eq!(delivered.iter().collect::<HashSet<_>>().len(), 50, "a code went out twice");
    for refused in answers.iter().filter(|a| a.status != 201) {
        assert_eq!((refused.status, refused.code()), (409, "out_of_stock"), "{}", refused.text);
    }
}

async fn ready_to_race(app: &App) -> (Caller, String) {
    let shop = app.merchant("星河").await;
    let sku = shop.sku(1990, json!({})).await;
    shop.stock(&sku, "A", 50).await;
    for buyer in 0..200 {
        shop.credit(&format!("buyer-{buyer}"), 10_000).await;
    }
    (shop, sku)
}

async fn two_hundred_buyers_race_for_fifty_codes(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let (shop, sku) = ready_to_race(&app).await;
    let buyers: Vec<String> = (0..200).map(|n| format!("buyer-{n}")).collect();
    let answers = join_all(buyers.iter().map(|buyer| shop.order(&sku, 1, buyer))).await;
    assert_race(&answers);
    app.stop().await;
    db.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_on_one_postgres_race_for_fifty_codes() {
    let db = Db::new(Kind::Postgres);
    let (one, two) = (App::start(&db).await, App::start(&db).await);
    let (shop, sku) = ready_to_race(&one).await;
    let other = shop.at(two.url());
    let buyers: Vec<String> = (0..200).map(|n| format!("buyer-{n}")).collect();
    let answers = join_all(buyers.iter().enumerate().map(|(n, buyer)| {
        let body = Caller::order_body(&sku, 1, buyer);
        let (node, key) = (if n % 2 == 0 { &shop } else { &other }, format!("race-{n}"));
        async move { node.post_as("/v1/orders", &body, &key).await }
    }))
    .await;
    assert_race(&answers);
    one.stop().await;
    two.stop().await;
    db.assert_sound().await;
}

async fn a_thousand_keys_ten_thousand_times(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "K", 1_100).await;
    shop.credit("buyer", 10_000_000).await;
    let seed = rand::random();
    eprintln!("seed {seed}");
    let mut random = ChaCha12Rng::seed_from_u64(seed);
    let mut calls: Vec<usize> = (0..1_000).collect();
    calls.extend((0..9_000).map(|_| random.random_range(0..1_000)));
    calls.shuffle(&mut random);

    let body = Caller::order_body(&sku, 1, "buyer");
    let mut first: HashMap<usize, Answer> = HashMap::new();
    for some in calls.chunks(100) {
        let answers = join_all(some.iter().map(|key| {
            let (shop, body, key) = (&shop, &body, format!("key-{key}"));
            async move { shop.post_as("/v1/orders", body, &key).await }
        }))
        .await;
        for (key, answer) in some.iter().zip(answers) {
            assert_eq!(answer.status, 201, "{}", answer.text);
            let same = first.entry(*key).or_insert_with(|| answer.clone());
            assert_eq!(same.text, answer.text, "key {key} gave two answers");
        }
    }
    let codes: HashSet<String> = first.values().map(number).collect();
    assert_eq!((first.len(), codes.len()), (1_000, 1_000));

    let other = Caller::order_body(&sku, 2, "buyer");
    let reused = shop.post_as("/v1/orders", &other, "key-7").await;
    assert_eq!((reused.status, reused.code()), (422, "idempotency_key_reused"));
    let repeat = shop.post_as("/v1/orders", &body, "key-7").await;
    assert!(repeat.replayed && repeat.status == 201);
    let left = shop.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(left.json["stock"], 100, "{}", left.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn each_refusal_has_its_code_and_changes_nothing(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let limits = json!({ "limits": { "per_order": 3, "per_user": 4 } });
    let sku = shop.sku(1_000, limits).await;
    let empty = shop.sku(1_000, json!({})).await;
    let later = shop.sku(1_000, json!({ "sale_from": "2099-01-01T00:00:00Z" })).await;
    let hidden = shop.sku(1_000, json!({ "on_shelf": false })).await;
    shop.stock(&sku, "R", 10).await;
    shop.credit("rich", 100_000).await;
    shop.credit("poor", 999).await;

    let mut named = Caller::order_body(&sku, 1, "rich");
    named["external_id"] = json!("ext-1");
    assert_eq!(shop.post("/v1/orders", &named).await.status, 201);
    let mut cheap = Caller::order_body(&sku, 1, "rich");
    cheap["max_amount"] = json!({ "amount": 999, "currency": "CNY" });
    let order = |sku: &str, n, buyer: &str| Caller::order_body(sku, n, buyer);
    let cases = [
        (named.clone(), 409, "external_id_taken"),
        (order("sku_00000000000000000000000000", 1, "rich"), 404, "not_found"),
        (order(&later, 1, "rich"), 409, "not_on_sale"),
        (order(&hidden, 1, "rich"), 409, "not_on_sale"),
        (cheap, 409, "limit_exceeded"),
        (order(&sku, 4, "rich"), 409, "limit_exceeded"),
        (order(&empty, 1, "rich"), 409, "out_of_stock"),
        (order(&sku, 1, "poor"), 409, "insufficient_funds"),
        (order(&sku, 1, "nobody"), 409, "insufficient_funds"),
    ];
    for (body, status, code) in cases {
        let answer = shop.post("/v1/orders", &body).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{}", answer.text);
    }
    assert_eq!(shop.order(&sku, 3, "rich").await.status, 201);
    let fifth = shop.order(&sku, 1, "rich").await;
    assert_eq!(fifth.code(), "limit_exceeded", "{}", fifth.text);
    let found = shop.get("/v1/orders?external_id=ext-1").await;
    assert_eq!(found.json["external_id"], "ext-1", "{}", found.text);
    assert!(found.json.get("deliveries").is_none(), "a look-up shows no codes");
    let orders = shop.get("/v1/orders").await;
    assert_eq!(orders.json["data"].as_array().map(Vec::len), Some(2));
    app.stop().await;
    db.assert_sound().await;
}

async fn an_edit_that_was_answered_binds_every_later_order(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(1_000, json!({})).await;
    shop.stock(&sku, "E", 100).await;
    shop.credit("buyer", 1_000_000).await;
    for price in 1_001..1_040 {
        let order = shop.order(&sku, 1, "buyer");
        let body = json!({ "price": { "amount": price, "currency": "CNY" } });
        let edit = shop.request(reqwest::Method::PATCH, &format!("/v1/skus/{sku}")).json(&body);
        let (_, edited) = tokio::join!(order, shop.send(edit));
        assert_eq!(edited.status, 200, "{}", edited.text);
        let after = shop.order(&sku, 1, "buyer").await;
        assert_eq!(after.json["total"]["amount"], price, "{}", after.text);
    }
    app.stop().await;
    db.assert_sound().await;
}

/// Whoever brings the command: the edge is not the only one that could.
async fn the_rule_itself_refuses_a_line_of_no_pieces(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = SkuId::parse(&shop.sku(1_000, json!({})).await).expect("a SKU");
    let (tag, sealed) = (*b"a buyer's tag...", vec![1; 40]);
    let order = PlaceOrder {
        buyer: BuyerRef::External { tag, sealed },
        channel: Channel::Api,
        external_id: None,
        lines: vec![WantedLine::new(sku, 0)],
        max_amount: None,
        consent: None,
        input: None,
        steps: Steps::One,
    };
    match app.engine.run(app.engine.internal(shop.tenant), order).await {
        Err(EngineError::Refused(Refusal::Invalid { field, .. })) => {
            assert_eq!(field, "lines[0].quantity");
        }
        other => panic!("it was not refused: {other:?}"),
    }
    app.stop().await;
    db.assert_sound().await;
}

//! Freezing, unfreezing and voiding codes and batches: no code is sold against its mark from the answer on, and the
//! pieces in the accounts are always the codes.

use crate::payments::shop::Shop;
use domain::inventory::mark_slice::{MARK_SLICE, MarkSlice};
use futures_util::future::join_all;
use kernel::{ImportId, Timestamp};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::{Answer, App, Caller, Db, Kind, Options, on_both};
use tokio::sync::watch;

on_both!(
    a_code_is_frozen_unfrozen_and_voided,
    a_batch_is_frozen_in_slices_unfrozen_and_voided,
    no_code_is_sold_from_the_answer_on,
    a_frozen_head_is_not_walked_again,
    orders_that_wait_get_other_codes_or_their_money,
    what_comes_back_follows_the_mark,
    buyers_race_with_a_freeze,
);

fn number(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json["deliveries"][0]["code"]["number"].as_str().expect("a code").to_owned()
}

/// Sells a code, which must come from the batch with this letter; gives its number. Codes of one slice of an import
/// are sold in any order.
async fn sell(shop: &Caller, sku: &str, letter: char) -> String {
    let sold = number(&shop.order(sku, 1, "buyer").await);
    assert!(sold.starts_with(letter), "{sold} is not of {letter}");
    sold
}

async fn mark_code(shop: &Caller, mark: &str, code: &str) -> Answer {
    let body = json!({ "code": code, "reason": "疑似泄露" });
    shop.post(&format!("/v1/codes/{mark}"), &body).await
}

async fn mark_batch(shop: &Caller, mark: &str, batch: &str) -> Answer {
    let path = format!("/v1/code-batches/{batch}/{mark}");
    shop.post(&path, &json!({ "reason": "供应商通知" })).await
}

/// Imports so many codes; gives their batch and its import.
async fn batch(shop: &Caller, sku: &str, prefix: &str, n: usize) -> (String, ImportId) {
    let rows: String = (0..n).map(|i| format!("{prefix}{i:05}\n")).collect();
    let done = shop.import(sku, format!("number\n{rows}")).await;
    assert_eq!(done["accepted"], n, "{done}");
    let import = ImportId::parse(done["id"].as_str().expect("an id")).expect("an import");
    (done["batch"].as_str().expect("a batch").to_owned(), import)
}

async fn stock(shop: &Caller, sku: &str) -> Value {
    shop.get(&format!("/v1/skus/{sku}")).await.json["stock"].clone()
}

async fn facts(db: &Db, kind: &str) -> i64 {
    db.number(&format!("SELECT COUNT(*) FROM journal WHERE kind = '{kind}'")).await
}

async fn a_code_is_frozen_unfrozen_and_voided(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    batch(&shop, &sku, "C-", 3).await;
    shop.credit("buyer", 10_000).await;

    let folded = shop.post("/v1/codes/lookup", &json!({ "code": "ｃ 00000" })).await;
    assert_eq!((folded.status, folded.json["similar"].as_array().map(Vec::len)), (404, Some(1)));
    let found = shop.post("/v1/codes/lookup", &json!({ "code": "C-00000" })).await;
    assert_eq!((found.status, &found.json["state"]), (200, &json!("available")), "{}", found.text);
    assert!(!found.text.contains("C-0") && !found.text.contains("sealed"), "{}", found.text);
    for _ in 0..2 {
        let frozen = mark_code(&shop, "freeze", "C-00000").await;
        assert_eq!((frozen.status, &frozen.json["state"]), (200, &json!("frozen")));
        assert_eq!(frozen.json["id"], found.json["id"]);
    }
    assert_eq!((stock(&shop, &sku).await, facts(&db, "code.marked").await), (json!(2), 1));
    for _ in 0..2 {
        assert_ne!(sell(&shop, &sku, 'C').await, "C-00000");
    }
    assert_eq!(shop.order(&sku, 1, "buyer").await.code(), "out_of_stock");

    for mark in ["freeze", "unfreeze", "void"] {
        let refused = mark_code(&shop, mark, "C-00001").await;
        assert_eq!((refused.status, refused.code()), (409, "code_state"), "{}", refused.text);
        let nothing = mark_code(&shop, mark, "C-00009").await;
        assert_eq!((nothing.status, nothing.code()), (404, "not_found"), "{}", nothing.text);
    }
    assert_eq!(mark_code(&shop, "unfreeze", "C-00000").await.json["state"], "available");
    let shown = shop.post("/v1/codes/lookup", &json!({ "code": "C-00001" })).await;
    assert!(shown.json["order"].is_string(), "{}", shown.text);
    assert_eq!(mark_code(&shop, "freeze", "C-00000").await.json["state"], "frozen");
    for _ in 0..2 {
        assert_eq!(mark_code(&shop, "void", "C-00000").await.json["state"], "voided");
    }
    for mark in ["freeze", "unfreeze"] {
        assert_eq!(mark_code(&shop, mark, "C-00000").await.code(), "code_state");
    }
    assert_eq!((stock(&shop, &sku).await, facts(&db, "code.marked").await), (json!(0), 4));
    let journal = shop.get("/v1/journal?limit=100").await;
    assert!(journal.text.contains("code.marked") && journal.text.contains("疑似泄露"));
    assert!(!journal.text.contains("C-0000"), "the journal has no secret");
    app.stop().await;
    db.assert_sound().await;
}

async fn a_batch_is_frozen_in_slices_unfrozen_and_voided(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    let (first, _) = batch(&shop, &sku, "A", 1_300).await;
    batch(&shop, &sku, "B", 5).await;
    shop.credit("buyer", 10_000).await;
    let mut gone = vec![sell(&shop, &sku, 'A').await];

    let frozen = mark_batch(&shop, "freeze", &first).await;
    assert_eq!((frozen.status, &frozen.json["state"]), (200, &json!("frozen")), "{}", frozen.text);
    sell(&shop, &sku, 'B').await;
    let counts = |available: i64, frozen: i64, voided: i64| {
        let of_order =
            json!({ "issued": 0, "revealed": 1, "expired": 0, "damaged": 0, "doubtful": 0 });
        let mut counts = json!({ "available": available, "frozen": frozen, "voided": voided });
        counts
            .as_object_mut()
            .expect("counts")
            .extend(of_order.as_object().expect("counts").clone());
        counts
    };
    let done = shop.settled(&first).await;
    assert_eq!((&done["state"], &done["counts"]), (&json!("frozen"), &counts(0, 1_299, 0)));
    assert_eq!(stock(&shop, &sku).await, 4);
    // The first code was sold; what is left is walked a slice at a time, and each slice is told of once.
    assert_eq!((facts(&db, "batch.marked").await, facts(&db, "batch.advanced").await), (1, 3));
    let again = mark_batch(&shop, "freeze", &first).await;
    assert_eq!((again.status, &again.json["in_progress"]), (200, &json!(false)));
    let left: Vec<String> = (0..1_300).map(|n| format!("A{n:05}")).collect();
    let mut left = left.iter().filter(|code| !gone.contains(code)).cloned().collect::<Vec<_>>();
    let one = left.pop().expect("a code");
    assert_eq!(mark_code(&shop, "unfreeze", &one).await.code(), "code_state");
    assert_eq!(mark_code(&shop, "void", &one).await.json["state"], "voided");

    mark_batch(&shop, "unfreeze", &first).await;
    assert_eq!(shop.settled(&first).await["counts"], counts(1_298, 0, 1));
    gone.push(sell(&shop, &sku, 'A').await);
    let one = left.into_iter().rev().find(|code| !gone.contains(code)).expect("a code");
    assert_eq!(mark_code(&shop, "freeze", &one).await.json["state"], "frozen");

    let void = json!({ "reason": "作废" });
    let path = format!("/v1/code-batches/{first}/void");
    let voided = shop.post_as(&path, &void, "void-once").await;
    assert_eq!((voided.status, &voided.json["state"]), (200, &json!("voided")), "{}", voided.text);
    let done = shop.settled(&first).await;
    let left = (&done["counts"]["voided"], &done["counts"]["revealed"], &done["counts"]["frozen"]);
    assert_eq!(left, (&json!(1_298), &json!(2), &json!(0)));
    let again = shop.post_as(&path, &void, "void-once").await;
    assert!(again.replayed && again.status == 200, "{}", again.text);
    for mark in ["freeze", "unfreeze"] {
        let refused = mark_batch(&shop, mark, &first).await;
        assert_eq!((refused.status, refused.code()), (409, "batch_state"), "{}", refused.text);
    }
    sell(&shop, &sku, 'B').await;
    app.stop().await;
    db.assert_sound().await;
}

/// Does the next slice by hand.
async fn slice(app: &App, shop: &Caller, import: ImportId) -> bool {
    let command = MarkSlice { import, lease_until: Timestamp(0) };
    match app.engine.run(app.engine.internal(shop.tenant), command).await {
        Ok(batch) => batch.mark_from.is_some(),
        other => panic!("{other:?}"),
    }
}

async fn no_code_is_sold_from_the_answer_on(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start_with(db.url(), Options { without_work: true, ..Options::default() }).await;
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(deliver::run(app.engine.clone(), stopped));
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    let (first, import) = batch(&shop, &sku, "A", 3_000).await;
    let (second, _) = batch(&shop, &sku, "B", 6).await;
    shop.credit("buyer", 10_000).await;
    stop.send_replace(true);
    work.await.expect("the work ends");

    // Nobody does the job, yet sales find the few codes behind three thousand.
    mark_batch(&shop, "freeze", &first).await;
    for _ in 0..2 {
        sell(&shop, &sku, 'B').await;
    }
    assert!(slice(&app, &shop, import).await);
    sell(&shop, &sku, 'B').await;
    mark_batch(&shop, "freeze", &second).await;
    assert_eq!(shop.order(&sku, 1, "buyer").await.code(), "out_of_stock");
    db.assert_sound().await;

    // Half frozen and open again: what the job never reached is sold at once, the rest when it has passed.
    mark_batch(&shop, "unfreeze", &first).await;
    let frozen = "SELECT COUNT(*) FROM codes WHERE state = 4";
    sell(&shop, &sku, 'A').await;
    assert_eq!(db.number(frozen).await, i64::from(MARK_SLICE));
    assert!(slice(&app, &shop, import).await);
    assert_eq!(db.number(frozen).await, 0);
    let before = "SELECT COUNT(*) FROM codes c JOIN codes s ON s.sku = c.sku
        WHERE c.state = 3 AND s.state = 1 AND s.position < c.position";
    assert!(db.number(before).await > 0, "the job has passed codes that lie before what was sold");
    sell(&shop, &sku, 'A').await;
    while slice(&app, &shop, import).await {}
    let (_running, stopped) = watch::channel(false);
    let work = tokio::spawn(deliver::run(app.engine.clone(), stopped));
    assert_eq!(shop.settled(&first).await["counts"]["available"], 2_998);
    assert_eq!(shop.settled(&second).await["counts"]["frozen"], 3);
    work.abort();
    let _ = work.await;
    app.stop().await;
    db.assert_sound().await;
}

async fn a_frozen_head_is_not_walked_again(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    let (first, _) = batch(&shop, &sku, "A", 1_100).await;
    let ahead =
        "SELECT COUNT(*) FROM codes c JOIN pools p ON p.sku = c.sku AND c.position >= p.low";
    assert_eq!(db.number(ahead).await, 1_100);
    mark_batch(&shop, "freeze", &first).await;
    shop.settled(&first).await;
    assert_eq!(db.number(ahead).await, 0);
    mark_batch(&shop, "unfreeze", &first).await;
    shop.settled(&first).await;
    assert_eq!(db.number(ahead).await, 1_100);
    app.stop().await;
    db.assert_sound().await;
}

async fn orders_that_wait_get_other_codes_or_their_money(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(1_000, json!({})).await;
    let (first, _) = batch(&shop.caller, &sku, "A", 3).await;
    batch(&shop.caller, &sku, "B", 1).await;
    let orders = [shop.place(&sku, 1, "one").await, shop.place(&sku, 2, "two").await];
    let refused = mark_code(&shop.caller, "freeze", "B00000").await;
    assert_eq!(refused.status, 200, "one piece is free: {}", refused.text);
    let refused = mark_code(&shop.caller, "freeze", "A00000").await;
    assert_eq!((refused.status, refused.code()), (409, "code_state"), "{}", refused.text);
    assert_eq!(mark_code(&shop.caller, "unfreeze", "B00000").await.status, 200);

    // Of four pieces three are held: one code is frozen, the others wait, and none of them is sold.
    mark_batch(&shop.caller, "freeze", &first).await;
    let held = loop {
        let seen = shop.caller.get(&format!("/v1/code-batches/{first}")).await.json;
        if seen["counts"]["frozen"] == 1 {
            break seen;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    assert_eq!((&held["in_progress"], &held["counts"]["available"]), (&json!(true), &json!(2)));
    for order in &orders {
        let payment = shop.start(order).await;
        let driven = shop.drive(&payment, json!({ "action": "pay" })).await;
        assert_eq!(driven.status, 200, "{}", driven.text);
    }
    assert_eq!(shop.state(&orders[0]).await, "delivered");
    let shown = shop.caller.post(&format!("/v1/orders/{}/reveal", orders[0]), &json!({})).await;
    assert_eq!(shown.json["deliveries"][0]["code"]["number"], "B00000", "{}", shown.text);
    assert_eq!(
        (&shop.state(&orders[1]).await[..], shop.gone_back(&orders[1]).await),
        ("cancelled", 2_000)
    );
    shop.pass(6);
    let done = shop.caller.settled(&first).await;
    assert_eq!(done["counts"]["frozen"], 3, "{done}");
    assert_eq!(stock(&shop.caller, &sku).await, 0);
    shop.close(&db).await;
}

async fn what_comes_back_follows_the_mark(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let restock = json!({ "returned_codes": "restock" });
    for (mark, becomes) in [("freeze", "frozen"), ("void", "voided")] {
        let sku = shop.caller.sku(1_000, restock.clone()).await;
        let (batch, _) = batch(&shop.caller, &sku, mark, 2).await;
        let order = shop.place(&sku, 2, "buyer").await;
        let payment = shop.start(&order).await;
        shop.drive(&payment, json!({ "action": "pay" })).await;
        assert_eq!(shop.state(&order).await, "delivered");
        mark_batch(&shop.caller, mark, &batch).await;
        assert_eq!(shop.caller.settled(&batch).await["counts"]["issued"], 2);
        let refund = json!({ "reason": "不要了" });
        let made = shop.caller.post(&format!("/v1/orders/{order}/refunds"), &refund).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let seen = shop.caller.get(&format!("/v1/code-batches/{batch}")).await.json;
        assert_eq!(
            (&seen["counts"][becomes], stock(&shop.caller, &sku).await),
            (&json!(2), json!(0))
        );
    }
    shop.close(&db).await;
}

/// Buyers on one node, or two of PostgreSQL, while a batch is frozen.
async fn buyers_race_with_a_freeze(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let other = match kind {
        Kind::Sqlite => None,
        Kind::Postgres => Some(App::start(&db).await),
    };
    let shop = app.merchant("星河").await;
    let there = shop.at(other.as_ref().unwrap_or(&app).url());
    let sku = shop.sku(100, json!({})).await;
    let (first, _) = batch(&shop, &sku, "A", 1_500).await;
    batch(&shop, &sku, "B", 400).await;
    shop.credit("buyer", 1_000_000).await;
    let frozen = AtomicBool::new(false);
    let buyers = (0..12).map(|n| {
        let (node, sku, frozen) = (if n % 2 == 0 { &shop } else { &there }, &sku, &frozen);
        async move {
            let mut sold = Vec::new();
            for round in 0..30 {
                let after = frozen.load(Ordering::SeqCst);
                let body = Caller::order_body(sku, 1, "buyer");
                let answer = node.post_as("/v1/orders", &body, &format!("race-{n}-{round}")).await;
                sold.push((after, number(&answer)));
            }
            sold
        }
    });
    let freeze = async {
        tokio::time::sleep(std::time::Duration::from_millis(60)).await;
        assert_eq!(mark_batch(&there, "freeze", &first).await.status, 200);
        frozen.store(true, Ordering::SeqCst);
    };
    let (sold, ()) = tokio::join!(join_all(buyers), freeze);
    let sold: Vec<(bool, String)> = sold.into_iter().flatten().collect();
    assert_eq!(sold.iter().map(|(_, code)| code).collect::<HashSet<_>>().len(), 360);
    let late = sold.iter().find(|(after, code)| *after && code.starts_with('A'));
    assert_eq!(late, None, "it was sold after the batch was frozen");
    assert!(sold.iter().any(|(after, _)| *after), "the freeze came in time");
    let of_first = sold.iter().filter(|(_, code)| code.starts_with('A')).count();
    let done = shop.settled(&first).await;
    assert_eq!(done["counts"]["frozen"], 1_500 - of_first, "{done}");
    app.stop().await;
    if let Some(other) = other {
        other.stop().await;
    }
    db.assert_sound().await;
}

//! Batches that are moved to another SKU or given another date while none of their codes was seen: the books are right at
//! every commit, what was sold stays, and what was not is sold where it belongs now.

use crate::payments::shop::Shop;
use domain::inventory::relocate_slice::RelocateSlice;
use futures_util::future::join_all;
use kernel::{ImportId, Timestamp};
use serde_json::{Value, json};
use testkit::{Answer, App, Caller, Db, Kind, Options, on_both};
use tokio::sync::watch;

on_both!(
    a_batch_is_moved_and_sold_for_its_new_price,
    a_batch_gets_a_date_and_is_sold_nearest_first,
    a_batch_that_was_seen_stays,
    what_cannot_be_is_refused,
    buyers_race_with_a_move,
    held_pieces_are_waited_for,
    a_move_goes_on_after_a_stop_between_any_two_slices,
    every_state_goes_along,
    expired_codes_are_good_again,
);

fn number(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json["deliveries"][0]["code"]["number"].as_str().expect("a code").to_owned()
}

async fn batch(shop: &Caller, sku: &str, prefix: &str, n: usize) -> (String, ImportId) {
    let rows: String = (0..n).map(|i| format!("{prefix}{i:05}\n")).collect();
    let done = shop.import(sku, format!("number\n{rows}")).await;
    assert_eq!(done["accepted"], n, "{done}");
    let import = ImportId::parse(done["id"].as_str().expect("an id")).expect("an import");
    (done["batch"].as_str().expect("a batch").to_owned(), import)
}

async fn send(shop: &Caller, batch: &str, sku: &str) -> Answer {
    let path = format!("/v1/code-batches/{batch}/move");
    shop.post(&path, &json!({ "sku": sku, "reason": "放错了" })).await
}

async fn redate(shop: &Caller, batch: &str, until: Value) -> Answer {
    let path = format!("/v1/code-batches/{batch}/redate");
    shop.post(&path, &json!({ "valid_until": until })).await
}

async fn stock(shop: &Caller, sku: &str) -> i64 {
    shop.get(&format!("/v1/skus/{sku}")).await.json["stock"].as_i64().expect("a stock")
}

fn assert_begun(answer: &Answer) {
    assert_eq!(
        (answer.status, &answer.json["in_progress"]),
        (200, &json!(true)),
        "{}",
        answer.text
    );
}

async fn a_batch_is_moved_and_sold_for_its_new_price(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let (old, new) = (shop.sku(100, json!({})).await, shop.sku(2_500, json!({})).await);
    let (moved, _) = batch(&shop, &old, "A", 1_300).await;
    batch(&shop, &old, "B", 2).await;
    shop.credit("buyer", 10_000).await;

    assert_begun(&send(&shop, &moved, &new).await);
    let sold = number(&shop.order(&old, 1, "buyer").await);
    assert!(sold.starts_with('B'), "{sold} is on its way");
    let done = shop.settled(&moved).await;
    assert_eq!(
        (&done["sku"], &done["counts"]["available"]),
        (&json!(new), &json!(1_300)),
        "{done}"
    );
    assert_eq!((stock(&shop, &old).await, stock(&shop, &new).await), (1, 1_300));
    db.assert_sound().await;

    let order = shop.order(&new, 1, "buyer").await;
    let sold = number(&order);
    assert!(sold.starts_with('A') && order.text.contains("2500"), "{}", order.text);
    let found = shop.post("/v1/codes/lookup", &json!({ "code": sold })).await;
    assert_eq!((found.status, &found.json["sku"]), (200, &json!(new)), "{}", found.text);

    // What was imported before is known wherever it lies now.
    let again = shop.import(&old, "number\nA00007\n".to_owned()).await;
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(1)), "{again}");
    let same = send(&shop, &moved, &new).await;
    assert_eq!((same.status, &same.json["in_progress"]), (200, &json!(false)), "{}", same.text);
    let journal = shop.get("/v1/journal?limit=200").await;
    assert!(journal.text.contains("batch.relocated") && journal.text.contains("放错了"));
    let slices = "SELECT COUNT(*) FROM journal WHERE kind = 'batch.relocation_advanced'";
    assert_eq!(db.number(slices).await, 3);
    app.stop().await;
    db.assert_sound().await;
}

async fn a_batch_gets_a_date_and_is_sold_nearest_first(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    let (first, _) = batch(&shop, &sku, "A", 600).await;
    let (second, _) = batch(&shop, &sku, "B", 600).await;
    shop.credit("buyer", 10_000).await;

    assert_begun(&redate(&shop, &second, json!("2090-01-31")).await);
    let done = shop.settled(&second).await;
    assert_eq!((&done["counts"]["available"], &done["sku"]), (&json!(600), &json!(sku)));
    db.assert_sound().await;
    let order = shop.order(&sku, 1, "buyer").await;
    assert!(number(&order).starts_with('B'), "{}", order.text);
    assert!(
        order.text.contains("2090-01-31T15:59:59.999999Z"),
        "the day ends in the zone: {}",
        order.text
    );

    assert_begun(&redate(&shop, &first, json!("2089-12-31T00:00:00Z")).await);
    shop.settled(&first).await;
    assert!(number(&shop.order(&sku, 1, "buyer").await).starts_with('A'));
    let refused = redate(&shop, &first, Value::Null).await;
    assert_eq!((refused.status, refused.code()), (409, "batch_seen"), "{}", refused.text);
    assert_eq!(stock(&shop, &sku).await, 1_198);

    // One that has a date loses it again, and comes last.
    let (third, _) = batch(&shop, &sku, "C", 3).await;
    assert_begun(&redate(&shop, &third, json!("2088-01-01")).await);
    shop.settled(&third).await;
    assert_begun(&redate(&shop, &third, Value::Null).await);
    shop.settled(&third).await;
    let same = redate(&shop, &third, Value::Null).await;
    assert_eq!((same.status, &same.json["in_progress"]), (200, &json!(false)));
    assert!(number(&shop.order(&sku, 1, "buyer").await).starts_with('A'));
    app.stop().await;
    db.assert_sound().await;
}

async fn a_batch_that_was_seen_stays(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let (old, new) = (shop.sku(100, json!({})).await, shop.sku(200, json!({})).await);
    let (seen, import) = batch(&shop, &old, "A", 3).await;
    shop.credit("buyer", 10_000).await;
    number(&shop.order(&old, 1, "buyer").await);
    let refused = send(&shop, &seen, &new).await;
    assert_eq!((refused.status, refused.code()), (409, "batch_seen"), "{}", refused.text);

    // A sale that the edge did not see yet is seen by the job.
    let command = domain::inventory::relocate::Relocate {
        import,
        to: Some(kernel::SkuId::parse(&new).expect("a SKU")),
        until: None,
        seen: false,
        reason: None,
    };
    app.engine.run(app.engine.internal(shop.tenant), command).await.expect("it begins");
    let done = shop.settled(&seen).await;
    assert_eq!(
        (&done["sku"], &done["relocation_failed"]),
        (&json!(old), &json!("batch_seen")),
        "{done}"
    );
    number(&shop.order(&old, 2, "buyer").await);
    app.stop().await;
    db.assert_sound().await;
}

async fn what_cannot_be_is_refused(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let other = app.merchant("别家").await;
    let (sku, theirs) = (shop.sku(100, json!({})).await, other.sku(100, json!({})).await);
    let (mine, _) = batch(&shop, &sku, "A", 3).await;
    let shared = shop.sku(100, json!({ "kind": "content" })).await;
    let worth = json!({ "kind": "voucher", "voucher": { "type": "count", "uses": 1 } });
    let voucher = shop.sku(100, worth).await;
    for (answer, wanted) in [
        (send(&shop, &mine, &shared).await, (422, "invalid")),
        (send(&shop, &mine, &voucher).await, (422, "invalid")),
        (send(&shop, &mine, &theirs).await, (404, "not_found")),
        (send(&other, &mine, &theirs).await, (404, "not_found")),
        (redate(&shop, &mine, json!("2020-01-31")).await, (422, "invalid")),
        (redate(&shop, &mine, json!("2090-02-30")).await, (422, "invalid")),
        (redate(&shop, &mine, json!("soon")).await, (422, "invalid")),
        (shop.post(&format!("/v1/code-batches/{mine}/redate"), &json!({})).await, (422, "invalid")),
    ] {
        assert_eq!((answer.status, answer.code()), wanted, "{}", answer.text);
    }
    let path = format!("/v1/code-batches/{mine}/redate");
    let body = json!({ "valid_until": "2090-01-31" });
    assert_eq!(shop.post_as(&path, &body, "once").await.status, 200);
    shop.settled(&mine).await;
    shop.credit("buyer", 10_000).await;
    number(&shop.order(&sku, 1, "buyer").await);
    let again = shop.post_as(&path, &body, "once").await;
    assert!(again.replayed && again.status == 200, "{}", again.text);
    app.stop().await;
    db.assert_sound().await;
}

/// Buyers and a move at once: either a code was sold and the batch stays, or the batch went and nobody got a code of it
/// for the old price.
async fn buyers_race_with_a_move(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    shop.credit("buyer", 1_000_000).await;
    for round in 0..6 {
        let (old, new) = (shop.sku(100, json!({})).await, shop.sku(200, json!({})).await);
        let (racing, _) = batch(&shop, &old, &format!("R{round}-"), 20).await;
        let buyers = join_all((0..4).map(|_| shop.order(&old, 1, "buyer")));
        let (sold, sent) = tokio::join!(buyers, send(&shop, &racing, &new));
        let sold = sold.iter().filter(|order| order.status == 201).count();
        let done = shop.settled(&racing).await;
        assert!(matches!(sent.status, 200 | 409), "{}", sent.text);
        let went = done["sku"] == json!(new);
        assert_eq!(went, sold == 0, "{sold} sold, {done}");
        let left = 20 - sold as i64;
        let stocks = (stock(&shop, &old).await, stock(&shop, &new).await);
        assert_eq!(stocks, if went { (0, left) } else { (left, 0) });
    }
    app.stop().await;
    db.assert_sound().await;
}

async fn held_pieces_are_waited_for(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let (old, new) =
        (shop.caller.sku(1_000, json!({})).await, shop.caller.sku(2_000, json!({})).await);
    let (held, _) = batch(&shop.caller, &old, "A", 3).await;
    let order = shop.place(&old, 2, "one").await;
    assert_begun(&send(&shop.caller, &held, &new).await);
    while stock(&shop.caller, &new).await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let seen = shop.caller.get(&format!("/v1/code-batches/{held}")).await.json;
    let counts = (&seen["in_progress"], &seen["counts"]["available"]);
    assert_eq!((counts, stock(&shop.caller, &new).await), ((&json!(true), &json!(3)), 1));
    for mark in ["freeze", "void"] {
        let path = format!("/v1/code-batches/{held}/{mark}");
        let refused = shop.caller.post(&path, &json!({ "reason": "x" })).await;
        assert_eq!((refused.status, refused.code()), (409, "batch_state"), "{}", refused.text);
    }
    let refused = redate(&shop.caller, &held, Value::Null).await;
    assert_eq!((refused.status, refused.code()), (409, "batch_state"), "{}", refused.text);
    db.assert_sound().await;
    let cancelled = shop.caller.post(&format!("/v1/orders/{order}/cancel"), &json!({})).await;
    assert_eq!(cancelled.status, 200, "{}", cancelled.text);
    shop.pass(6);
    let done = shop.caller.settled(&held).await;
    assert_eq!((&done["sku"], stock(&shop.caller, &new).await), (&json!(new), 3), "{done}");
    shop.close(&db).await;
}

/// Does the next slice by hand; whether there is more to do.
async fn slice(app: &App, shop: &Caller, import: ImportId) -> bool {
    let command = RelocateSlice { import, lease_until: Timestamp(0) };
    match app.engine.run(app.engine.internal(shop.tenant), command).await {
        Ok(batch) => batch.mark_from.is_some(),
        other => panic!("{other:?}"),
    }
}

async fn a_move_goes_on_after_a_stop_between_any_two_slices(kind: Kind) {
    let db = Db::new(kind);
    let options = || Options { without_work: true, ..Options::default() };
    let mut app = App::start_with(db.url(), options()).await;
    let shop = app.merchant("星河").await;
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(deliver::run(app.engine.clone(), stopped));
    let (old, new) = (shop.sku(100, json!({})).await, shop.sku(200, json!({})).await);
    let (moved, import) = batch(&shop, &old, "A", 1_100).await;
    batch(&shop, &old, "B", 3).await;
    shop.credit("buyer", 100_000).await;
    stop.send_replace(true);
    work.await.expect("the work ends");

    let mut here = shop.at(app.url());
    for until in [None, Some(json!("2090-01-31"))] {
        let sent = match &until {
            None => send(&here, &moved, &new).await,
            Some(date) => redate(&here, &moved, date.clone()).await,
        };
        assert_begun(&sent);
        let mut slices = 0;
        while slice(&app, &here, import).await {
            slices += 1;
            db.assert_sound().await;
            let seen = here.get(&format!("/v1/code-batches/{moved}")).await.json;
            assert_eq!(seen["counts"]["available"], 1_100, "{seen}");
            app = app.restart_edge(options()).await;
            here = shop.at(app.url());
        }
        assert!(slices >= 4, "{slices} slices");
        db.assert_sound().await;
    }
    assert!(number(&here.order(&old, 1, "buyer").await).starts_with('B'));
    let order = here.order(&new, 1, "buyer").await;
    assert!(number(&order).starts_with('A') && order.text.contains("2090-01-31"), "{}", order.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn every_state_goes_along(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start(&db).await;
    let shop = app.merchant("星河").await;
    let (old, new) = (shop.sku(100, json!({})).await, shop.sku(200, json!({})).await);
    let csv = "number,password\n1,SECRET-77701\n2,SECRET-77701\n3,SECRET-77703\n4,SECRET-77704\n";
    let done = shop.import(&old, csv.to_owned()).await;
    assert_eq!((&done["accepted"], &done["doubts"]), (&json!(3), &json!(1)), "{done}");
    let moved = done["batch"].as_str().expect("a batch");
    for (mark, code) in [("freeze", "3"), ("void", "4")] {
        let body = json!({ "code": code, "reason": "x" });
        assert_eq!(shop.post(&format!("/v1/codes/{mark}"), &body).await.status, 200);
    }
    assert_begun(&send(&shop, moved, &new).await);
    let counts = shop.settled(moved).await["counts"].clone();
    for state in ["available", "frozen", "voided", "doubtful"] {
        assert_eq!(counts[state], 1, "{state}: {counts}");
    }
    db.assert_sound().await;
    assert_begun(&redate(&shop, moved, json!("2090-01-31")).await);
    shop.settled(moved).await;
    db.assert_sound().await;

    let path = format!("/v1/code-imports/{}/decisions", done["id"].as_str().expect("an id"));
    let decided = shop.post(&path, &json!({ "doubts": { "default": "accept" } })).await;
    assert_eq!(decided.status, 200, "{}", decided.text);
    while stock(&shop, &new).await < 2 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let again = shop.import(&old, csv.to_owned()).await;
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(4)), "{again}");

    // A batch that is frozen stays frozen where it goes.
    let (frozen, _) = batch(&shop, &old, "F", 4).await;
    let path = format!("/v1/code-batches/{frozen}/freeze");
    shop.post(&path, &json!({ "reason": "x" })).await;
    shop.settled(&frozen).await;
    assert_begun(&send(&shop, &frozen, &new).await);
    let there = shop.settled(&frozen).await;
    assert_eq!(
        (&there["state"], &there["counts"]["frozen"]),
        (&json!("frozen"), &json!(4)),
        "{there}"
    );
    app.stop().await;
    db.assert_sound().await;
}

async fn expired_codes_are_good_again(kind: Kind) {
    let db = Db::new(kind);
    let shop = Shop::open(&db).await;
    let sku = shop.caller.sku(100, json!({})).await;
    let (late, _) = batch(&shop.caller, &sku, "A", 3).await;
    let until = shop.app.engine.now().plus_micros(60 * 60 * 1_000_000).to_string();
    assert_begun(&redate(&shop.caller, &late, json!(until)).await);
    shop.caller.settled(&late).await;
    shop.pass(2 * 60 * 60);
    while stock(&shop.caller, &sku).await > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    db.assert_sound().await;
    assert_begun(&redate(&shop.caller, &late, json!("2090-01-31")).await);
    let done = shop.caller.settled(&late).await;
    assert_eq!(
        (&done["counts"]["available"], stock(&shop.caller, &sku).await),
        (&json!(3), 3),
        "{done}"
    );
    shop.close(&db).await;
}

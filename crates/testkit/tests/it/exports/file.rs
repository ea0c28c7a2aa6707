//! A file is for who asked, for ten minutes an address and for a day at all; whoever dies over it leaves it whole.

use super::table::csv;
use super::{ask, take};
use domain::export::begin::BeginExport;
use domain::people::role::BuiltIn;
use engine::{Clock, Settings};
use files::{Files, Parts};
use kernel::{ExportId, Timestamp};
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use testkit::{App, Caller, Db, Kind, Options, on_both};
use tokio::sync::watch;

on_both!(
    a_file_is_for_who_asked,
    an_address_and_a_file_end,
    a_run_that_died_is_done_again,
    two_never_write_one_file,
);

const SECOND_US: i64 = 1_000_000;

/// An application on a clock that is turned by hand, with files in a folder.
async fn open(db: &Db, without_work: bool) -> (App, Arc<AtomicI64>) {
    let clock = Arc::new(AtomicI64::new(Timestamp::now().0));
    let engine = Settings { clock: Clock::Manual(Arc::clone(&clock)), ..Settings::default() };
    let files = Some(db.folder().join("files").to_str().expect("a path").to_owned());
    let app =
        App::start_with(db.url(), Options { engine, without_work, files, ..Options::default() });
    (app.await, clock)
}

async fn shop_with_orders(app: &App, orders: u32) -> Caller {
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "A", orders as usize).await;
    shop.credit("buyer", 1_000_000).await;
    for _ in 0..orders {
        assert_eq!(shop.order(&sku, 1, "buyer").await.status, 201);
    }
    shop
}

/// The same where work is left undone: it is done for so long.
async fn shop_without_work(app: &App, orders: u32) -> Caller {
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(deliver::run(app.engine.clone(), stopped));
    let shop = shop_with_orders(app, orders).await;
    stop.send_replace(true);
    work.await.expect("the work ends");
    shop
}

/// Files of exports that lie in the folder.
fn kept(db: &Db) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|one| if one.path().is_dir() { count(&one.path()) } else { 1 }).sum()
    }
    count(&db.folder().join("files/exports"))
}

/// Waits until no file is left, and no work on any.
async fn until_cleared(db: &Db) {
    let begun = std::time::Instant::now();
    while kept(db) > 0 || db.number("SELECT COUNT(*) FROM work WHERE kind = 17").await > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        if begun.elapsed() > std::time::Duration::from_secs(60) {
            let mut rows = db.rows().await;
            rows.retain(|row| row.starts_with("work ") || row.starts_with("exports "));
            panic!("{} files are left: {rows:#?}", kept(db));
        }
    }
}

async fn a_file_is_for_who_asked(kind: Kind) {
    let db = Db::new(kind);
    let (app, _) = open(&db, false).await;
    let shop = shop_with_orders(&app, 3).await;
    let service: &[BuiltIn] = &[BuiltIn::Service];
    let person = app.signed_in("service@shop.example", shop.tenant, service).await;
    let second = app.signed_in("second@shop.example", shop.tenant, service).await;
    let key = app.caller(shop.tenant, &testkit::every_scope()).await;
    let body = json!({ "list": "orders", "format": "csv" });
    let nobody = reqwest::Client::new();
    for (own, others) in [(&person, [&second, &shop]), (&shop, [&person, &key])] {
        let done = own.exported(&ask(own, &body).await).await;
        assert_eq!(done["rows"], json!(3), "{done}");
        let path = done["file_url"].as_str().expect("an address");
        for other in others {
            let answer = other.get(path).await;
            assert_eq!((answer.status, answer.code()), (404, "not_found"), "{}", answer.text);
        }
        let answer = nobody.get(format!("{}{path}", app.url())).send().await.expect("an answer");
        assert_eq!(answer.status(), 404);
        let foreign = own.request(Method::GET, path).header("sec-fetch-site", "cross-site");
        assert_eq!(own.send(foreign).await.status, if own.key.is_empty() { 404 } else { 200 });
        let file = own.get(path).await;
        assert_eq!(csv(&file.text).len(), 4, "{}", file.text);
    }
    // A browser that follows the address sends a cookie and nothing else.
    let done = person.exported(&ask(&person, &body).await).await;
    let path = done["file_url"].as_str().expect("an address");
    let sent = person.request(Method::GET, path).build().expect("a request");
    let cookie = sent.headers()["cookie"].clone();
    let plain = nobody.get(format!("{}{path}", app.url())).header("cookie", cookie);
    let answer = plain.send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let named = answer.headers()["content-disposition"].to_str().expect("a text").to_owned();
    assert!(named.starts_with("attachment; filename=\"orders-exp_"), "{named}");
    assert_eq!(answer.headers()["content-length"], done["bytes"].to_string().as_str());
    let length = answer.bytes().await.expect("a file").len();
    assert_eq!(json!(length), done["bytes"]);
    // Who took what is in the audit: twice each above, and this one; not what was turned away.
    let facts = db.number("SELECT COUNT(*) FROM journal WHERE kind = 'export.downloaded'").await;
    assert_eq!(facts, 4);
    app.stop().await;
    db.assert_sound().await;
}

async fn an_address_and_a_file_end(kind: Kind) {
    let db = Db::new(kind);
    let (app, clock) = open(&db, false).await;
    let shop = shop_with_orders(&app, 2).await;
    let id = ask(&shop, &json!({ "list": "orders", "format": "xlsx" })).await;
    let done = shop.exported(&id).await;
    let path = done["file_url"].as_str().expect("an address").to_owned();
    clock.fetch_add(599 * SECOND_US, Ordering::SeqCst);
    assert_eq!(shop.get(&path).await.status, 200);
    clock.fetch_add(2 * SECOND_US, Ordering::SeqCst);
    let late = shop.get(&path).await;
    assert_eq!((late.status, late.code()), (404, "not_found"), "{}", late.text);
    let again = shop.get(&format!("/v1/exports/{id}")).await;
    let fresh = again.json["file_url"].as_str().expect("another address").to_owned();
    assert_ne!(fresh, path);
    assert_eq!(shop.get(&fresh).await.status, 200);
    assert_eq!(kept(&db), 1);
    clock.fetch_add(24 * 3_600 * SECOND_US, Ordering::SeqCst);
    assert_eq!(shop.get(&format!("/v1/exports/{id}")).await.json["state"], json!("expired"));
    until_cleared(&db).await;
    let over = shop.get(&format!("/v1/exports/{id}")).await;
    assert_eq!((&over.json["state"], &over.json["file_url"]), (&json!("expired"), &json!(null)));
    app.stop().await;
    db.assert_sound().await;
}

async fn a_run_that_died_is_done_again(kind: Kind) {
    let db = Db::new(kind);
    let (app, clock) = open(&db, true).await;
    let shop = shop_without_work(&app, 5).await;
    let id = ask(&shop, &json!({ "list": "orders", "format": "csv" })).await;
    let export = ExportId::parse(&id).expect("an id");
    // One began, kept a part and was gone.
    let begin = BeginExport { export, run: "dead".to_owned(), lease_us: 10 * SECOND_US };
    app.engine.run(app.engine.internal(shop.tenant), begin).await.expect("it begins");
    let files = Files::open(db.folder().join("files").to_str().expect("a path")).expect("a store");
    let part = bytes::Bytes::from_static(b"half a file");
    let parts = Parts::of_run(shop.tenant, export, "dead");
    files.put_part(&parts, 0, part).await.expect("it is kept");
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(deliver::run_with(app.engine.clone(), app.work(), stopped));
    let waits = shop.get(&format!("/v1/exports/{id}")).await;
    assert_eq!(waits.json["state"], json!("running"), "{}", waits.text);
    clock.fetch_add(11 * SECOND_US, Ordering::SeqCst);
    let done = shop.exported(&id).await;
    assert_eq!((&done["state"], &done["rows"]), (&json!("done"), &json!(5)), "{done}");
    let file = shop.get(done["file_url"].as_str().expect("an address")).await;
    assert_eq!(csv(&file.text).len(), 6, "{}", file.text);
    // All that is left of both goes with the file.
    clock.fetch_add(25 * 3_600 * SECOND_US, Ordering::SeqCst);
    until_cleared(&db).await;
    stop.send_replace(true);
    work.await.expect("the work ends");
    app.stop().await;
    db.assert_sound().await;
}

async fn two_never_write_one_file(kind: Kind) {
    let db = Db::new(kind);
    let (app, clock) = open(&db, true).await;
    let shop = shop_without_work(&app, 2).await;
    let id = ask(&shop, &json!({ "list": "orders", "format": "csv" })).await;
    let export = ExportId::parse(&id).expect("an id");
    let begin = |run: &str| {
        let begin = BeginExport { export, run: run.to_owned(), lease_us: 10 * SECOND_US };
        app.engine.run(app.engine.internal(shop.tenant), begin)
    };
    begin("first").await.expect("it begins");
    clock.fetch_add(7 * SECOND_US, Ordering::SeqCst);
    begin("second").await.expect_err("the first is at it");
    clock.fetch_add(2 * SECOND_US, Ordering::SeqCst);
    begin("third").await.expect("the first is silent");
    let advance = |run: &str| {
        let advance = domain::export::advance::AdvanceExport {
            export,
            run: run.to_owned(),
            rows: 1,
            lease_us: 10 * SECOND_US,
        };
        app.engine.run(app.engine.internal(shop.tenant), advance)
    };
    advance("first").await.expect_err("it lost its turn");
    advance("third").await.expect("it goes on");
    let told = shop.get(&format!("/v1/exports/{id}")).await;
    assert_eq!((&told.json["state"], &told.json["rows"]), (&json!("running"), &json!(1)));
    let cancelled = shop.post(&format!("/v1/exports/{id}/cancel"), &json!({})).await;
    assert_eq!(cancelled.status, 200, "{}", cancelled.text);
    advance("third").await.expect_err("nobody wants it any more");
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(deliver::run_with(app.engine.clone(), app.work(), stopped));
    until_cleared(&db).await;
    // Another one is not hindered by it.
    assert_eq!(
        csv(&take(&shop, &json!({ "list": "orders", "format": "csv" })).await.text).len(),
        3
    );
    stop.send_replace(true);
    work.await.expect("the work ends");
    app.stop().await;
    db.assert_sound().await;
}

//! The database is locked, full, moved, damaged, or may not be written; the writer itself breaks.

use super::Stage;
use engine::{Clock, Settings};
use kernel::Timestamp;
use serde_json::json;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use testkit::{Caller, Db, Kind, Options, on_both};

on_both!(
    a_panic_ends_one_batch_and_not_the_writer,
    a_lock_from_outside_is_told_and_leaves_no_trace,
);

async fn a_panic_ends_one_batch_and_not_the_writer(kind: Kind) {
    let db = Db::new(kind);
    let armed = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&armed);
    let clock = Clock::Told(Arc::new(move || {
        let is_writer = std::thread::current().name() == Some("writer");
        assert!(!(is_writer && seen.swap(false, Ordering::SeqCst)), "the clock breaks");
        Timestamp::now()
    }));
    let engine = Settings { clock, ..Settings::default() };
    let stage = Stage::set(db.url(), Options { engine, ..Options::default() }).await;
    for round in 0..3 {
        armed.store(true, Ordering::SeqCst);
        let body = Caller::order_body(&stage.sku, 1, "buyer");
        let key = format!("met-{round}");
        let met = stage.shop.post_as("/v1/orders", &body, &key).await;
        let again = stage.shop.post_as("/v1/orders", &body, &key).await;
        // A pulse may have met it instead.
        let unknown = met.status == 503 && met.code() == "outcome_unknown";
        assert!(unknown || met.status == 201, "{}", met.text);
        assert_eq!(again.status, 201, "{}", again.text);
        stage.turns_green().await;
    }
    stage.ends_well(&db).await;
}

async fn a_lock_from_outside_is_told_and_leaves_no_trace(kind: Kind) {
    let db = Db::new(kind);
    let options = Options { hold_seconds: Some(2), ..Options::default() };
    let stage = Stage::set(db.url(), options).await;
    let settings = store::Settings { url: db.url().to_owned(), readers: 1 };
    let mut other = store::connect(&settings).await.expect("a connection beside");
    other
        .raw(match kind {
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => "SET idle_in_transaction_session_timeout = 0; BEGIN; LOCK TABLE journal_heads, journal_anchors, orders, pulses IN EXCLUSIVE MODE",
        })
        .await
        .expect("the lock");
    let begun = Instant::now();
    stage.turns_red(&["database_locked", "commits_stalled"]).await;
    assert_eq!(stage.ready("?for=reads").await.0, 200, "reads go on");
    let order = async {
        let waits = stage.shop.order(&stage.sku, 1, "buyer").await;
        (waits, begun.elapsed())
    };
    let release = async {
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        other.raw("ROLLBACK").await.expect("the lock ends");
        begun.elapsed()
    };
    let ((waits, answered), released) = tokio::join!(order, release);
    assert_eq!(waits.status, 201, "it waited: {}", waits.text);
    assert!(answered < released + Duration::from_secs(2), "{answered:?} {released:?}");
    stage.turns_green().await;
    other.close().await;

    // Nothing rests because of the wait: files are read and holds end at once.
    let begun = Instant::now();
    let mut held = Caller::order_body(&stage.sku, 1, "buyer");
    held.as_object_mut().expect("an object").remove("pay");
    let held = stage.shop.post("/v1/orders", &held).await;
    assert_eq!(held.status, 201, "{}", held.text);
    stage.shop.stock(&stage.sku, "AFTER", 50).await;
    assert!(begun.elapsed() < Duration::from_secs(4), "an import took {:?}", begun.elapsed());
    let path = format!("/v1/orders/{}", held.json["id"].as_str().expect("an id"));
    while stage.shop.get(&path).await.json["state"] != "cancelled" {
        assert!(begun.elapsed() < Duration::from_secs(8), "the hold does not end");
        tokio::time::sleep(super::POLL).await;
    }
    stage.ends_well(&db).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_that_move_away_acknowledge_nothing() {
    let db = Db::new(Kind::Sqlite);
    let (here, there) = (db.folder().join("shop"), db.folder().join("elsewhere"));
    fs::create_dir(&here).expect("a folder");
    let url = format!("sqlite://{}", here.join("t.db").display());
    let stage = Stage::set(&url, Options::default()).await;
    fs::rename(&here, &there).expect("the folder moves");
    let lost = stage.shop.order(&stage.sku, 1, "buyer").await;
    assert_eq!(lost.status, 503, "it is acknowledged into files that are gone: {}", lost.text);
    stage.turns_red(&["files_moved"]).await;
    fs::rename(&there, &here).expect("it comes back");
    stage.turns_green().await;
    stage.sells().await;
    fs::remove_file(here.join("t.db-wal")).expect("the log is deleted");
    let lost = stage.shop.order(&stage.sku, 1, "buyer").await;
    assert_eq!(lost.status, 503, "it is acknowledged into a log that is gone: {}", lost.text);
    stage.turns_red(&["files_moved"]).await;
    stage.app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_page_is_told_until_it_is_mended() {
    let db = Db::new(Kind::Sqlite);
    let stage = Stage::set(db.url(), Options::default()).await;
    stage.app.stop().await;
    let path = db.folder().join("t.db");
    let (page, size) = {
        let mut conn = store::connect(&db.settings()).await.expect("the database opens");
        // A log that is copied whole leaves nothing beside the file.
        conn.raw("PRAGMA wal_checkpoint(TRUNCATE)").await.expect("the log is copied");
        static PLACE: store::seam::Statement = store::seam::Statement::new(
            "place",
            "SELECT (rootpage - 1) * page_size, page_size FROM sqlite_master, pragma_page_size()
             WHERE name = 'order_lines'",
        );
        let found = conn.fetch(&PLACE, &[]).await.expect("the place of a table");
        (found[0].int(0).expect("a number") as u64, found[0].int(1).expect("a number") as usize)
    };
    let file = File::options().read(true).write(true).open(&path).expect("the file");
    let mut whole = vec![0; size];
    file.read_exact_at(&mut whole, page).expect("the page");
    let garbage: Vec<u8> = whole.iter().map(|byte| !byte).collect();

    let app = testkit::App::start(&db).await;
    let stage = Stage { shop: stage.shop.at(app.url()), app, sku: stage.sku };
    file.write_all_at(&garbage, page).expect("bytes are flipped");
    let order = stage.shop.order(&stage.sku, 1, "buyer").await;
    assert!(order.status >= 500, "it is sold from damaged pages: {}", order.text);
    stage.turns_red(&["damaged"]).await;
    // The pulse goes on, for its page is well; that is no reason to say so of the whole.
    tokio::time::sleep(Duration::from_secs(2)).await;
    stage.turns_red(&["damaged"]).await;
    file.write_all_at(&whole, page).expect("they are flipped back");
    stage.turns_green().await;
    stage.ends_well(&db).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_that_may_only_read_is_told() {
    let db = Db::new(Kind::Postgres);
    let server = db.postgres().expect("a server");
    server.sql("CREATE ROLE clerk LOGIN").expect("a role");
    server.sql("GRANT CREATE, USAGE ON SCHEMA public TO clerk").expect("a right");
    let url = db.url().replace("postgres@", "clerk@");
    let stage = Stage::set(&url, Options::default()).await;
    server
        .sql("REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public FROM clerk")
        .expect("the right to write goes");
    stage.turns_red(&["read_only"]).await;
    assert_eq!(stage.ready("?for=reads").await.0, 200, "reads go on");
    let order = stage.shop.order(&stage.sku, 1, "buyer").await;
    assert_eq!((order.status, order.code()), (503, "overloaded"), "{}", order.text);
    let sku = stage.shop.get(&format!("/v1/skus/{}", stage.sku)).await;
    assert_eq!((sku.status, &sku.json["stock"]), (200, &json!(199)), "{}", sku.text);
    server
        .sql("GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk")
        .expect("it comes back");
    stage.turns_green().await;
    stage.ends_well(&db).await;
}

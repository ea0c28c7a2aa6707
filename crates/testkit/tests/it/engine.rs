//! The engine under stress: poison, a full queue, two lanes, two nodes, the end.
//!
//! Where a test needs commands to queue up, it holds the database from a connection of its own and
//! lets go when the engine says how many are waiting.

use domain::Envelope;
use domain::identity::buyer::BuyerRef;
use domain::ledger::credit_wallet::CreditWallet;
use engine::{Engine, Limits, Settings};
use futures_util::future::join_all;
use futures_util::poll;
use kernel::{Currency, Money, Tenant};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::pin::pin;
use std::time::{Duration, Instant};
use store::seam::Conn;
use testkit::{Answer, App, Caller, Db, Kind, Options, on_both};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vault::Place;

on_both!(
    a_poisoned_command_falls_alone,
    a_full_queue_refuses_at_once_and_loses_nothing,
    the_bulk_lane_goes_behind_the_interactive_lane,
    a_shutdown_finishes_what_was_accepted,
);

/// The longest wait for commands to queue up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Holds every batch up before its commit until it is released.
pub(crate) async fn hold(db: &Db) -> Conn {
    let settings = store::Settings { url: db.url().to_owned(), readers: 1 };
    let mut conn = store::connect(&settings).await.expect("a connection");
    let lock = match db.kind {
        Kind::Sqlite => "BEGIN IMMEDIATE",
        Kind::Postgres => {
            "SET idle_in_transaction_session_timeout = 0; BEGIN;
             LOCK TABLE journal_heads IN ACCESS EXCLUSIVE MODE"
        }
    };
    conn.raw(lock).await.expect("the database is held");
    conn
}

pub(crate) async fn release(mut held: Conn) {
    held.raw("ROLLBACK").await.expect("the database is free");
    held.close().await;
}

/// Waits until so many commands stand in the interactive lane.
pub(crate) async fn until_waiting(engine: &Engine, n: usize) {
    let begun = Instant::now();
    while engine.waiting() != n {
        let waiting = engine.waiting();
        assert!(begun.elapsed() < PATIENCE, "{waiting} commands are waiting, not {n}");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// A command that credits a buyer so many fen.
fn credit(engine: &Engine, tenant: Tenant, buyer: &str, fen: i64) -> Envelope {
    let tag = engine.vault().buyer_tag(tenant, buyer);
    let place = Place { tenant, table: "buyers", row: &tag, column: "sealed" };
    let sealed = engine.vault().seal(&place, buyer.as_bytes());
    let buyer = BuyerRef::External { tag, sealed };
    let amount = Money::new(fen, Currency::Cny);
    Envelope::of(engine.internal(tenant), CreditWallet { buyer, amount })
}

/// Makes the worker take a batch of one command, which then stands before the held database.
pub(crate) async fn occupy(engine: &Engine, tenant: Tenant) -> JoinHandle<()> {
    let (node, first) = (engine.clone(), credit(engine, tenant, "first", 1));
    let mut call = Box::pin(async move {
        node.submit(first).await.expect("the first credit");
    });
    assert!(poll!(&mut call).is_pending(), "the database is held");
    until_waiting(engine, 0).await;
    tokio::spawn(call)
}

/// Sends a request from a task of its own.
fn send(shop: &Caller, body: Value, key: String) -> JoinHandle<Answer> {
    let shop = shop.clone();
    tokio::spawn(async move { shop.post_as("/v1/orders", &body, &key).await })
}

async fn answers(calls: Vec<JoinHandle<Answer>>) -> Vec<Answer> {
    join_all(calls).await.into_iter().map(|answer| answer.expect("no panic")).collect()
}

fn number(answer: &Answer) -> String {
    answer.json["deliveries"][0]["code"]["number"].as_str().expect("a code").to_owned()
}

/// Asserts that all were delivered, each another code.
fn assert_delivered(answers: &[Answer]) {
    for answer in answers {
        assert_eq!(answer.status, 201, "{}", answer.text);
    }
    let codes: HashSet<String> = answers.iter().map(number).collect();
    assert_eq!(codes.len(), answers.len(), "a code went out twice");
}

/// A shop with codes and a rich buyer. The node does work only as long as the import lasts.
async fn stocked(app: &App, codes: usize) -> (Caller, String) {
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(deliver::run(app.engine.clone(), stopped));
    let shop = app.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "C", codes).await;
    shop.credit("buyer", 10_000_000).await;
    stop.send_replace(true);
    work.await.expect("no panic");
    (shop, sku)
}

/// A node that does only what it is told: nothing queues but what the test sends.
async fn quiet(db: &Db, limits: Limits) -> App {
    let engine = Settings { limits, ..Settings::default() };
    App::start_with(db.url(), Options { engine, without_work: true, ..Options::default() }).await
}

async fn poison(db: &Db) {
    let trigger = match db.kind {
        Kind::Sqlite => {
            "CREATE TRIGGER poison BEFORE INSERT ON orders WHEN NEW.external_id = 'poison'
             BEGIN SELECT RAISE(ABORT, 'poisoned'); END"
        }
        Kind::Postgres => {
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 IF NEW.external_id = 'poison' THEN RAISE EXCEPTION 'poisoned'; END IF;
                 RETURN NEW; END $$;
             CREATE TRIGGER poison BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION poison()"
        }
    };
    db.sql(trigger).await;
}

async fn a_poisoned_command_falls_alone(kind: Kind) {
    let db = Db::new(kind);
    let app = quiet(&db, Limits::default()).await;
    let (shop, sku) = stocked(&app, 60).await;
    poison(&db).await;

    let held = hold(&db).await;
    let first = occupy(&app.engine, shop.tenant).await;
    let body = |n: usize| {
        let mut body = Caller::order_body(&sku, 1, "buyer");
        let id = if n == 23 { "poison".to_owned() } else { format!("ext-{n}") };
        body["external_id"] = json!(id);
        body
    };
    let calls: Vec<_> = (0..50).map(|n| send(&shop, body(n), format!("key-{n}"))).collect();
    until_waiting(&app.engine, 50).await;
    let before = app.engine.stats().commands();
    release(held).await;
    let mut answers = answers(calls).await;
    first.await.expect("no panic");

    let poisoned = answers.remove(23);
    assert_eq!((poisoned.status, poisoned.code()), (500, "internal"), "{}", poisoned.text);
    assert!(!poisoned.text.contains("poisoned"), "the cause is not for callers");
    assert_delivered(&answers);
    assert_eq!(app.engine.stats().commands() - before, 50, "the first and the 49 others");
    assert_eq!(shop.get("/v1/orders?external_id=poison").await.status, 404);

    let on = if kind == Kind::Postgres { " ON orders" } else { "" };
    db.sql(&format!("DROP TRIGGER poison{on}")).await;
    let cured = shop.post_as("/v1/orders", &body(23), "key-23").await;
    assert!(cured.status == 201 && !cured.replayed, "a failure is not stored: {}", cured.text);
    app.stop().await;
    db.assert_sound().await;
}

async fn a_full_queue_refuses_at_once_and_loses_nothing(kind: Kind) {
    let db = Db::new(kind);
    let limits = Limits { interactive_queue_max: 8, ..Limits::default() };
    let app = quiet(&db, limits).await;
    let (shop, sku) = stocked(&app, 20).await;

    let held = hold(&db).await;
    let first = occupy(&app.engine, shop.tenant).await;
    let order = || Caller::order_body(&sku, 1, "buyer");
    let calls: Vec<_> = (0..8).map(|n| send(&shop, order(), format!("key-{n}"))).collect();
    until_waiting(&app.engine, 8).await;
    for _ in 0..20 {
        // The database is still held, so these answers wait for nobody.
        let refused = shop.post_as("/v1/orders", &order(), "one-too-many").await;
        assert_eq!((refused.status, refused.code()), (503, "overloaded"), "{}", refused.text);
        assert_eq!(refused.json["retryable"], true, "{}", refused.text);
        assert!(refused.retry_after.is_some_and(|seconds| seconds > 0), "Retry-After");
    }
    assert_eq!(app.engine.waiting(), 8, "what was accepted still waits");
    release(held).await;
    assert_delivered(&answers(calls).await);
    first.await.expect("no panic");

    let later = shop.post_as("/v1/orders", &order(), "one-too-many").await;
    assert!(later.status == 201 && !later.replayed, "{}", later.text);
    let left = shop.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(left.json["stock"], 11, "nine orders and no more: {}", left.text);
    app.stop().await;
    db.assert_sound().await;
}

/// The amounts of the credits in the journal, in its order.
async fn credited(shop: &Caller) -> Vec<i64> {
    let journal = shop.get("/v1/journal?limit=200").await;
    let rows = journal.json["data"].as_array().expect("rows").iter();
    rows.filter(|row| row["kind"] == "wallet.credited")
        .map(|row| row["data"]["posting"]["amount"].as_i64().unwrap_or_else(|| panic!("{row}")))
        .collect()
}

async fn the_bulk_lane_goes_behind_the_interactive_lane(kind: Kind) {
    const BULK: i64 = 7;
    const INTERACTIVE: i64 = 9;
    let db = Db::new(kind);
    let app = quiet(&db, Limits::default()).await;
    let shop = app.merchant("星河").await;
    let held = hold(&db).await;
    let first = occupy(&app.engine, shop.tenant).await;

    let engine = app.engine.clone();
    let command =
        |lane: i64, n: usize| credit(&engine, shop.tenant, &format!("buyer-{lane}-{n}"), lane);
    let mut bulk = pin!(join_all((0..10).map(|n| engine.submit_bulk(command(BULK, n)))));
    assert!(poll!(&mut bulk).is_pending(), "bulk commands wait first");
    let mut urgent = pin!(join_all((0..40).map(|n| engine.submit(command(INTERACTIVE, n)))));
    assert!(poll!(&mut urgent).is_pending(), "interactive commands come after them");
    assert_eq!(engine.waiting(), 40);
    release(held).await;
    let (bulk, urgent) = tokio::join!(bulk, urgent);
    first.await.expect("no panic");
    assert!(bulk.iter().chain(&urgent).all(Result::is_ok), "every command is done");

    let order = credited(&shop).await;
    assert_eq!(order.len(), 51, "{order:?}");
    let last = order.iter().rposition(|amount| *amount == INTERACTIVE * 100).expect("a credit");
    let early = order[..last].iter().filter(|amount| **amount == BULK * 100).count();
    // One slice may go between two interactive batches, so that bulk work never starves.
    assert!(early <= 1, "{early} bulk commands went first: {order:?}");
    app.stop().await;
    db.assert_sound().await;
}

async fn a_shutdown_finishes_what_was_accepted(kind: Kind) {
    let db = Db::new(kind);
    let app = quiet(&db, Limits::default()).await;
    let (shop, sku) = stocked(&app, 20).await;
    let held = hold(&db).await;
    let first = occupy(&app.engine, shop.tenant).await;
    let order = || Caller::order_body(&sku, 1, "buyer");
    let calls: Vec<_> = (0..12).map(|n| send(&shop, order(), format!("key-{n}"))).collect();
    until_waiting(&app.engine, 12).await;

    let mut shutdown = pin!(app.engine.shutdown());
    assert!(poll!(&mut shutdown).is_pending(), "accepted commands are not done yet");
    let late = shop.post_as("/v1/orders", &order(), "late").await;
    assert_eq!((late.status, late.code()), (503, "overloaded"), "{}", late.text);
    release(held).await;
    shutdown.await;
    assert_delivered(&answers(calls).await);
    first.await.expect("no panic");
    db.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follower_of_the_journal_misses_nothing_while_two_nodes_write() {
    const EACH: i64 = 300;
    let db = Db::new(Kind::Postgres);
    let one = quiet(&db, Limits::default()).await;
    let two = quiet(&db, Limits::default()).await;
    let tenant = one.merchant("星河").await.tenant;
    let head = async || {
        let mut conn = one.engine.reader().conn().await.expect("a connection");
        let heads = store::read::heads(&mut conn).await.expect("the heads");
        heads.iter().find(|(book, _)| *book == tenant).map_or(0, |(_, seq)| *seq)
    };
    let start = head().await;

    let write = async |node: &App, name: &str| {
        // Eight at a time, so that each node commits many batches.
        for round in 0..EACH / 8 + 1 {
            let some = (round * 8..EACH.min(round * 8 + 8)).map(|n| {
                // The buyers are the same on both nodes, in another order on each.
                let buyer = if name == "one" { n % 16 } else { (EACH - n) % 16 };
                node.engine.submit(credit(&node.engine, tenant, &format!("b{buyer}"), 1))
            });
            for done in join_all(some).await {
                done.expect("a credit");
            }
        }
    };
    let follow = async {
        let (mut last, mut credits) = (start, 0);
        while credits < 2 * EACH {
            for row in one.engine.reader().journal(tenant, last, 200).await.expect("rows") {
                assert_eq!(row.seq, last + 1, "a fact appeared behind a later one");
                last = row.seq;
                credits += i64::from(row.kind == "wallet.credited");
            }
        }
        last
    };
    let (_, _, last) = tokio::join!(write(&one, "one"), write(&two, "two"), follow);
    assert_eq!(head().await, last);
    let batches = [&one, &two].map(|node| node.engine.stats().batches());
    assert!(batches.iter().all(|n| *n > 30), "both nodes wrote: {batches:?}");
    one.stop().await;
    two.stop().await;
    db.assert_sound().await;
}

/// Sends one request to two nodes at once, each with its own idempotency key.
async fn both(
    nodes: &[Caller; 2],
    path: &str,
    body: &Value,
    keys: [&String; 2],
) -> (Answer, Answer) {
    tokio::join!(nodes[0].post_as(path, body, keys[0]), nodes[1].post_as(path, body, keys[1]),)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_race_for_a_key_a_buyer_and_an_external_id() {
    let db = Db::new(Kind::Postgres);
    let one = quiet(&db, Limits::default()).await;
    let two = quiet(&db, Limits::default()).await;
    let (left, sku) = stocked(&one, 100).await;
    let nodes = [left.clone(), left.at(two.url())];
    for round in 0..20 {
        let order = Caller::order_body(&sku, 1, "buyer");
        let key = format!("key-{round}");
        let (a, b) = both(&nodes, "/v1/orders", &order, [&key, &key]).await;
        assert_eq!((a.status, b.status), (201, 201), "{} {}", a.text, b.text);
        assert_eq!(a.text, b.text, "one key, two orders");
        assert!(a.replayed != b.replayed, "one is the repeat of the other");

        let credit = json!({
            "buyer": { "external_id": format!("new-{round}") },
            "amount": { "amount": 700, "currency": "CNY" }
        });
        let keys = [&format!("left-{round}"), &format!("right-{round}")];
        let (a, b) = both(&nodes, "/v1/wallet-credits", &credit, keys).await;
        assert_eq!((a.status, b.status), (201, 201), "{} {}", a.text, b.text);
        let wallet = json!({ "buyer": credit["buyer"] });
        let wallet = left.post("/v1/wallets/lookup", &wallet).await;
        assert_eq!(wallet.json["balance"]["amount"], 1_400, "one buyer: {}", wallet.text);

        let mut named = Caller::order_body(&sku, 1, "buyer");
        named["external_id"] = json!(format!("ext-{round}"));
        let keys = [&format!("named-left-{round}"), &format!("named-right-{round}")];
        let (a, b) = both(&nodes, "/v1/orders", &named, keys).await;
        let (good, bad) = if a.status == 201 { (a, b) } else { (b, a) };
        assert_eq!((good.status, bad.status), (201, 409), "{} {}", good.text, bad.text);
        assert_eq!(bad.code(), "external_id_taken", "{}", bad.text);
    }
    let stock = left.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(stock.json["stock"], 60, "two effects a round: {}", stock.text);
    one.stop().await;
    two.stop().await;
    db.assert_sound().await;
}

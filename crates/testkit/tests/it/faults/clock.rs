//! A clock that is set forward by two days and back again, and keys that end.

use super::Stage;
use domain::identity::Scope;
use engine::{Clock, Settings};
use kernel::Timestamp;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use testkit::{App, Caller, Db, Kind, Options, on_both};

on_both!(
    a_hold_of_a_future_that_is_taken_back_ends,
    a_future_that_ended_with_its_process_is_taken_back_too,
    a_lease_of_a_future_that_is_taken_back_ends,
    a_key_ends_when_it_says,
);

const DAYS: i64 = 2 * 86_400_000_000;
const HOLD_SECONDS: u32 = 2;

/// The machine's clock, set to another time by so many microseconds.
fn clock() -> (Clock, Arc<AtomicI64>) {
    let set = Arc::new(AtomicI64::new(0));
    let by = Arc::clone(&set);
    let tell = move || Timestamp::now().plus_micros(by.load(Ordering::SeqCst));
    (Clock::Told(Arc::new(tell)), set)
}

fn options(clock: &Clock) -> Options {
    let engine = Settings { clock: clock.clone(), ..Settings::default() };
    Options { engine, hold_seconds: Some(HOLD_SECONDS), ..Options::default() }
}

/// An order that waits for money.
async fn held(stage: &Stage) -> String {
    let mut body = Caller::order_body(&stage.sku, 1, "buyer");
    body.as_object_mut().expect("an object").remove("pay");
    let held = stage.shop.post("/v1/orders", &body).await;
    assert_eq!(held.status, 201, "{}", held.text);
    held.json["id"].as_str().expect("an id").to_owned()
}

/// It is cancelled when its time is over.
async fn ends(stage: &Stage, order: &str) {
    let begun = Instant::now();
    while stage.shop.get(&format!("/v1/orders/{order}")).await.json["state"] != "cancelled" {
        assert!(begun.elapsed() < Duration::from_secs(8), "the hold does not end");
        tokio::time::sleep(super::POLL).await;
    }
}

/// Times of the journal, in its order.
async fn times(stage: &Stage) -> Vec<Timestamp> {
    let page = stage.shop.get("/v1/journal?limit=200").await;
    let time = |fact: &Value| fact["at"].as_str().and_then(Timestamp::parse).expect("a time");
    page.json["data"].as_array().expect("facts").iter().map(time).collect()
}

async fn a_hold_of_a_future_that_is_taken_back_ends(kind: Kind) {
    let db = Db::new(kind);
    let (clock, set) = clock();
    let stage = Stage::set(db.url(), options(&clock)).await;
    set.store(DAYS, Ordering::SeqCst);
    let order = held(&stage).await;
    stage.sells().await;
    set.store(0, Ordering::SeqCst);
    stage.sells().await;
    ends(&stage, &order).await;
    let times = times(&stage).await;
    assert!(times.len() > 5 && times.is_sorted(), "the journal runs backwards: {times:?}");
    stage.turns_green().await;
    stage.ends_well(&db).await;
}

async fn a_lease_of_a_future_that_is_taken_back_ends(kind: Kind) {
    let db = Db::new(kind);
    let (clock, set) = clock();
    let stage = Stage::set(db.url(), options(&clock)).await;
    let order = held(&stage).await;
    // As if a claim had come just before the clock was set back, and its work just behind.
    let lease = Timestamp::now().plus_micros(DAYS).0;
    db.sql(&format!("UPDATE work SET lease_until = {lease} WHERE kind = 4")).await;
    set.store(-120_000_000, Ordering::SeqCst);
    ends(&stage, &order).await;
    stage.ends_well(&db).await;
}

async fn a_future_that_ended_with_its_process_is_taken_back_too(kind: Kind) {
    let db = Db::new(kind);
    let (clock, set) = clock();
    let stage = Stage::set(db.url(), options(&clock)).await;
    set.store(DAYS, Ordering::SeqCst);
    let order = held(&stage).await;
    stage.app.stop().await;
    set.store(0, Ordering::SeqCst);
    let app = App::start_with(db.url(), options(&clock)).await;
    let stage = Stage { shop: stage.shop.at(app.url()), app, sku: stage.sku };
    ends(&stage, &order).await;
    stage.ends_well(&db).await;
}

async fn a_key_ends_when_it_says(kind: Kind) {
    let db = Db::new(kind);
    let (clock, set) = clock();
    let stage = Stage::set(db.url(), options(&clock)).await;
    let operator = stage.app.operator().await;
    let merchant = stage.shop.tenant.merchant();
    let keys = format!("/v1/merchants/{merchant}/keys");
    let key = |end: Timestamp| {
        json!({ "name": "guest", "mode": "test", "scopes": [Scope::OrdersRead.name()],
            "expires_at": end.to_string() })
    };
    let past = operator.post(&keys, &key(Timestamp(1))).await;
    assert_eq!((past.status, past.code()), (422, "invalid"), "{}", past.text);
    let end = Timestamp::now().plus_micros(DAYS);
    let made = operator.post(&keys, &key(end)).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.json["expires_at"], end.to_string(), "{}", made.text);
    let secret = made.json["secret"].as_str().expect("a secret");
    let guest = Caller::new(stage.app.url(), secret, stage.shop.tenant);
    assert_eq!(guest.get("/v1/orders").await.status, 200);
    set.store(DAYS, Ordering::SeqCst);
    let ended = guest.get("/v1/orders").await;
    assert_eq!((ended.status, ended.code()), (401, "unauthorized"), "{}", ended.text);
    assert_eq!(stage.shop.get("/v1/orders").await.status, 200, "the others go on");
    stage.ends_well(&db).await;
}

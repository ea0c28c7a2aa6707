//! kill -9 while vouchers are made and while they expire, slice by slice: none is lost or doubled, each is paid back once, and the
//! sums are exact.

use crate::process::{Server, arg, printed, run};
use kernel::Timestamp;
use serde_json::json;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use testkit::{Caller, Db, Kind};

/// Vouchers that expire: a few dozen slices.
const VOUCHERS: i64 = 6_000;
/// Vouchers of a run: a hundred slices.
const RUN: i64 = 100_000;
/// Vouchers of one order.
const AT_ONCE: i64 = 500;
/// What each costs, in fen.
const PRICE: i64 = 3;
/// How long they are valid: longer than they take to be bought.
const VALID: Duration = Duration::from_secs(20);
/// How often the process is killed. On PostgreSQL the work goes on ten seconds after a kill.
const KILLS: u32 = 2;
/// How long it may take, with all restarts.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn expiry_survives_kills_on_sqlite() {
    expiry_survives_kills(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn expiry_survives_kills_on_postgres() {
    expiry_survives_kills(Kind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_survives_kills_on_sqlite() {
    a_run_survives_kills(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_survives_kills_on_postgres() {
    a_run_survives_kills(Kind::Postgres).await;
}

async fn a_run_survives_kills(kind: Kind) {
    let db = Db::new(kind);
    let (folder, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let args = ["demo", "--data", arg(&folder), "--database", db.url()];
    let args = [&args[..], &["--master-key-file", arg(&key)]].concat();
    let mut server = Server::start(db.folder(), &args).await;
    let mut shop = server.merchant(0);
    let sku = json!({ "kind": "voucher", "voucher": { "type": "count", "uses": 2 } });
    let sku = shop.sku(PRICE, sku).await;
    let run = shop.post("/v1/vouchers", &json!({ "sku": sku, "quantity": RUN })).await;
    assert_eq!(run.status, 202, "{}", run.text);
    let path = format!("/v1/voucher-runs/{}", run.json["id"].as_str().expect("an id"));
    let (begun, mut seen, mut kills) = (Instant::now(), 0, 0);
    let done = loop {
        let run = shop.get(&path).await.json;
        if run["state"] == "done" {
            break run;
        }
        let made = run["made"].as_i64().expect("a number");
        assert!(begun.elapsed() < PATIENCE, "{made} of them are there");
        if made > seen && kills < KILLS {
            (seen, kills) = (made, kills + 1);
            server.kill();
            server = Server::start(db.folder(), &args).await;
            shop = shop.at(server.url());
        }
    };
    assert_eq!((kills, done["made"].as_i64()), (KILLS, Some(RUN)), "{done}");
    assert_eq!(db.number("SELECT COUNT(*) FROM vouchers").await, RUN);
    let file = shop.post(&format!("{path}/file"), &json!({ "format": "csv" })).await;
    let codes: BTreeSet<&str> = file.text.lines().skip(1).collect();
    assert_eq!(codes.len() as i64, RUN, "{}", file.status);
    let last = file.text.lines().last().and_then(|line| line.split_once(',')).expect("a row").1;
    let used = shop.post("/v1/redemptions", &json!({ "code": last, "uses": 2 })).await;
    assert_eq!(used.status, 201, "{}", used.text);
    let (ok, told) = run_verify(&db);
    assert!(ok, "verify fails: {told}");
    server.stop().await;
}

fn run_verify(db: &Db) -> (bool, String) {
    let output = run(&["verify", "--database", db.url(), "--json"]);
    let (report, complaint) = printed(&output);
    (output.status.success(), format!("{report} {complaint}"))
}

async fn expiry_survives_kills(kind: Kind) {
    let db = Db::new(kind);
    let (folder, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let args = ["demo", "--data", arg(&folder), "--database", db.url()];
    let args = [&args[..], &["--master-key-file", arg(&key)]].concat();
    let mut server = Server::start(db.folder(), &args).await;
    let mut shop = server.merchant(0);
    shop.credit("buyer", 1_000_000).await;
    let from = Timestamp::now();
    let until = from.plus_micros(VALID.as_micros() as i64);
    let sku = json!({
        "kind": "voucher", "voucher": { "type": "count", "uses": 2 },
        "validity": { "from": from, "until": until }
    });
    let sku = shop.sku(PRICE, sku).await;
    let mut code = String::new();
    for _ in 0..VOUCHERS / AT_ONCE {
        let order = shop.order(&sku, AT_ONCE as u32, "buyer").await;
        assert_eq!(order.status, 201, "{}", order.text);
        order.json["deliveries"][0]["voucher"]["code"]
            .as_str()
            .expect("a code")
            .clone_into(&mut code);
    }
    // Of one a use was taken: one fen and a half stay, of which a whole one goes back.
    let used = shop.post("/v1/redemptions", &json!({ "code": code, "uses": 1 })).await;
    assert_eq!(used.status, 201, "{}", used.text);
    assert_eq!(balance(&shop).await, 1_000_000 - VOUCHERS * PRICE);
    let (begun, mut slices, mut kills) = (Instant::now(), 0, 0);
    loop {
        let ended = db.number("SELECT COUNT(*) FROM vouchers WHERE state = 3").await;
        if ended == VOUCHERS {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "{ended} of them ended");
        if ended > slices && kills < KILLS {
            (slices, kills) = (ended, kills + 1);
            server.kill();
            server = Server::start(db.folder(), &args).await;
            shop = shop.at(server.url());
        }
    }
    assert_eq!(kills, KILLS, "it was too quick to be killed");
    assert_eq!(balance(&shop).await, 1_000_000 - 2);
    let (ok, told) = run_verify(&db);
    assert!(ok, "verify fails: {told}");
    server.stop().await;
}

async fn balance(shop: &Caller) -> i64 {
    let body = json!({ "buyer": { "external_id": "buyer" } });
    let wallet = shop.post("/v1/wallets/lookup", &body).await;
    wallet.json["balance"]["amount"].as_i64().unwrap_or_else(|| panic!("{}", wallet.text))
}

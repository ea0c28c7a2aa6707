//! kill -9 while a batch is frozen and unfrozen slice by slice, and buyers buy: every slice happened once or not at
//! all, and no code of the batch is sold between the answer to the freeze and the unfreeze.

use crate::process::{Server, arg, printed, run};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::{Answer, Caller, Db, Kind};

/// Codes of the batch: a few dozen slices.
const CODES: i64 = 24_000;
/// Codes of the batch behind it: more than are bought at this pace while a killed node's lease runs out.
const OTHERS: usize = 10_000;
/// How often something is bought.
const PACE: Duration = Duration::from_millis(20);
/// How often the process is killed under each mark. A job goes on when its lease runs out, ten seconds after a kill;
/// beside a file nobody else can hold one, so it goes on at once.
const fn kills_most(kind: Kind) -> i32 {
    match kind {
        Kind::Sqlite => 4,
        Kind::Postgres => 2,
    }
}
/// How long a job may take, with all its restarts.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marks_survive_kills_on_sqlite() {
    marks_survive_kills(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marks_survive_kills_on_postgres() {
    marks_survive_kills(Kind::Postgres).await;
}

async fn marks_survive_kills(kind: Kind) {
    let db = Db::new(kind);
    let (folder, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let args = ["demo", "--data", arg(&folder), "--database", db.url()];
    let args = [&args[..], &["--master-key-file", arg(&key)]].concat();
    let mut server = Server::start(db.folder(), &args).await;
    let mut shop = server.merchant(0);
    let sku = shop.sku(3, json!({})).await;
    let rows: String = (0..CODES).map(|i| format!("A{i:05}\n")).collect();
    let done = shop.import(&sku, format!("number\n{rows}")).await;
    let batch = done["batch"].as_str().expect("a batch").to_owned();
    shop.stock(&sku, "B", OTHERS).await;
    shop.credit("buyer", 100_000).await;
    assert!(bought(&shop.order(&sku, 1, "buyer").await).starts_with('A'));

    let mut kills = 0;
    for (mark, state) in [("freeze", "frozen"), ("unfreeze", "open"), ("void", "voided")] {
        let path = format!("/v1/code-batches/{batch}/{mark}");
        let answer = shop.post(&path, &json!({ "reason": "疑似泄露" })).await;
        assert_eq!((answer.status, &answer.json["state"]), (200, &json!(state)), "{}", answer.text);
        let begun = Instant::now();
        let (mut moved, before) = (-1, kills);
        loop {
            let seen = shop.get(&format!("/v1/code-batches/{batch}")).await.json;
            if seen["in_progress"] == false {
                break;
            }
            assert!(begun.elapsed() < PATIENCE, "{mark} is never done: {seen}");
            let code = bought(&shop.order(&sku, 1, "buyer").await);
            assert!(mark == "unfreeze" || code.starts_with('B'), "{code} was sold after {mark}");
            let now = seen["counts"][if mark == "void" { "voided" } else { "frozen" }].clone();
            let now = now.as_i64().expect("a count");
            if now != moved && kills < before + kills_most(kind) {
                (moved, kills) = (now, kills + 1);
                server.kill();
                server = Server::start(db.folder(), &args).await;
                shop = shop.at(server.url());
            } else {
                tokio::time::sleep(PACE).await;
            }
        }
        check(&db, &shop, &batch, state).await;
    }
    assert!(kills >= 3, "the job was too quick to be killed: {kills}");
    let output = run(&["verify", "--database", db.url(), "--json"]);
    let (report, complaint) = printed(&output);
    assert!(output.status.success(), "verify fails: {report} {complaint}");
    server.stop().await;
}

/// Each code that the mark moved was told of exactly once.
async fn check(db: &Db, shop: &Caller, batch: &str, state: &str) {
    let seen = shop.get(&format!("/v1/code-batches/{batch}")).await.json;
    let of = |state: &str| seen["counts"][state].as_i64().expect("a count");
    let left = ["available", "frozen", "voided"].map(of);
    let sold = of("revealed");
    let column = match state {
        "open" => 0,
        "frozen" => 1,
        _ => 2,
    };
    for (at, count) in left.into_iter().enumerate() {
        assert_eq!(count, if at == column { CODES - sold } else { 0 }, "{seen}");
    }
    let reason = if state == "frozen" { 12 } else { 14 };
    if state != "open" {
        let moved = format!(
            "SELECT CAST(SUM(amount) AS BIGINT) FROM transfers WHERE reason = {reason}
            AND subject = (SELECT id FROM imports WHERE accepted = {CODES})"
        );
        assert_eq!(db.number(&moved).await, CODES - sold, "{state}");
    }
}

fn bought(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    let number: &Value = &answer.json["deliveries"][0]["code"]["number"];
    number.as_str().expect("a number").to_owned()
}

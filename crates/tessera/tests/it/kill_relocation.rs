//! kill -9 while a batch is moved to another SKU slice by slice, and then gets another date, and buyers buy of both: every
//! code is sold at most once, for the price of where it was, and every slice happened once or not at all.

use crate::process::{Server, arg, printed, run};
use serde_json::json;
use std::collections::HashSet;
use std::time::{Duration, Instant};
use testkit::{Answer, Caller, Db, Kind};

/// Codes of the batch: a few dozen slices.
const CODES: u64 = 16_000;
/// Codes on each side that stay where they are: more than are bought while leases run out.
const OTHERS: usize = 8_000;
/// How often something is bought on each side.
const PACE: Duration = Duration::from_millis(20);
/// How often the process is killed in each job. On PostgreSQL a job goes on ten seconds after a kill.
const KILLS: u32 = 2;
/// How long a job may take, with all its restarts.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moves_survive_kills_on_sqlite() {
    moves_survive_kills(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn moves_survive_kills_on_postgres() {
    moves_survive_kills(Kind::Postgres).await;
}

async fn moves_survive_kills(kind: Kind) {
    let db = Db::new(kind);
    let (folder, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let args = ["demo", "--data", arg(&folder), "--database", db.url()];
    let args = [&args[..], &["--master-key-file", arg(&key)]].concat();
    let mut server = Server::start(db.folder(), &args).await;
    let mut shop = server.merchant(0);
    let (old, new) = (shop.sku(3, json!({})).await, shop.sku(5, json!({})).await);
    // What came first is sold first.
    shop.stock(&new, "N", OTHERS).await;
    let rows: String = (0..CODES).map(|i| format!("M{i:05}\n")).collect();
    let done = shop.import(&old, format!("number\n{rows}")).await;
    let batch = format!("/v1/code-batches/{}", done["batch"].as_str().expect("a batch"));
    shop.stock(&old, "O", OTHERS).await;
    shop.credit("buyer", 1_000_000).await;
    let (mut sold, mut kills) = (HashSet::new(), 0);

    // What has a date is sold before what has none, and a batch that is sold from gets no other date.
    let jobs = [
        ("move", json!({ "sku": new }), &[(&old, "O"), (&new, "N")][..]),
        ("redate", json!({ "valid_until": "2099-12-31" }), &[(&old, "O")][..]),
    ];
    for (verb, body, shelf) in jobs {
        let answer = shop.post(&format!("{batch}/{verb}"), &body).await;
        let begun = (answer.status, &answer.json["in_progress"]);
        assert_eq!(begun, (200, &json!(true)), "{}", answer.text);
        let (begun, before, mut slices) = (Instant::now(), kills, 0);
        loop {
            let seen = shop.get(&batch).await.json;
            if seen["in_progress"] == false {
                assert_eq!(seen["relocation_failed"], json!(null), "{seen}");
                assert_eq!(seen["counts"]["available"], CODES, "{seen}");
                break;
            }
            assert!(begun.elapsed() < PATIENCE, "{verb} is never done: {seen}");
            for (sku, prefix) in shelf {
                let code = bought(&shop.order(sku, 1, "buyer").await);
                assert!(code.starts_with(prefix), "{code} was sold during the {verb}");
                assert!(sold.insert(code), "a code was sold twice");
            }
            let now = db.number("SELECT COUNT(*) FROM transfers WHERE reason = 17").await;
            if now > slices && kills < before + KILLS {
                (slices, kills) = (now, kills + 1);
                server.kill();
                server = Server::start(db.folder(), &args).await;
                shop = shop.at(server.url());
            } else {
                tokio::time::sleep(PACE).await;
            }
        }
        assert!(kills > before, "the {verb} was too quick to be killed");
    }
    let left = stock(&shop, &old).await + stock(&shop, &new).await;
    assert_eq!(left, CODES + 2 * OTHERS as u64 - sold.len() as u64);
    let code = bought(&shop.order(&new, 1, "buyer").await);
    assert!(code.starts_with('M'), "what ends first is sold first: {code}");
    let output = run(&["verify", "--database", db.url(), "--json"]);
    let (report, complaint) = printed(&output);
    assert!(output.status.success(), "verify fails: {report} {complaint}");
    server.stop().await;
}

fn bought(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json["deliveries"][0]["code"]["number"].as_str().expect("a number").to_owned()
}

async fn stock(shop: &Caller, sku: &str) -> u64 {
    shop.get(&format!("/v1/skus/{sku}")).await.json["stock"].as_u64().expect("a stock")
}

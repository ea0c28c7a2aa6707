//! `tessera rebuild`: what is told behind the journals comes out as it was, also where the rebuild itself is killed.

use crate::process::{Server, arg, printed, run, tessera};
use std::time::Duration;
use testkit::{Caller, Db, Kind};

/// What follows the journals.
const TABLES: [&str; 5] = ["order_keys", "order_facts", "sales", "batch_sales", "followed"];
/// Orders beside those of the demo.
const ORDERS: usize = 300;
/// How long each rebuild lives that is killed.
const LIVES: [Duration; 3] =
    [Duration::from_millis(40), Duration::from_millis(150), Duration::from_millis(400)];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebuild_survives_kills_on_sqlite() {
    a_rebuild_survives_kills(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebuild_survives_kills_on_postgres() {
    a_rebuild_survives_kills(Kind::Postgres).await;
}

async fn told(db: &Db) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for table in TABLES {
        all.push(db.rows_of(table).await);
    }
    all
}

async fn a_rebuild_survives_kills(kind: Kind) {
    let db = Db::new(kind);
    let (folder, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let demo = ["demo", "--data", arg(&folder), "--database", db.url()];
    let demo = [&demo[..], &["--master-key-file", arg(&key)]].concat();
    let server = Server::start(db.folder(), &demo).await;
    let shop = server.merchant(0);
    let sku = shop.sku(3, serde_json::json!({})).await;
    shop.stock(&sku, "R", ORDERS).await;
    shop.credit("ann", 1_000_000).await;
    for _ in 0..ORDERS {
        let made = shop.post("/v1/orders", &Caller::order_body(&sku, 1, "ann")).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    db.followed().await;
    server.stop().await;
    // What the end of the server wrote is followed by the first rebuild.
    let rebuild = ["rebuild", "--database", db.url(), "--master-key-file", arg(&key)];
    let output = run(&rebuild);
    let (said, complaint) = printed(&output);
    assert!(output.status.success() && said.contains("facts were read anew"), "{said} {complaint}");
    let before = told(&db).await;
    assert!(before.iter().all(|rows| !rows.is_empty()), "there is something to make anew");
    for life in LIVES {
        let mut child = tessera(&rebuild).spawn().expect("it starts");
        tokio::time::sleep(life).await;
        child.kill().expect("it is killed");
        child.wait().expect("it ended");
    }
    let output = run(&rebuild);
    assert!(output.status.success(), "{:?}", printed(&output));
    assert!(before == told(&db).await, "made anew it is what it was");
    let output = run(&["verify", "--database", db.url(), "--json"]);
    let (report, complaint) = printed(&output);
    assert!(output.status.success(), "verify fails: {report} {complaint}");
}

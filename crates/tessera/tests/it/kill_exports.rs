//! kill -9 while lists are written to files: each file is whole, once, and holds every row of its list in order.

use crate::process::{Server, arg, printed, run};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::{Caller, Db, Kind};

/// Rows of the list: the rows of a code file that cannot be read, which are made quickly.
const ROWS: usize = 60_000;
/// How often the process is killed over each file, before it is let be.
const KILLS: usize = 2;
/// How long a file may take, with all its restarts. One begins again ten seconds after a kill.
const PATIENCE: Duration = Duration::from_secs(180);
/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_survive_kills_on_sqlite() {
    files_survive_kills(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_survive_kills_on_postgres() {
    files_survive_kills(Kind::Postgres).await;
}

async fn files_survive_kills(kind: Kind) {
    let db = Db::new(kind);
    let (folder, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let args = ["demo", "--data", arg(&folder), "--database", db.url()];
    let args = [&args[..], &["--master-key-file", arg(&key)]].concat();
    let mut server = Server::start(db.folder(), &args).await;
    let mut shop = server.merchant(0);
    let sku = shop.sku(3, json!({})).await;
    let rows: String = (0..ROWS).map(|_| "=1+1\n").collect();
    let done = shop.import(&sku, format!("number\nGOOD\n{rows}")).await;
    assert_eq!(done["errors"], ROWS, "{done}");
    let filter = json!({ "id": done["id"], "kind": "error" });
    for format in ["csv", "xlsx"] {
        let body = json!({ "list": "code_imports.rows", "format": format, "filter": filter });
        let asked = shop.post("/v1/exports", &body).await;
        assert_eq!(asked.status, 202, "{}", asked.text);
        let path = format!("/v1/exports/{}", asked.json["id"].as_str().expect("an id"));
        let (mut kills, begun) = (0, Instant::now());
        let done = loop {
            let seen = shop.get(&path).await.json;
            match seen["state"].as_str() {
                Some("done") => break seen,
                Some("waiting") => {}
                Some("running") if kills < KILLS && is_begun(&db).await => {
                    kills += 1;
                    server.kill();
                    server = Server::start(db.folder(), &args).await;
                    shop = shop.at(server.url());
                }
                Some("running") => {}
                _ => panic!("{seen}"),
            }
            assert!(begun.elapsed() < PATIENCE, "{format} is never done: {seen}");
            tokio::time::sleep(LOOK).await;
        };
        assert_eq!(kills, KILLS, "the {format} was too quick to be killed");
        assert_eq!(done["rows"], ROWS, "{done}");
        check_file(&shop, format, &done).await;
    }
    let output = run(&["verify", "--database", db.url(), "--json"]);
    let (report, complaint) = printed(&output);
    assert!(output.status.success(), "verify fails: {report} {complaint}");
    server.stop().await;
}

/// Whether the run that is known began within this process, some time ago.
async fn is_begun(db: &Db) -> bool {
    let sql = "SELECT COUNT(*) FROM work w JOIN exports e ON e.id = w.subject WHERE w.kind = 17 AND e.state = 2 AND w.lease_until > 0";
    let began = db.number(sql).await > 0;
    tokio::time::sleep(Duration::from_millis(150)).await;
    began && db.number(sql).await > 0
}

async fn check_file(shop: &Caller, format: &str, done: &Value) {
    let path = done["file_url"].as_str().expect("an address");
    let file = shop.request(reqwest::Method::GET, path).send().await.expect("an answer");
    let bytes = file.bytes().await.expect("a whole file");
    assert_eq!(done["bytes"], bytes.len(), "{done}");
    if format == "xlsx" {
        assert!(
            bytes.starts_with(b"PK\x03\x04")
                && bytes[bytes.len() - 22..].starts_with(b"PK\x05\x06")
        );
        return;
    }
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), ROWS + 1);
    let head: Vec<_> = lines[0].trim_start_matches('\u{feff}').split(',').collect();
    let at = head.iter().position(|name| *name == "line").expect("a column");
    for (line, row) in (3..).zip(&lines[1..]) {
        assert_eq!(row.split(',').nth(at), Some(line.to_string().as_str()), "{row}");
    }
}

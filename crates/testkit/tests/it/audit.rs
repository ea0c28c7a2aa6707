//! Who did what: searched by key, object, kind and time, exported with a signature, and never changed or thrown away.

use crate::explain::registered;
use domain::anchor::checkpoint::{hex, unhex};
use domain::anchor::export_text;
use domain::identity::Scope;
use kernel::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::seam::Dialect;
use testkit::{App, Caller, Db, Kind, Options, on_both};
use vault::is_signed;

on_both!(acts_are_found, an_export_is_signed, a_long_book_is_searched_part_by_part);

/// A merchant's book in which a day passed between two halves, on a clock that is turned by hand.
struct Book {
    app: App,
    shop: Caller,
    /// Another key of the merchant.
    other: Caller,
    product: String,
    batch: String,
    noon: Timestamp,
}

const DAY_US: i64 = 86_400_000_000;

impl Book {
    async fn new(db: &Db) -> Self {
        let clock = Arc::new(AtomicI64::new(Timestamp::now().0));
        let settings = engine::Settings {
            clock: engine::Clock::Manual(Arc::clone(&clock)),
            ..engine::Settings::default()
        };
        let app =
            App::start_with(db.url(), Options { engine: settings, ..Options::default() }).await;
        let shop = app.merchant("星河").await;
        let other = app.caller(shop.tenant, &Scope::MERCHANT).await;
        let sku = shop.sku(1_990, json!({})).await;
        let product = shop.get(&format!("/v1/skus/{sku}")).await.json["product"].clone();
        let product = product.as_str().expect("a product").to_owned();
        clock.fetch_add(DAY_US, Ordering::SeqCst);
        let noon = app.engine.now();
        let path = format!("/v1/products/{product}");
        let edit = other.request(Method::PATCH, &path).json(&json!({ "name": "年卡二" }));
        assert_eq!(other.send(edit).await.status, 200);
        let begun = shop.import(&sku, "number\nA-1\nA-2\n".to_owned()).await;
        let batch = begun["batch"].as_str().expect("a batch").to_owned();
        let freeze = format!("/v1/code-batches/{batch}/freeze");
        let frozen = other.post_as(&freeze, &json!({ "reason": "疑似泄露" }), "freeze").await;
        assert_eq!(frozen.status, 200, "{}", frozen.text);
        shop.settled(&batch).await;
        Self { app, shop, other, product, batch, noon }
    }

    async fn search(&self, query: &str) -> Vec<Value> {
        let found = self.shop.get(&format!("/v1/audit?{query}")).await;
        assert_eq!(found.status, 200, "{query}: {}", found.text);
        assert_eq!(found.json["next"], json!(null), "{query}: {}", found.text);
        found.json["data"].as_array().expect("a list").clone()
    }
}

fn kinds(found: &[Value]) -> Vec<&str> {
    found.iter().map(|entry| entry["kind"].as_str().expect("a kind")).collect()
}

async fn acts_are_found(kind: Kind) {
    let db = Db::new(kind);
    let book = Book::new(&db).await;
    let all = book.search("limit=200").await;
    let seqs: Vec<_> = all.iter().map(|entry| entry["seq"].as_i64().expect("a number")).collect();
    assert_eq!(seqs, (1..=all.len() as i64).collect::<Vec<_>>());

    let edits = book.search("kind=product.edited").await;
    assert_eq!(kinds(&edits), ["product.edited"]);
    let edit = &edits[0];
    assert_eq!((&edit["object"], &edit["address"]), (&json!(book.product), &json!("127.0.0.1")));
    assert_eq!(edit["data"]["before"]["name"], all[0]["data"]["product"]["name"], "{edit}");
    assert_eq!(edit["data"]["product"]["name"], "年卡二");
    let actor = edit["actor"].as_str().expect("a key");
    assert!(actor.starts_with("key_"), "{edit}");

    let theirs = book.search(&format!("actor={actor}")).await;
    assert!(theirs.iter().all(|entry| entry["actor"] == actor));
    assert!(kinds(&theirs).contains(&"batch.marked"), "{theirs:?}");
    let frozen = book.search("kind=batch.marked").await;
    assert_eq!(frozen[0]["reason"], "疑似泄露");
    let about = book.search(&format!("object={}", book.batch)).await;
    assert!(about.len() > 1 && kinds(&about).contains(&"batch.marked"), "{about:?}");
    let system = book.search("actor=system").await;
    assert!(!system.is_empty());
    assert!(system.iter().all(|entry| entry["address"] == json!(null)), "{system:?}");
    let first = all[0]["actor"].as_str().expect("a key");
    let first = book.search(&format!("actor={first}")).await;
    assert_eq!(theirs.len() + system.len() + first.len(), all.len());

    let (before, after) = (format!("to={}", book.noon), format!("from={}", book.noon));
    let (before, after) = (book.search(&before).await, book.search(&after).await);
    assert_eq!(kinds(&before), kinds(&all[..before.len()]));
    assert_eq!([before, after].concat(), all, "a time parts the book in two");

    let page = book.shop.get("/v1/audit?limit=2").await;
    let next = page.json["next"].as_str().expect("there is more");
    let page = book.shop.get(&format!("/v1/audit?limit=2&after={next}")).await;
    assert_eq!(page.json["data"][0]["seq"], 3);
    for bad in ["actor=nobody", "object=ord_1", "from=yesterday", "after=x", "who=me"] {
        let refused = book.shop.get(&format!("/v1/audit?{bad}")).await;
        assert_eq!((refused.status, refused.code()), (422, "invalid"), "{bad}: {}", refused.text);
    }
    let stranger = book.app.merchant("北辰").await;
    let nothing = stranger.get(&format!("/v1/audit?object={}", book.product)).await;
    assert_eq!(nothing.json["data"], json!([]));
    let weak = book.app.caller(book.other.tenant, &[Scope::JournalRead]).await;
    assert_eq!(weak.get("/v1/audit").await.status, 403);
    book.app.stop().await;
    db.assert_sound().await;
}

async fn an_export_is_signed(kind: Kind) {
    let db = Db::new(kind);
    let book = Book::new(&db).await;
    let export = book.shop.get("/v1/audit/export?kind=product.edited").await;
    assert_eq!((export.status, export.content_type.as_str()), (200, "application/x-ndjson"));
    let lines: Vec<&str> = export.text.lines().collect();
    let (end, told) = lines.split_last().expect("lines");
    let end: Value = serde_json::from_str(end).expect("an end");
    let asked: Value = serde_json::from_str(told[0]).expect("what was asked");
    assert_eq!((&asked["kind"], &asked["mode"]), (&json!("product.edited"), &json!("test")));
    assert_eq!((told.len(), &end["rows"], &end["next"]), (2, &json!(1), &json!(null)));
    let entry: Value = serde_json::from_str(told[1]).expect("an entry");
    assert_eq!(entry, book.search("kind=product.edited").await[0]);

    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let key = book.app.engine.vault().signer().public_key();
    assert_eq!(text(&end["key"]), hex(&key));
    let signature = unhex(&text(&end["signature"])).expect("a signature");
    let signed = |told: &[&str]| {
        let digest = hex(&Sha256::digest(format!("{}\n", told.join("\n"))));
        is_signed(&key, export_text(&digest).as_bytes(), &signature)
    };
    assert!(signed(told));
    assert!(!signed(&told[..1]), "without an entry it is another");
    let recorded = book.search("kind=journal.exported").await;
    assert_eq!(recorded[0]["data"]["sha256"], end["sha256"], "{recorded:?}");
    assert_eq!(recorded[0]["data"]["rows"], end["rows"]);
    book.app.stop().await;
}

/// More facts than are looked through at once; only the last is what is searched for.
async fn a_long_book_is_searched_part_by_part(kind: Kind) {
    let db = Db::new(kind);
    let book = Book::new(&db).await;
    let tenant: String =
        book.shop.tenant.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let tenant = match kind {
        Kind::Sqlite => format!("X'{tenant}'"),
        Kind::Postgres => format!("'\\x{tenant}'::bytea"),
    };
    // Nobody writes facts like that; the chain will say so.
    db.sql(&format!(
        "INSERT INTO journal (tenant, seq, at, request, actor, kind, v, subject, data)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45000)
         SELECT j.tenant, h.seq + n.i, h.at, j.request, j.actor, j.kind, j.v, j.subject, j.data
         FROM n CROSS JOIN journal j CROSS JOIN journal_heads h
         WHERE j.tenant = {tenant} AND j.seq = 1 AND h.tenant = {tenant};
         UPDATE journal_heads SET seq = seq + 45000 WHERE tenant = {tenant}"
    ))
    .await;
    let edit = book.shop.request(Method::PATCH, &format!("/v1/products/{}", book.product));
    assert_eq!(book.shop.send(edit.json(&json!({ "name": "年卡三" }))).await.status, 200);
    let (mut found, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = book.shop.get(&format!("/v1/audit?kind=product.edited{after}")).await;
        found.extend(page.json["data"].as_array().expect("a list").clone());
        pages += 1;
        let Some(next) = page.json["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!((found.len(), pages), (2, 3), "{found:?}");
    assert_eq!(found[1]["data"]["product"]["name"], "年卡三");
    book.app.stop().await;
}

/// What was told stays for ever, which is more than the 184 days that it must.
#[test]
fn no_statement_changes_or_removes_what_was_told() {
    for statement in registered() {
        for engine in [Dialect::Sqlite, Dialect::Postgres] {
            let text = statement.text(engine, 1).0.to_lowercase();
            let words: Vec<&str> = text.split_whitespace().collect();
            let harms = words.windows(3).any(|three| match three {
                ["delete", "from", table] | ["truncate", "table", table] => *table == "journal",
                ["update" | "truncate", "journal", _] => true,
                _ => false,
            });
            assert!(!harms, "{}", statement.name);
        }
    }
}

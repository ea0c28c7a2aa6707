//! Keys are rotated while the shop is open: nothing fails, nothing is left under the old keys, and the
//! old master key opens nothing.

use engine::{open_vault, rotate_keys};
use reqwest::Method;
use serde_json::json;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use testkit::app::MASTER_KEY;
use testkit::{Answer, App, Caller, Db, Kind, Options, on_both};
use tokio::task::JoinHandle;
use vault::{KeyRing, KeySource};

on_both!(rotation_under_load, a_rotation_without_the_old_key_changes_nothing,);

/// The key that comes: base64 of 32 bytes.
const NEXT_KEY: &str = "ISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0A=";
/// The longest wait for everything to be sealed again.
const PATIENCE: Duration = Duration::from_secs(120);

fn ring(keys: &[&str]) -> KeyRing {
    KeyRing::parse(&keys.join("\n")).expect("master keys")
}

fn settings(db: &Db) -> store::Settings {
    store::Settings { url: db.url().to_owned(), readers: 1 }
}

/// A node that reads its master keys from a file.
async fn node(db: &Db, file: &Path) -> App {
    let keys = Some(KeySource::File(file.to_owned()));
    let files = Some(db.folder().join("files").display().to_string());
    App::start_with(db.url(), Options { keys, files, ..Options::default() }).await
}

/// Buyers who order one code after another, every third of them new, until the shop closes.
fn crowd(shop: &Caller, sku: &str, name: &str, open: &Arc<AtomicBool>) -> JoinHandle<Vec<Answer>> {
    let (shop, sku, name, open) = (shop.clone(), sku.to_owned(), name.to_owned(), open.clone());
    tokio::spawn(async move {
        let mut answers = Vec::new();
        while open.load(Ordering::Relaxed) {
            let buyer = format!("{name}-{}", answers.len() / 3);
            if answers.len() % 3 == 0 {
                shop.credit(&buyer, 1_000).await;
            }
            let body = Caller::order_body(&sku, 1, &buyer);
            let key = format!("{name}-{}", answers.len());
            answers.push(shop.post_as("/v1/orders", &body, &key).await);
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        answers
    })
}

/// Waits until only one key is left that sealed.
async fn until_resealed(db: &Db) {
    let begun = Instant::now();
    while db.number("SELECT COUNT(*) FROM data_keys WHERE purpose = 1").await > 1 {
        assert!(begun.elapsed() < PATIENCE, "sealing again does not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn number(answer: &Answer) -> String {
    answer.json["deliveries"][0]["code"]["number"].as_str().expect("a code").to_owned()
}

async fn rotation_under_load(kind: Kind) {
    let db = Db::new(kind);
    let file: PathBuf = db.folder().join("master.keys");
    fs::write(&file, MASTER_KEY).expect("the key file");
    let one = node(&db, &file).await;
    // Several processes need PostgreSQL; there one of them does not seal again, but must follow.
    let two = match kind {
        Kind::Postgres => Some(node(&db, &file).await),
        Kind::Sqlite => None,
    };
    let shop = one.merchant("星河").await;
    let sku = shop.sku(100, json!({})).await;
    shop.stock(&sku, "A", 8_000).await;
    shop.credit("early", 1_000).await;
    let product = shop.get(&format!("/v1/skus/{sku}")).await.json["product"].clone();
    let path = format!("/v1/products/{}", product.as_str().expect("a product"));
    let wish = json!({ "code": "wish", "name": "祝福语", "kind": "text", "required": false });
    shop.send(shop.request(Method::PATCH, &path).json(&json!({ "input": [wish] }))).await;
    let mut body = Caller::order_body(&sku, 1, "early");
    body["input"] = json!({ "wish": "生日快乐呀小明" });
    let early = shop.post("/v1/orders", &body).await;
    let shared = shop.sku(0, json!({ "kind": "content" })).await;
    let content = format!("/v1/skus/{shared}/content");
    let text = json!({ "text": "https://pan.example/shared" });
    shop.post(&format!("{content}/versions"), &text).await;
    let lesson = shop.sku(0, json!({ "kind": "content" })).await;
    assert_eq!(shop.share_file(&lesson, "name=a.zip", "a lesson").await.status, 201);

    let open = Arc::new(AtomicBool::new(true));
    let other = two.as_ref().map_or_else(|| shop.clone(), |node| shop.at(node.url()));
    let crowds = [crowd(&shop, &sku, "left", &open), crowd(&other, &sku, "right", &open)];
    fs::write(&file, format!("{NEXT_KEY}\n{MASTER_KEY}\n")).expect("the key file");
    let both = ring(&[NEXT_KEY, MASTER_KEY]);
    rotate_keys(&settings(&db), &both, true, "the night shift").await.expect("rotated");
    fs::write(&file, NEXT_KEY).expect("the key file");
    let late = shop.sku(100, json!({})).await;
    shop.stock(&late, "B", 2_000).await;
    until_resealed(&db).await;
    open.store(false, Ordering::Relaxed);

    let mut codes = HashSet::from([number(&early)]);
    let mut sold = 1;
    for crowd in crowds {
        for answer in crowd.await.expect("no panic") {
            assert_eq!(answer.status, 201, "{}", answer.text);
            codes.insert(number(&answer));
            sold += 1;
        }
    }
    assert!(sold > 100, "there was no load: {sold}");
    assert_eq!(codes.len(), sold, "a code went out twice");
    let id = early.json["id"].as_str().expect("an id");
    for node in [&shop, &other] {
        let shown = node.post(&format!("{content}/reveal"), &json!({})).await;
        assert_eq!(shown.json["text"], text["text"], "{}", shown.text);
        // The head was sealed again, the parts were not touched.
        let file = node.post(&format!("/v1/skus/{lesson}/content/reveal"), &json!({})).await;
        let file = node.get(file.json["file"]["url"].as_str().expect("an address")).await;
        assert_eq!(file.text, "a lesson");
        let shown = node.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await;
        assert_eq!(shown.json["deliveries"], early.json["deliveries"], "{}", shown.text);
        let read = node.get(&format!("/v1/orders/{id}")).await;
        assert_eq!(read.json["input"]["wish"], "生日****小明", "{}", read.text);
    }
    if let Some(two) = two {
        two.stop().await;
    }
    one.stop().await;
    // Verify looks at the key of every seal; the one key that is left is the new one.
    db.assert_sound().await;
    assert_eq!(db.number("SELECT MIN(id) FROM data_keys WHERE purpose = 1").await, 4);
    assert_told(&db).await;
    let store = db.store().await;
    assert!(open_vault(&store, &ring(&[MASTER_KEY])).await.is_err(), "the old key opens something");
    assert_eq!(open_vault(&store, &ring(&[NEXT_KEY])).await.expect("the new key").seal_keys(), [4]);
}

/// The operator's journal says who did it and with which keys, and when the old one went.
async fn assert_told(db: &Db) {
    let reader = db.reader().await;
    let rows = reader.journal(domain::identity::operator(), 0, 200).await.expect("the journal");
    let facts = rows.iter().filter(|row| row.kind.starts_with("keys."));
    let facts: Vec<_> = facts.map(|row| row.data.as_str()).collect();
    let rotated = r#"{"kind":"keys.rotated","by":"the night shift","wrapped":[1,2,3],"added":4}"#;
    assert_eq!(facts, [rotated, r#"{"kind":"keys.dropped","oldest":4}"#]);
}

async fn a_rotation_without_the_old_key_changes_nothing(kind: Kind) {
    let db = Db::new(kind);
    let app = App::start_with(db.url(), Options { without_work: true, ..Options::default() }).await;
    let before = db.rows().await;
    let other = ring(&[NEXT_KEY]);
    let error = rotate_keys(&settings(&db), &other, true, "nobody").await.expect_err("no key");
    assert!(error.to_string().contains("this master key does not open"), "{error}");
    assert_eq!(db.rows().await, before);
    app.stop().await;
}

//! Codes, buyers and the rest of what took keys that begin with the tenant: moved while the process is killed.

use super::{Before, LEFT, PATIENCE, killed_while_it_moves, start};
use crate::process::{arg, printed, run};
use serde_json::json;
use std::fs;
use std::time::{Duration, Instant};
use store::seam::{Dialect, fill};
use testkit::{Caller, Db, Kind, on_both};

on_both!(keys_of_before_are_moved_while_it_is_killed);

/// Codes that nobody counts, so that moving takes many slices.
const MORE: i64 = 200_000;

/// Codes that were replaced: no stock, no claim, in their batch's part of the pool.
async fn lengthen(db: &Db) {
    let position = match db.kind {
        Kind::Sqlite => "unhex(hex(substr(o.position, 1, 16)) || printf('ffffff%010x', n.i))",
        Kind::Postgres => {
            "substr(o.position, 1, 16) || decode('ffffff' || lpad(to_hex(n.i), 10, '0'), 'hex')"
        }
    };
    db.sql(&format!(
        "INSERT INTO codes (sku, position, tenant, batch, tag, sealed, state)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MORE}),
         one AS (
            SELECT c.* FROM codes c JOIN imports i ON i.tenant = c.tenant AND i.batch = c.batch
                AND i.first_position = c.position
            WHERE substr(i.first_position, 1, 16) < substr(i.last_position, 1, 16)
            ORDER BY c.position LIMIT 1
         )
         SELECT o.sku, {position}, o.tenant, o.batch, o.tag, o.sealed, 7
         FROM n CROSS JOIN one o"
    ))
    .await;
}

/// Codes that have been moved.
async fn moved(db: &Db) -> i64 {
    if db.number("SELECT MAX(step) FROM schema_steps").await < 16 {
        return 0;
    }
    db.number("SELECT COUNT(*) FROM codes").await
}

async fn keys_of_before_are_moved_while_it_is_killed(kind: Kind) {
    let before = Before::of(kind);
    let (db, key) = before.restore(kind);
    let server = start(&db, &key).await;
    let shop = before.caller(&server);
    let begun = Instant::now();
    while db.number(LEFT).await > 0 {
        assert!(begun.elapsed() < PATIENCE, "the codes are never compared");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    shop.credit("new-buyer", 10_000_000).await;
    let body = Caller::order_body(before.text("sku"), 1, "new-buyer");
    let sold = shop.post_as("/v1/orders", &body, "of-before").await;
    assert_eq!(sold.status, 201, "{}", sold.text);
    server.stop().await;

    let dialect = if kind == Kind::Sqlite { Dialect::Sqlite } else { Dialect::Postgres };
    db.sql(&fill(include_str!("../../data/keys-of-before.sql"), dialect)).await;
    // With what was kept of facts that the program of before cannot have told.
    fs::remove_dir_all(key.with_file_name("state")).expect("the state folder");
    lengthen(&db).await;
    let count = |table: &str| format!("SELECT COUNT(*) FROM {table}");
    let (codes, buyers) = (db.number(&count("codes")).await, db.number(&count("buyers")).await);
    assert!(codes > MORE && buyers > 1, "{codes} codes of {buyers} buyers");
    killed_while_it_moves(&db, &key, codes, moved).await;

    let server = start(&db, &key).await;
    let shop = shop.at(server.url());
    assert_eq!(db.number(&count("codes")).await, codes);
    assert_eq!(db.number(&count("buyers")).await, buyers);
    assert_eq!(db.number(&count("buyer_ids")).await, buyers);
    let again = shop.post_as("/v1/orders", &body, "of-before").await;
    assert_eq!((again.status, &again.json["id"]), (201, &sold.json["id"]), "{}", again.text);
    let other = Caller::order_body(before.text("sku"), 2, "new-buyer");
    let reused = shop.post_as("/v1/orders", &other, "of-before").await;
    assert_eq!(reused.json["code"], json!("idempotency_key_reused"), "{}", reused.text);
    let more = shop.order(before.text("sku"), 1, "new-buyer").await;
    assert_eq!(more.status, 201, "{}", more.text);
    server.stop().await;
    let output = run(&["verify", "--database", db.url(), "--master-key-file", arg(&key)]);
    assert!(output.status.success(), "{:?}", printed(&output));
}

//! A journal of before is linked in the background, in slices, while the process is killed; then all books are signed for
//! the first time.

use super::{Before, PATIENCE, lengthen, start};
use crate::process::{arg, printed, run};
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};
use testkit::{Db, Kind, on_both};

on_both!(a_journal_of_before_is_linked_while_it_is_killed);

/// Facts of before that are linked.
const LINKED: &str =
    "SELECT CAST(COALESCE(SUM(CASE WHEN seq < before THEN seq ELSE before END), 0) AS BIGINT)
    FROM journal_anchors";
const BEFORE: &str = "SELECT CAST(SUM(before) AS BIGINT) FROM journal_anchors";
const CHECKPOINTS: &str = "SELECT checkpoint FROM journal_anchoring";

/// Waits until a number is at least `least`.
async fn until(db: &Db, number: &str, least: i64) {
    let begun = Instant::now();
    while db.number(number).await < least {
        assert!(begun.elapsed() < PATIENCE, "{number}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// What `tessera journal verify` says, and whether it was content.
fn verify(db: &Db, key: &Path) -> (bool, Value) {
    let args =
        ["journal", "verify", "--database", db.url(), "--master-key-file", arg(key), "--json"];
    let output = run(&args);
    let (report, complaint) = printed(&output);
    let said = serde_json::from_str(&report).unwrap_or_else(|_| panic!("{report} {complaint}"));
    (output.status.success(), said)
}

async fn a_journal_of_before_is_linked_while_it_is_killed(kind: Kind) {
    let before = Before::of(kind);
    let (db, key) = before.restore(kind);
    lengthen(&db).await;
    let all = db.number("SELECT seq FROM journal_head").await;
    let mut server = start(&db, &key).await;
    assert_eq!(db.number(BEFORE).await, all, "the start does not wait for it");
    for _ in 0..2 {
        let seen = db.number(LINKED).await;
        until(&db, LINKED, seen + 1).await;
        server.kill();
        let linked = db.number(LINKED).await;
        assert!(linked > seen && linked < all, "killed in the middle: {linked} of {all}");
        let (good, said) = verify(&db, &key);
        assert!(good, "half linked it is good too: {said}");
        server = start(&db, &key).await;
    }
    let shop = before.caller(&server);
    shop.credit("new-buyer", 10_000_000).await;
    until(&db, LINKED, all).await;
    until(&db, CHECKPOINTS, 1).await;
    server.stop().await;

    let (good, said) = verify(&db, &key);
    assert!(good && said["checkpoints"] == 1, "{said}");
    assert_eq!(said["checked"].as_i64(), Some(db.facts().await));
    let edit = "UPDATE journal SET data = data || ' ' WHERE before = 4711";
    db.sql(edit).await;
    let (good, said) = verify(&db, &key);
    assert!(!good && said["ok"] == false && said["first_bad"]["seq"].is_i64(), "{said}");
}

//! `verify` says yes to a database with everything in it, and sees every damage: a check that cannot
//! fail, or that looks at nothing, is no check.

mod damage;
mod everything;
mod tamper;
mod team;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use store::seam::Conn;
use store::verify::{Check, verify_in};
use testkit::{Db, Kind, on_both};

on_both!(every_check_looks_and_sees_every_damage);

/// The kinds of outcomes that idempotency records point at.
const OUTCOMES: i64 = 16;

async fn every_check_looks_and_sees_every_damage(kind: Kind) {
    let db = Db::new(kind);
    everything::build(&db).await;
    assert_everything_is_there(&db).await;
    let settings = store::Settings { url: db.url().to_owned(), readers: 1 };
    let mut conn = store::connect(&settings).await.expect("a connection");
    let sound = damaged(&mut conn, "UPDATE journal_heads SET seq = seq").await;
    for check in &sound {
        assert!(check.ok && check.count > 0, "an undamaged copy: {check:?}");
    }
    for name in sound.iter().map(|check| check.name) {
        let damage = damage::of(name);
        assert!(damage.len() >= 2, "there are not two ways to damage what {name} checks");
        for sql in damage {
            assert_seen(name, sql, &damaged(&mut conn, sql).await);
        }
    }
    let after = verify_in(&mut conn).await.expect("the checks");
    assert!(after.iter().all(|check| check.ok), "some damage was left: {after:#?}");
    conn.close().await;
}

/// The check fails and names what offends it; it is not that everything fails.
fn assert_seen(name: &str, sql: &str, checks: &[Check]) {
    let failed: Vec<_> = checks.iter().filter(|check| !check.ok).collect();
    let Some(check) = failed.iter().find(|check| check.name == name) else {
        panic!("{name} does not see {sql:?}, only {failed:#?}");
    };
    let names_it =
        |rule: &str| rule.split_once(": ").is_some_and(|(_, ids)| !ids.trim().is_empty());
    assert!(check.detail.split("; ").all(names_it), "{sql:?} gives no names: {}", check.detail);
    assert!(failed.len() <= checks.len() / 2, "{sql:?} fails nearly everything: {failed:#?}");
}

/// Facts of what tests of their own (`importer`, `relocate`) end with a sound database.
const ELSEWHERE: [&str; 8] = [
    "batch.relocated",
    "batch.relocation_advanced",
    "codes.readmitted",
    "codes.retagged",
    "doubts.settled",
    "import.asked",
    "import.decided",
    "shop.edited",
];

/// So that no check looks at half of what it is for.
async fn assert_everything_is_there(db: &Db) {
    let (failed, idle) = db.verify().await;
    assert!(failed.is_empty(), "a sound database fails: {failed:#?}");
    assert!(idle.is_empty(), "these checks looked at nothing: {idle:?}");
    for kind in kinds_of_facts().into_iter().filter(|kind| !ELSEWHERE.contains(&&**kind)) {
        let count = format!("SELECT COUNT(*) FROM journal WHERE kind = '{kind}'");
        assert!(db.number(&count).await > 0, "the journal has no {kind}");
    }
    for generation in ["idempotency_0", "idempotency_1"] {
        let count = format!("SELECT COUNT(DISTINCT kind) FROM {generation}");
        assert_eq!(db.number(&count).await, OUTCOMES, "{generation} lacks some kind");
    }
    for (what, count) in [
        ("expired codes", "SELECT COUNT(*) FROM codes WHERE state = 5"),
        ("unsold codes", "SELECT COUNT(*) FROM codes WHERE state = 1"),
        ("pieces of an upload", "SELECT COUNT(*) FROM staged_chunks"),
        ("an import under way", "SELECT COUNT(*) FROM imports WHERE state = 2"),
        ("pending holds", "SELECT COUNT(*) FROM holds WHERE state = 1"),
        ("holds posted in part", "SELECT COUNT(*) FROM holds WHERE state = 2 AND posted < amount"),
        ("voided holds", "SELECT COUNT(*) FROM holds WHERE state = 3"),
        ("orders that wait", "SELECT COUNT(*) FROM orders WHERE expires_at IS NOT NULL"),
        ("receipts", "SELECT COUNT(*) FROM receipts WHERE applied > 0"),
        ("failed payments", "SELECT COUNT(*) FROM payments WHERE state = 5"),
        ("frozen codes", "SELECT COUNT(*) FROM codes WHERE state = 4"),
        ("a batch on its way out", "SELECT COUNT(*) FROM pools WHERE walled > 0"),
        ("voided codes", "SELECT COUNT(*) FROM codes WHERE state = 6"),
        ("damaged codes", "SELECT COUNT(*) FROM codes WHERE state = 9"),
        ("orders with consent", "SELECT COUNT(*) FROM orders WHERE consent IS NOT NULL"),
        ("answers", "SELECT COUNT(*) FROM order_inputs"),
        ("effective vouchers", "SELECT COUNT(*) FROM vouchers WHERE state = 1 AND unearned > 0"),
        ("expired vouchers", "SELECT COUNT(*) FROM vouchers WHERE state = 3"),
        ("voided vouchers", "SELECT COUNT(*) FROM vouchers WHERE state = 4"),
        ("vouchers paid back", "SELECT COUNT(*) FROM refunds WHERE cause = 10"),
        ("lines that share", "SELECT COUNT(*) FROM order_lines WHERE content IS NOT NULL"),
        ("second versions", "SELECT COUNT(*) FROM contents WHERE number = 2"),
        ("reversals", "SELECT COUNT(*) FROM redemptions WHERE reversed_at IS NOT NULL"),
        ("second lines", "SELECT COUNT(*) FROM order_lines WHERE line = 2"),
    ] {
        assert!(db.number(count).await > 0, "there are no {what}");
    }
}

/// Every kind of fact has a stored sample; `domain` sees to that.
fn kinds_of_facts() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/samples");
    let kinds: BTreeSet<String> = fs::read_dir(folder)
        .expect("the samples")
        .filter_map(|entry| entry.expect("a file").file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".v1.json")?.to_owned()))
        .collect();
    assert!(!kinds.is_empty(), "there are no samples of facts");
    kinds
}

/// What `verify` says within a transaction after a statement that is taken back then.
async fn damaged(conn: &mut Conn, sql: &str) -> Vec<Check> {
    conn.raw("BEGIN").await.expect("a transaction");
    conn.raw(sql).await.unwrap_or_else(|e| panic!("{sql:?}: {e}"));
    let checks = verify_in(conn).await.unwrap_or_else(|e| panic!("after {sql:?}: {e}"));
    conn.raw("ROLLBACK").await.expect("it is taken back");
    checks
}

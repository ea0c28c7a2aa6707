//! `verify` says yes to a database with everything in it, and sees every damage: a check that cannot
//! fail, or that looks at nothing, is no check.

mod damage;
mod everything;
mod tamper;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use store::verify::{Check, verify};
use store::{Reader, Store};
use testkit::{Db, Kind, on_both};

on_both!(every_check_looks_and_sees_every_damage);

/// The kinds of outcomes that idempotency records point at.
const OUTCOMES: i64 = 8;

async fn every_check_looks_and_sees_every_damage(kind: Kind) {
    let db = Db::new(kind);
    everything::build(&db).await;
    assert_everything_is_there(&db).await;
    let copies = Copies::of(&db).await;
    let sound = copies.damaged("UPDATE journal_heads SET seq = seq").await;
    for check in &sound {
        assert!(check.ok && check.count > 0, "an undamaged copy: {check:?}");
    }
    for name in sound.iter().map(|check| check.name) {
        let damage = damage::of(name);
        assert!(damage.len() >= 2, "there are not two ways to damage what {name} checks");
        for sql in damage {
            assert_seen(name, sql, &copies.damaged(sql).await);
        }
    }
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
const ELSEWHERE: [&str; 7] = [
    "batch.relocated",
    "batch.relocation_advanced",
    "codes.readmitted",
    "codes.retagged",
    "doubts.settled",
    "import.asked",
    "import.decided",
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

/// Copies of a database, one at a time.
struct Copies<'a> {
    db: &'a Db,
}

impl<'a> Copies<'a> {
    /// Of a database that nobody uses any more.
    async fn of(db: &'a Db) -> Self {
        if db.kind == Kind::Sqlite {
            let whole = db.folder().join("whole.db");
            db.sql(&format!("VACUUM INTO '{}'", whole.display())).await;
        }
        Self { db }
    }

    /// What `verify` says of a copy after a statement has run in it.
    async fn damaged(&self, sql: &str) -> Vec<Check> {
        self.after(sql, async |reader| {
            verify(reader).await.unwrap_or_else(|e| panic!("after {sql:?}: {e}"))
        })
        .await
    }

    /// What `look` sees in a copy after a statement has run in it.
    async fn after<T>(&self, sql: &str, look: impl AsyncFnOnce(&Reader) -> T) -> T {
        let settings = store::Settings { url: self.make(), readers: 1 };
        let mut conn = store::connect(&settings).await.expect("the copy opens");
        conn.raw(sql).await.unwrap_or_else(|e| panic!("{sql:?}: {e}"));
        conn.close().await;
        let reader = Store::open_reader(&settings).await.expect("the copy opens");
        let seen = look(&reader).await;
        drop(reader);
        self.remove();
        seen
    }

    fn make(&self) -> String {
        let Some(server) = self.db.postgres() else {
            let copy = self.db.folder().join("copy.db");
            fs::copy(self.db.folder().join("whole.db"), &copy).expect("a copy");
            return format!("sqlite://{}", copy.display());
        };
        // A template has no other users; pools close their connections in their own time.
        let others = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = 'postgres' AND pid <> pg_backend_pid()";
        server.sql(others).expect("others leave");
        server.sql("CREATE DATABASE damaged TEMPLATE postgres").expect("a copy");
        let (server, _) = self.db.url().rsplit_once('/').expect("a database's address");
        format!("{server}/damaged")
    }

    fn remove(&self) {
        match self.db.postgres() {
            Some(server) => server.drop_database("damaged").expect("the copy goes"),
            None => {
                for ending in ["", "-wal", "-shm"] {
                    let _ = fs::remove_file(self.db.folder().join(format!("copy.db{ending}")));
                }
            }
        }
    }
}

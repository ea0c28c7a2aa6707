//! Every hot statement walks keys, never a whole table or index, whatever the statistics say.
//!
//! Statistics are taken while the tables are empty, which is when planners err most, and the tables are
//! then filled. Every file in `crates/store/sql` is looked at, so that none is forgotten.

mod fill;
mod plan;

use plan::{faults, prepare};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use store::seam::{Calls, Conn, Statement, Value};
use store::sql;
use testkit::{Db, Kind, on_both};

on_both!(
    every_statement_prepares,
    hot_statements_walk_only_keys,
    codes_are_found_by_place_at_any_size,
    buyers_are_found_at_any_size,
    money_is_found_at_any_size,
    a_bad_statement_is_reported,
);

/// Statements that may walk a table, and why.
const COLD: [(&str, &str); 44] = [
    (
        "insight/read_sales_by_sku",
        "groups what three bounded times have, when a person asks for a report",
    ),
    ("insight/read_sales_of_sku", "a part of a bounded time, when a person asks for a report"),
    ("insight/read_behind", "a row a book, a few times a second, to see which have news"),
    ("anchor/read_anchors", "a row a book, once an hour"),
    ("anchor/read_behind", "a row a book, once a second, to see which have news"),
    ("anchor/read_last_leaves", "a row a book that changed in an hour, once an hour"),
    ("anchor/read_anchoring", "the one row there is"),
    ("anchor/read_proofs", "a part of a book, bounded by its numbers; most facts have none"),
    ("journal/read_audit", "looks through a bounded part of a book, when a person asks"),
    ("journal/read_audit_down", "looks through a bounded part of a book, when a person asks"),
    ("journal/read_database_name", "the one row there is, when a writer connects"),
    (
        "journal/read_journal_head",
        "a row a book, for cursors from before books had their own numbers",
    ),
    ("journal/read_journal_heads", "a row a book, once a second, to see which have news"),
    ("seal/load_data_keys", "three rows, read once at the start"),
    ("seal/load_data_keys_locked", "the same few rows, when keys are rotated"),
    ("seal/delete_seal_keys", "the same few rows, at the end of a rotation"),
    ("work/release_leases", "once, when the only process starts"),
    ("idempotency/truncate_idempotency_0", "drops a whole generation, once in seven days"),
    ("idempotency/truncate_idempotency_1", "drops a whole generation, once in seven days"),
    ("idempotency/truncate_idempotency_0_before", "drops a whole generation of before, once"),
    ("idempotency/truncate_idempotency_1_before", "drops a whole generation of before, once"),
    ("till/read_device_by_tag", "a merchant has few devices, and one is paired once"),
    ("work/read_ping", "reads no table"),
    ("work/read_work_backlog", "the few pieces of work that are due, once a scrape"),
    (
        "inventory/read_batch_states",
        "counts a batch within its part of the pool, when a person asks",
    ),
    (
        "inventory/read_unsold_codes",
        "looks through a batch within its part of the pool, when a person exports it",
    ),
    (
        "inventory/read_expiries",
        "counts dated codes of a pool, 100,000 at most, when a person asks",
    ),
    (
        "inventory/read_doubtful_codes",
        "looks through a batch within its part of the pool, when a person has decided",
    ),
    (
        "inventory/read_batch_seen",
        "looks through a batch within its part of the pool, when a person asks",
    ),
    ("resource/read_newest", "passes over what was put away, of 10,000 of a kind at most"),
    ("resource/read_filtered", "the same, of those that have a value"),
    ("resource/read_sorted_up", "the same"),
    ("resource/read_sorted_down", "the same"),
    ("insight/truncate_order_keys", "all of it, when an operator has it made anew"),
    ("insight/truncate_order_facts", "the same"),
    ("insight/truncate_sales", "the same"),
    ("insight/truncate_batch_sales", "the same"),
    ("insight/truncate_followed", "the same"),
    (
        "requests/read_request",
        "one row by an id that no two books share, whichever key leads to it",
    ),
    ("requests/read_requests", "passes over what was answered otherwise, of seven days at most"),
    ("requests/read_requests_of_key", "the same, of one key"),
    ("approval/read_approvals_of", "what one person asked for, in one state or in any"),
    ("identity/read_api_keys", "the operator's list of one merchant's keys"),
    ("identity/read_tenants", "the operator's list of merchants"),
];

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/sql")
}

/// The files below a folder as statements are named, with what they say.
fn files(folder: &Path, below: &str, into: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("the statements") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        let name = format!("{below}{name}");
        if path.is_dir() {
            files(&path, &format!("{name}/"), into);
        } else {
            into.insert(name, fs::read_to_string(&path).expect("a statement"));
        }
    }
}

pub(crate) fn registered() -> Vec<&'static Statement> {
    sql::BY_CONTEXT.concat()
}

/// Who runs a statement.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Writer,
    Reader,
    Verify,
}

pub(crate) fn by(s: &Statement) -> By {
    match s.name.split_once('/').expect("a context and a name").1 {
        name if name.starts_with("read_") => By::Reader,
        name if name.starts_with("verify_") => By::Verify,
        _ => By::Writer,
    }
}

fn hot(who: By) -> Vec<&'static Statement> {
    let cold = |s: &Statement| COLD.iter().any(|(name, _)| *name == s.name);
    registered().into_iter().filter(|s| by(s) == who && !cold(s)).collect()
}

/// One row, half a chunk and a whole one, where a statement takes rows.
fn sizes(s: &Statement) -> &'static [usize] {
    if s.columns().is_empty() { &[1] } else { &[1, 128, 256] }
}

#[test]
fn every_file_is_registered_under_its_name() {
    let mut found = BTreeMap::new();
    files(&folder(), "", &mut found);
    found.retain(|name, _| !name.starts_with("migrations/"));
    let names: Vec<&str> = registered().iter().map(|s| s.name).collect();
    let unique: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names.len(), unique.len(), "a statement is registered twice");
    assert_eq!(found.keys().map(String::as_str).collect::<BTreeSet<_>>(), unique);
    for s in registered() {
        let file = Statement::new("file", found[s.name].clone().leak());
        for engine in [store::seam::Dialect::Sqlite, store::seam::Dialect::Postgres] {
            assert_eq!(file.text(engine, 1), s.text(engine, 1), "{} is another file", s.name);
        }
    }
    for (name, why) in COLD {
        assert!(unique.contains(name), "{name} ({why}) is no statement");
    }
}

async fn every_statement_prepares(kind: Kind) {
    let db = Db::new(kind);
    db.store().await;
    let mut conn = writer(&db).await;
    for s in registered() {
        for rows in if s.columns().is_empty() { &[1][..] } else { &[1, 256] } {
            prepare(&mut conn, s, *rows).await.unwrap_or_else(|e| panic!("{e}"));
        }
    }
}

async fn hot_statements_walk_only_keys(kind: Kind) {
    let db = Db::new(kind);
    let store = db.store().await;
    if kind == Kind::Postgres {
        // Nobody may take new statistics behind the test's back.
        db.sql("ALTER SYSTEM SET autovacuum = off").await;
        db.sql("SELECT pg_reload_conf()").await;
    }
    let written = hot(By::Writer);
    // A connection keeps such a plan, whatever comes into the tables later.
    assert_sound("over empty tables", &mut writer(&db).await, &written).await;
    db.sql("ANALYZE").await;
    fill::fill(&db, &store).await;
    assert_sound("with old statistics", &mut writer(&db).await, &written).await;
    db.sql("ANALYZE").await;
    assert_sound("with new statistics", &mut writer(&db).await, &written).await;
    assert_sound("on a reader", &mut reader(&db).await, &hot(By::Reader)).await;
}

/// While nobody has taken statistics, PostgreSQL chooses between two indexes that begin alike by how high they are,
/// which changes with their pages. A plan of that moment is kept.
async fn buyers_are_found_at_any_size(kind: Kind) {
    let db = Db::new(kind);
    db.store().await;
    let mut conn = writer(&db).await;
    for step in 0..60_u32 {
        let found_by =
            [&store::identity::sql::LOAD_BUYERS_BY_TAG, &store::identity::sql::LOAD_BUYERS_BY_ID];
        assert_sound(&format!("with {} buyers", step * 10), &mut conn, &found_by).await;
        let tenant = [0; 16];
        // Ids stand in the order of time, tags are scattered.
        let ids: Vec<_> = (step * 10..step * 10 + 10).map(u128::from).collect();
        let tags = ids.iter().map(|id| id.wrapping_mul(SCATTER).to_be_bytes()).collect::<Vec<_>>();
        let ids: Vec<_> = ids.iter().map(|id| id.to_be_bytes()).collect();
        let rows = tags.iter().zip(&ids).map(|(tag, id)| {
            let (tenant, tag) = (Value::bytes(&tenant), Value::bytes(tag));
            [tenant, tag.clone(), Value::bytes(id), tag, Value::Int(0)]
        });
        let rows: Vec<_> = rows.collect();
        let mut calls = Calls::default();
        let places =
            rows.iter().map(|[tenant, tag, id, ..]| [tenant.clone(), id.clone(), tag.clone()]);
        calls.write_all(&store::identity::sql::INSERT_BUYER_IDS, places.collect());
        calls.write_all(&store::identity::sql::INSERT_BUYERS, rows);
        conn.run(&calls).await.expect("buyers");
    }
}

/// Codes are found by their place, which begins with the tenant, and by their id, which does so too.
async fn codes_are_found_by_place_at_any_size(kind: Kind) {
    use store::inventory::sql;
    let db = Db::new(kind);
    db.store().await;
    let mut conn = writer(&db).await;
    let (tenant, batch, sealed) = ([0; 16], [2; 16], [1; 200]);
    for step in 0..60_u64 {
        let found_by = [
            &sql::LOAD_CODES,
            &sql::LOAD_CODES_OF_SKU,
            &sql::LOAD_CODES_BETWEEN,
            &sql::LOAD_STALE_CODES,
            &sql::LOAD_OWNED_CODES,
            &sql::LOAD_CODES_BY_ID,
            &sql::UPDATE_CODES,
            &sql::MOVE_CODES,
            &store::seal::sql::RESEAL_CODES,
        ];
        assert_sound(&format!("with {} codes", step * 10), &mut conn, &found_by).await;
        let rows = (step * 10..step * 10 + 10).map(|n| {
            let (sku, id) = ([(n % 3) as u8; 16], u128::from(n).wrapping_mul(SCATTER));
            let position = [&[0; 8][..], &id.to_be_bytes()].concat();
            [
                Value::bytes(&tenant),
                Value::copy(&sku),
                Value::copy(&position),
                Value::bytes(&batch),
                Value::bytes(&batch),
                Value::bytes(&sealed),
                Value::Int(1),
                Value::Int(0),
            ]
        });
        let mut calls = Calls::default();
        calls.write_all(&sql::INSERT_CODES, rows.collect());
        conn.run(&calls).await.expect("codes");
    }
}

/// Payments, receipts and refunds are found by their own keys and by their orders.
async fn money_is_found_at_any_size(kind: Kind) {
    use store::{payment, refund};
    let db = Db::new(kind);
    db.store().await;
    let mut conn = writer(&db).await;
    let grow = [
        &payment::sql::INSERT_PAYMENTS,
        &payment::sql::INSERT_RECEIPTS,
        &refund::sql::INSERT_REFUNDS,
    ];
    let found_by = [
        &payment::sql::LOAD_PAYMENTS,
        &payment::sql::UPDATE_PAYMENTS,
        &payment::sql::LOAD_RECEIPTS,
        &refund::sql::LOAD_REFUNDS,
        &refund::sql::UPDATE_REFUNDS,
    ];
    for step in 0..60_u128 {
        assert_sound(&format!("with {} of each", step * 10), &mut conn, &found_by).await;
        for n in step * 10..step * 10 + 10 {
            let spread = n.wrapping_mul(SCATTER).to_be_bytes();
            for s in grow {
                let one = |(at, column): (usize, &store::seam::Type)| match column {
                    store::seam::Type::Blob if at == 0 => Value::copy(&[0; 16]),
                    store::seam::Type::Blob => Value::copy(&spread),
                    store::seam::Type::Int => Value::Int(1),
                    store::seam::Type::Text => Value::Text(format!("{spread:?}").into()),
                };
                let row: Vec<_> = s.columns().iter().enumerate().map(one).collect();
                conn.execute(s, &row).await.expect("a row");
            }
        }
    }
}

/// An odd number without a pattern: what is multiplied by it is spread evenly.
const SCATTER: u128 = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835;

async fn assert_sound(when: &str, conn: &mut Conn, statements: &[&'static Statement]) {
    let mut found = Vec::new();
    for s in statements {
        for rows in sizes(s) {
            found.extend(faults(conn, s, *rows).await);
        }
    }
    assert!(found.is_empty(), "bad plans {when}:\n{}", found.join("\n"));
}

/// The plans of these are bad on either engine, each in another way.
static BAD: [Statement; 5] = [
    Statement::new("no index", "SELECT t.id FROM orders t WHERE t.buyer = ?"),
    Statement::new("no key", "SELECT t.id FROM orders t ORDER BY t.tenant, t.id LIMIT ?"),
    Statement::new(
        "sorts",
        "SELECT t.id FROM orders t WHERE t.tenant = ? ORDER BY t.buyer LIMIT ?",
    ),
    Statement::new(
        "half a key",
        "-- rows: tenant blob, buyer blob
        WITH v(tenant, buyer) AS (VALUES {rows})
        SELECT t.id FROM v CROSS JOIN orders t WHERE t.tenant = v.tenant AND t.buyer = v.buyer",
    ),
    Statement::new(
        "updates all",
        "-- rows: id blob, paid int
        WITH v(id, paid) AS (VALUES {rows})
        UPDATE orders AS t SET paid = v.paid FROM v WHERE t.buyer = v.id",
    ),
];

async fn a_bad_statement_is_reported(kind: Kind) {
    let db = Db::new(kind);
    db.store().await;
    let mut conn = writer(&db).await;
    for s in &BAD {
        for rows in sizes(s) {
            let found = faults(&mut conn, s, *rows).await;
            assert!(!found.is_empty(), "{} passes for {rows}", s.name);
        }
    }
    let good = faults(&mut conn, &store::order::sql::LOAD_ORDERS, 128).await;
    assert!(good.is_empty(), "a good statement is reported: {good:?}");
}

/// A connection with a writer's settings. On PostgreSQL it is not the writer's driver, which gives no plans.
async fn writer(db: &Db) -> Conn {
    if db.kind == Kind::Postgres {
        let options: PgConnectOptions = db.url().parse().expect("an address");
        let options = options.options(store::POSTGRES_WRITER);
        let conn = PgConnection::connect_with(&options).await.expect("the database opens");
        return Conn::Postgres(Box::new(conn));
    }
    let settings = store::Settings { url: db.url().to_owned(), readers: 1 };
    store::connect(&settings).await.expect("the database opens")
}

/// A connection as readers have it: on PostgreSQL the planner is free, on SQLite it is the writer's.
async fn reader(db: &Db) -> Conn {
    match db.kind {
        Kind::Sqlite => writer(db).await,
        Kind::Postgres => {
            let conn = PgConnection::connect(db.url()).await.expect("the database opens");
            Conn::Postgres(Box::new(conn))
        }
    }
}

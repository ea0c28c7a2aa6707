//! An older copy of the database, and one with another history: read, and not written until somebody takes it.

use super::Stage;
use domain::identity::create_merchant::CreateMerchant;
use domain::identity::operator;
use engine::{EngineError, Settings};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use store::Store;
use store::read::{JournalRow, Place, facts, heads};
use testkit::{App, Db, Kind, Options, on_both};

on_both!(
    an_older_copy_is_read_and_not_sold_from,
    another_history_is_noticed,
    a_file_of_before_still_protects,
);

fn options(state: &Path) -> Options {
    let engine = Settings { state_dir: Some(state.to_owned()), ..Settings::default() };
    Options { engine, ..Options::default() }
}

/// Copies the database of an application that is stopped; gives the copy's address.
async fn copy(db: &Db, url: &str, name: &str) -> String {
    match db.kind {
        Kind::Sqlite => {
            let from = PathBuf::from(url.trim_start_matches("sqlite://"));
            let settings = store::Settings { url: url.to_owned(), readers: 1 };
            let mut conn = store::connect(&settings).await.expect("the database opens");
            conn.raw("PRAGMA wal_checkpoint(TRUNCATE)").await.expect("the log is copied");
            let to = db.folder().join(name);
            fs::copy(from, &to).expect("a copy");
            format!("sqlite://{}", to.display())
        }
        Kind::Postgres => {
            let server = db.postgres().expect("a server");
            let from = url.rsplit('/').next().expect("a name");
            let begun = Instant::now();
            // Connections of the application that ended may take a moment to go.
            while let Err(error) = server.sql(&format!("CREATE DATABASE {name} TEMPLATE {from}")) {
                assert!(begun.elapsed() < Duration::from_secs(10), "{error}");
                tokio::time::sleep(super::POLL).await;
            }
            url.replace(&format!("/{from}"), &format!("/{name}"))
        }
    }
}

/// A database of its own, so that PostgreSQL can copy it.
fn first(db: &Db) -> String {
    match db.kind {
        Kind::Sqlite => db.url().to_owned(),
        Kind::Postgres => {
            db.postgres().expect("a server").create_database("shop").expect("a database")
        }
    }
}

/// Waits until what was acknowledged of every book is kept.
async fn kept(stage: &Stage, state: &Path) {
    let newest = async || {
        let mut conn = stage.app.engine.reader().conn().await.expect("a connection");
        heads(&mut conn).await.expect("the heads")
    };
    let begun = Instant::now();
    loop {
        let wanted = newest().await;
        let files =
            fs::read_dir(state).expect("the folder").map(|file| file.expect("a file").path());
        let lines: String =
            files.map(|path| fs::read_to_string(path).expect("lines of text")).collect();
        let is_kept = |(book, seq): &Place| {
            let book: String = book.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            lines.contains(&format!(" {book} {seq:020} "))
        };
        if wanted.iter().all(is_kept) && newest().await == wanted {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{wanted:?} is not kept: {lines}");
        tokio::time::sleep(super::POLL).await;
    }
}

/// It is read, and nothing is sold; gives the head that the refusal tells.
async fn is_refused(stage: &Stage) -> String {
    stage.turns_red(&["older"]).await;
    assert_eq!(stage.ready("?for=reads").await.0, 200, "it is read");
    assert_eq!(stage.shop.get(&format!("/v1/skus/{}", stage.sku)).await.status, 200);
    let order = stage.shop.order(&stage.sku, 1, "buyer").await;
    assert_eq!((order.status, order.code()), (503, "overloaded"), "{}", order.text);
    let merchant = CreateMerchant { name: "M".to_owned(), zone: "Asia/Shanghai".to_owned() };
    let engine = &stage.app.engine;
    let why = match engine.run(engine.internal(operator()), merchant).await {
        Err(EngineError::Unavailable(why)) => why,
        other => panic!("it is written: {other:?}"),
    };
    let head = why.split("--head ").nth(1).and_then(|rest| rest.split('`').next());
    head.unwrap_or_else(|| panic!("no cure: {why}")).to_owned()
}

/// Takes the database as it is, from beside.
async fn accept(url: &str, state: &Path, head: &str) -> Result<(), EngineError> {
    let settings = store::Settings { url: url.to_owned(), readers: 1 };
    let reader = Store::open_reader(&settings).await.expect("the database opens");
    engine::accept_older(&reader, state, head).await
}

async fn an_older_copy_is_read_and_not_sold_from(kind: Kind) {
    let db = Db::new(kind);
    let (url, state) = (first(&db), db.folder().join("state"));
    let stage = Stage::set(&url, options(&state)).await;
    kept(&stage, &state).await;
    stage.app.stop().await;
    let older = copy(&db, &url, "older").await;
    let app = App::start_with(&url, options(&state)).await;
    let stage = Stage { shop: stage.shop.at(app.url()), app, sku: stage.sku };
    stage.sells().await;
    kept(&stage, &state).await;
    stage.app.stop().await;

    let app = App::start_with(&older, options(&state)).await;
    let stage = Stage { shop: stage.shop.at(app.url()), app, sku: stage.sku };
    let head = is_refused(&stage).await;
    let reader = Store::open_reader(&store::Settings { url: older.clone(), readers: 1 }).await;
    let lacks = engine::lacks(&reader.expect("the database opens"), &state).await.expect("a word");
    assert!(lacks.is_some_and(|why| why.contains("older")), "verify tells it too");
    assert!(accept(&older, &state, "1-0000000000000000").await.is_err(), "another head");
    assert_eq!(is_refused(&stage).await, head, "nothing was accepted");
    accept(&older, &state, &head).await.expect("it is accepted");
    stage.turns_green().await;
    stage.sells().await;
    kept(&stage, &state).await;
    stage.app.stop().await;
    let app = App::start_with(&older, options(&state)).await;
    let stage = Stage { shop: stage.shop.at(app.url()), app, sku: stage.sku };
    stage.sells().await;
    stage.app.stop().await;
}

async fn another_history_is_noticed(kind: Kind) {
    let db = Db::new(kind);
    let (url, state) = (first(&db), db.folder().join("state"));
    let stage = Stage::set(&url, options(&state)).await;
    stage.app.stop().await;
    let fork = copy(&db, &url, "fork").await;
    // Both go on from the same place, and one of them further.
    let elsewhere = db.folder().join("elsewhere");
    for (url, state, orders) in [(&fork, &elsewhere, 5), (&url, &state, 2)] {
        let app = App::start_with(url, options(state)).await;
        let stage = Stage { shop: stage.shop.at(app.url()), app, sku: stage.sku.clone() };
        for _ in 0..orders {
            stage.sells().await;
        }
        kept(&stage, state).await;
        stage.app.stop().await;
    }
    let app = App::start_with(&fork, options(&state)).await;
    let stage = Stage { shop: stage.shop.at(app.url()), app, sku: stage.sku };
    is_refused(&stage).await;
    stage.app.stop().await;
}

/// A file as it was written while all books shared one journal: the database's first fact, its newest, a digest of that.
fn file_of_before(state: &Path, first: &JournalRow, number: i64, newest: &str) {
    let name = digest(first, 1);
    let told = format!("tessera-head-1 {name} {number:020} {newest}");
    let sum = hex(&Sha256::digest(&told)[..4]);
    fs::create_dir_all(state).expect("a folder");
    fs::write(state.join(format!("head-{}-0", &name[..16])), format!("{told} {sum}\n"))
        .expect("a file");
}

/// The digest of a fact as files of before keep it.
fn digest(row: &JournalRow, number: i64) -> String {
    let mut sum = Sha256::new();
    sum.update(number.to_be_bytes());
    sum.update(row.tenant.bytes());
    sum.update(row.at.0.to_be_bytes());
    sum.update(row.request.0);
    sum.update(row.subject);
    sum.update(row.v.to_be_bytes());
    sum.update(row.kind.as_bytes());
    sum.update([0]);
    sum.update(row.data.as_bytes());
    hex(&sum.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn a_file_of_before_still_protects(kind: Kind) {
    let db = Db::new(kind);
    let stage = Stage::set(db.url(), Options::default()).await;
    stage.app.stop().await;
    // As if all of it was moved from the journal that all books shared.
    db.sql(
        "UPDATE journal SET before = (
            SELECT COUNT(*) FROM journal o WHERE (o.tenant, o.seq) <= (journal.tenant, journal.seq)
        );
        DELETE FROM database_name",
    )
    .await;
    let reader = db.reader().await;
    let mut conn = reader.conn().await.expect("a connection");
    let ends = heads(&mut conn).await.expect("the heads");
    let (last, all) = (ends.len() - 1, ends.iter().map(|(_, seq)| seq).sum::<i64>());
    let [first, newest] = [(ends[0].0, 1), ends[last]];
    let first = facts(&mut conn, &[first]).await.expect("a fact").remove(0);
    let newest = digest(&facts(&mut conn, &[newest]).await.expect("a fact")[0], all);
    let other = digest(&first, all);
    let state = db.folder().join("state");
    for (number, digest) in [(all + 1, &newest), (all, &other)] {
        file_of_before(&state, &first, number, digest);
        let app = App::start_with(db.url(), options(&state)).await;
        let stage = Stage { shop: stage.shop.at(app.url()), app, sku: stage.sku.clone() };
        is_refused(&stage).await;
        stage.app.stop().await;
    }
    file_of_before(&state, &first, all, &newest);
    let app = App::start_with(db.url(), options(&state)).await;
    let stage = Stage { shop: stage.shop.at(app.url()), app, sku: stage.sku };
    stage.sells().await;
    kept(&stage, &state).await;
    stage.app.stop().await;
}

//! A database of either engine that goes away with the test.

use pgtemp::{PgTemp, Settings};
use std::path::Path;
use store::{Reader, Store};
use tempfile::TempDir;

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One file.
    Sqlite,
    /// A server of the test's own.
    Postgres,
}

/// A database and a folder.
pub struct Db {
    /// Its engine.
    pub kind: Kind,
    url: String,
    folder: TempDir,
    postgres: Option<PgTemp>,
}

/// Tables that are told behind the journals.
pub(crate) const FOLLOWERS: [&str; 5] =
    ["order_keys", "order_facts", "sales", "batch_sales", "followed"];

impl Db {
    /// An empty database.
    pub fn new(kind: Kind) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (url, postgres) = match kind {
            Kind::Sqlite => (format!("sqlite://{}", folder.path().join("t.db").display()), None),
            Kind::Postgres => {
                let server = PgTemp::start(Settings { durable: false }).expect("PostgreSQL");
                (server.url(), Some(server))
            }
        };
        Self { kind, url, folder, postgres }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A folder for files of the test.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The PostgreSQL server, if it is one.
    pub fn postgres(&self) -> Option<&PgTemp> {
        self.postgres.as_ref()
    }

    /// Opens it for writing.
    pub async fn store(&self) -> Store {
        Store::open(&self.settings()).await.expect("the database opens")
    }

    /// Opens it for reading, beside a writer.
    pub async fn reader(&self) -> Reader {
        Store::open_reader(&self.settings()).await.expect("the database opens")
    }

    /// Runs a statement beside everything else: tests that damage rows use it.
    pub async fn sql(&self, statement: &str) {
        let mut conn = self.connection().await;
        conn.raw(statement).await.unwrap_or_else(|e| panic!("{statement}: {e:?}"));
        conn.close().await;
    }

    /// Runs `verify`; gives the checks that failed and those that looked at nothing.
    pub async fn verify(&self) -> (Vec<String>, Vec<&'static str>) {
        let checks = store::verify::verify(&self.reader().await).await.expect("verify runs");
        let failed = checks.iter().filter(|check| !check.ok);
        let failed = failed.map(|check| format!("{}: {}", check.name, check.detail)).collect();
        let idle = checks.iter().filter(|check| check.count == 0).map(|check| check.name).collect();
        (failed, idle)
    }

    /// Asserts that every invariant holds.
    pub async fn assert_sound(&self) {
        let (failed, _) = self.verify().await;
        assert!(failed.is_empty(), "invariants are broken: {failed:#?}");
    }

    /// Empties everything that is told behind the journals, as before they were followed for the first time.
    pub async fn unfollow(&self) {
        let mut conn = self.connection().await;
        store::insight::forget::forget_followed(&mut conn).await.expect("they are emptied");
        conn.close().await;
    }

    /// Waits until what follows the journals has read all of them; an application does that beside its work.
    pub async fn followed(&self) {
        let reader = self.reader().await;
        while !reader.books_behind().await.expect("the books").is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }

    /// A connection beside everything else.
    pub async fn connection(&self) -> store::seam::Conn {
        store::connect(&self.settings()).await.expect("the database opens")
    }

    /// How the store opens it.
    pub fn settings(&self) -> store::Settings {
        store::Settings { url: self.url.clone(), readers: 4 }
    }
}

//! Databases that nothing has happened to, a new one for each sequence.

use super::run::START;
use std::fs;
use std::path::PathBuf;
use store::Store;
use store::seam::{Conn, Statement, Value};
use testkit::{Db, Kind};

/// Keys that seal when a sequence begins.
pub const KEYS: [i64; 2] = [1, 4];
/// Bytes in the shape of a wrapped key.
const WRAPPED: [u8; 61] = [1; 61];

/// An empty database, and the copy that the current sequence has.
pub struct Empty {
    db: Db,
    copies: u32,
}

impl Empty {
    /// A database with the schema, and with keys that seal.
    pub async fn new(kind: Kind) -> Self {
        let this = Self { db: Db::new(kind), copies: 0 };
        if let Some(server) = this.db.postgres() {
            server.create_database("first").expect("a database");
        }
        let settings = this.settings("first");
        let store = Store::open(&settings).await.expect("the database opens");
        let master = vault::MasterKey::generate().into();
        engine::open_vault(&store, &master).await.expect("the keys that seals name");
        drop(store);
        let mut conn = store::connect(&settings).await.expect("a connection");
        put_keys(&mut conn).await;
        // The first generation of answers began when the schema was made; make that the same everywhere.
        let same = format!("UPDATE versions SET changed_at = {}", START.0);
        conn.raw(&same).await.expect("the version is set");
        if kind == Kind::Sqlite {
            let whole = format!("VACUUM INTO '{}'", this.file("empty").display());
            conn.raw(&whole).await.expect("the file is written whole");
        }
        conn.close().await;
        this
    }

    /// Another copy.
    pub fn copy(&mut self) -> store::Settings {
        let (last, next) = (format!("copy{}", self.copies), format!("copy{}", self.copies + 1));
        self.copies += 1;
        match self.db.postgres() {
            Some(server) => {
                let copy = format!("CREATE DATABASE {next} TEMPLATE first");
                server.sql(&copy).expect("the database is copied");
                if self.copies > 1 {
                    server.drop_database(&last).expect("the last copy goes away");
                }
            }
            None => {
                fs::copy(self.file("empty"), self.file(&next)).expect("the database is copied");
            }
        }
        self.settings(&next)
    }

    fn settings(&self, name: &str) -> store::Settings {
        let url = match self.db.kind {
            Kind::Postgres => {
                let (server, _) = self.db.url().rsplit_once('/').expect("a database's name");
                format!("{server}/{name}")
            }
            Kind::Sqlite => format!("sqlite://{}", self.file(name).display()),
        };
        store::Settings { url, readers: 1 }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.db.folder().join(format!("{name}.db"))
    }
}

/// Puts the keys there that seal, or sealed before they were dropped.
pub async fn put_keys(conn: &mut Conn) {
    static KEY: Statement = Statement::new(
        "key",
        "INSERT INTO data_keys (id, purpose, wrapped, created_at) VALUES (?, 1, ?, 0)
        ON CONFLICT (id) DO NOTHING",
    );
    for key in KEYS {
        let params = [Value::Int(key), Value::bytes(&WRAPPED)];
        conn.execute(&KEY, &params).await.expect("the key is there");
    }
}

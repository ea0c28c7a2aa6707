//! The writing side: one connection, one batch at a time.
//!
//! `begin`, `load`, (the rules run), `flush`, `commit`. Nothing of a batch is visible before `commit`
//! answers; an error before it leaves nothing behind.

use crate::anchor::prover::Prover;
use crate::config::lock::ConfigLock;
use crate::file::SharedFile;
use crate::load::Loader;
use crate::seam::{Conn, Dialect, Value};
use crate::{Error, Fault, flush};
use domain::anchor::MacKey;
use domain::catalog::TenantCatalog;
use domain::inventory::damaged::Look;
use domain::{Envelope, World};
use kernel::{Id16, Tenant, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// What is said when what was just written is out of reach.
const MOVED: &str = "the database file or its log is not where it was opened";

/// The writing connection with its snapshots of the configuration.
#[derive(Debug)]
pub struct Writer {
    conn: Conn,
    catalogs: HashMap<Tenant, Arc<TenantCatalog>>,
    gate: Arc<Mutex<()>>,
    passed: Option<OwnedMutexGuard<()>>,
    /// Whether a batch was begun and not ended.
    begun: bool,
    file: SharedFile,
    prover: Prover,
}

/// Fills a mebibyte of the database's disk, and gives it back at once.
const FILL_ROOM: &str = "CREATE TEMP TABLE tessera_room ON COMMIT DROP AS
    SELECT repeat(' ', 1000) AS filling FROM generate_series(1, 1048)";

impl Writer {
    /// A writer over a connection that the store opened, behind the gate of its checkpoints.
    pub(crate) fn new(conn: Conn, gate: Arc<Mutex<()>>, file: SharedFile) -> Self {
        Self {
            conn,
            catalogs: HashMap::new(),
            gate,
            passed: None,
            begun: false,
            file,
            prover: Prover::default(),
        }
    }

    /// Which engine it writes to.
    pub fn engine(&self) -> Dialect {
        self.conn.engine()
    }

    /// The connection, for statements outside of batches.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// Begins a batch.
    pub async fn begin(&mut self) -> Result<(), Error> {
        if self.engine() == Dialect::Sqlite {
            self.passed = Some(Arc::clone(&self.gate).lock_owned().await);
        }
        let begun = self.conn.begin().await;
        self.begun = begun.is_ok();
        if begun.is_err() {
            self.passed = None;
        }
        begun
    }

    /// Loads every row the commands need, under locks where the engine has them. Codes that will be delivered or shown
    /// are looked at.
    pub async fn load(
        &mut self,
        commands: &[Envelope],
        access: ConfigLock,
        now: Timestamp,
        look: &Look<'_>,
    ) -> Result<World, Error> {
        Loader::new(&mut self.conn, &mut self.catalogs, access, look).load(commands, now).await
    }

    /// Writes everything the commands changed; says whether that was anything. `key` proves what the journal says.
    pub async fn flush(&mut self, world: &World, key: MacKey<'_>) -> Result<bool, Error> {
        flush::flush(&mut self.conn, world, &mut self.prover, key).await
    }

    /// Makes the batch durable, and makes sure that the files in which it is are still at their place.
    pub async fn commit(&mut self) -> Result<(), Error> {
        let committed = self.conn.raw("COMMIT").await;
        self.passed = None;
        self.begun = committed.is_err();
        committed.map_err(|e| match (self.engine(), e) {
            // SQLite says "busy" or "full" before anything is durable; the batch can be rolled back.
            (Dialect::Sqlite, e @ (Error::Contended(_) | Error::Unavailable(Fault::Full, _))) => e,
            (_, e) => Error::CommitUnknown(e.fault().unwrap_or(Fault::Away), e.to_string()),
        })?;
        self.prover.committed();
        let moved = |fault| Error::CommitUnknown(fault, MOVED.to_owned());
        self.file.as_ref().map_or(Ok(()), |file| file.check().map_err(moved))
    }

    /// Commits a row that says that this node can, outside every batch and the journal.
    pub async fn pulse(&mut self, node: &Id16, now: Timestamp) -> Result<(), Error> {
        let _held = match self.engine() {
            Dialect::Sqlite => Some(Arc::clone(&self.gate).lock_owned().await),
            Dialect::Postgres => None,
        };
        let row = [Value::bytes(node), Value::Int(now.0)];
        self.conn.execute(&crate::work::sql::UPSERT_PULSE, &row).await?;
        let moved = |fault| Error::Unavailable(fault, MOVED.to_owned());
        self.file.as_ref().map_or(Ok(()), |file| file.check().map_err(moved))
    }

    /// Makes sure that there is room again where there was none. A full disk still takes what has room in files that
    /// are there, so a pulse alone would say that all is well.
    pub async fn find_room(&mut self) -> Result<(), Error> {
        if let Some(file) = &self.file {
            return file.find_room();
        }
        match self.conn.raw(FILL_ROOM).await {
            Err(error) if error.fault() == Some(Fault::Full) => Err(error),
            // Who may make no table of his own is told by the next commits.
            _ => Ok(()),
        }
    }

    /// Forgets the batch.
    pub async fn rollback(&mut self) -> Result<(), Error> {
        self.passed = None;
        self.prover.rolled_back();
        // One that never got the lock has nothing to forget.
        if !std::mem::take(&mut self.begun) {
            return Ok(());
        }
        self.conn.raw("ROLLBACK").await
    }
}

//! The writing side: one connection, one batch at a time.
//!
//! `begin`, `load`, (the rules run), `flush`, `commit`. Nothing of a batch is visible before `commit`
//! answers; an error before it leaves nothing behind.

use crate::load::Loader;
use crate::seam::{Conn, Engine};
use crate::{Error, flush};
use domain::catalog::TenantCatalog;
use domain::inventory::damaged::Look;
use domain::{Envelope, World};
use kernel::{Tenant, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// How a batch locks the configuration that it uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Others may use the same configuration meanwhile.
    Shared,
    /// This batch edits it.
    Exclusive,
}

/// The writing connection with its snapshots of the configuration.
#[derive(Debug)]
pub struct Writer {
    conn: Conn,
    catalogs: HashMap<Tenant, Arc<TenantCatalog>>,
    gate: Arc<Mutex<()>>,
    passed: Option<OwnedMutexGuard<()>>,
}

impl Writer {
    /// A writer over a connection that the store opened, behind the gate of its checkpoints.
    pub(crate) fn new(conn: Conn, gate: Arc<Mutex<()>>) -> Self {
        Self { conn, catalogs: HashMap::new(), gate, passed: None }
    }

    /// Which engine it writes to.
    pub fn engine(&self) -> Engine {
        self.conn.engine()
    }

    /// The connection, for statements outside of batches.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// Begins a batch.
    pub async fn begin(&mut self) -> Result<(), Error> {
        if self.engine() == Engine::Sqlite {
            self.passed = Some(Arc::clone(&self.gate).lock_owned().await);
        }
        self.conn.begin().await
    }

    /// Loads every row the commands need, under locks where the engine has them. Codes that will be delivered or shown
    /// are looked at.
    pub async fn load(
        &mut self,
        commands: &[Envelope],
        access: Access,
        now: Timestamp,
        look: &Look<'_>,
    ) -> Result<World, Error> {
        Loader::new(&mut self.conn, &mut self.catalogs, access, look).load(commands, now).await
    }

    /// Writes everything the commands changed.
    pub async fn flush(&mut self, world: &World) -> Result<(), Error> {
        flush::flush(&mut self.conn, world).await
    }

    /// Makes the batch durable.
    pub async fn commit(&mut self) -> Result<(), Error> {
        let committed = self.conn.raw("COMMIT").await;
        self.passed = None;
        committed.map_err(|e| match (self.engine(), e) {
            // SQLite says "busy" or "full" before anything is durable; the batch can be rolled back.
            (Engine::Sqlite, e @ Error::Contended(_)) => e,
            (_, e) => Error::CommitUnknown(e.to_string()),
        })
    }

    /// Forgets the batch.
    pub async fn rollback(&mut self) -> Result<(), Error> {
        self.passed = None;
        self.conn.raw("ROLLBACK").await
    }
}

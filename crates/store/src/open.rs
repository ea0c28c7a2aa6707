//! Opening a database: the schema, the lock of its one writing process, the settings that durability rests on.

use crate::address::Address;
use crate::connect::Settings;
use crate::data_keys::StoredKey;
use crate::file::{DataFile, SharedFile, nothing_there};
use crate::seam::{Conn, Dialect, Statement};
use crate::{Error, Fault, Reader, Writer, checkpoint, data_keys, migrate};
use kernel::Timestamp;
use std::sync::Arc;
use tokio::sync::Mutex;

/// An open database.
#[derive(Debug)]
pub struct Store {
    address: Address,
    reader: Reader,
    probe: Reader,
    gate: Arc<Mutex<()>>,
    file: SharedFile,
}

impl Store {
    /// Opens for reading and writing; makes what is not there, and makes or upgrades the schema.
    ///
    /// A SQLite file has one writing process: a second one is refused with a clear error.
    pub async fn open(settings: &Settings) -> Result<Self, Error> {
        Self::open_or_create(settings, true).await
    }

    /// The same, but a place where nothing is stored yet is refused: a mistyped address must not open an
    /// empty shop.
    pub async fn open_existing(settings: &Settings) -> Result<Self, Error> {
        Self::open_or_create(settings, false).await
    }

    async fn open_or_create(settings: &Settings, create: bool) -> Result<Self, Error> {
        let address = Address::parse(&settings.url)?;
        let file = match address.file() {
            Some(path) => Some(Arc::new(DataFile::open(path, create)?)),
            None => None,
        };
        if !create && file.as_ref().is_some_and(|file| file.is_empty()) {
            return Err(Error::Setup(nothing_there("the database file is empty")));
        }
        let mut conn = address.connect().await?;
        if !create && !migrate::is_there(&mut conn).await? {
            return Err(Error::Setup(nothing_there("the database has no shop in it")));
        }
        migrate::migrate(&address, &mut conn, Timestamp::now()).await?;
        if address.engine() == Dialect::Sqlite {
            // The one writing process has just started: nobody holds a lease.
            conn.execute(&crate::work::sql::RELEASE_LEASES, &[]).await?;
        }
        conn.close().await;
        let reader = Reader::new(address.pool(settings.readers).await?);
        let probe = Reader::new(address.pool(1).await?);
        let gate = Arc::new(Mutex::new(()));
        if address.engine() == Dialect::Sqlite {
            checkpoint::spawn(address.clone(), Arc::clone(&gate))?;
        }
        Ok(Self { address, reader, probe, gate, file })
    }

    /// Opens for reading only, beside whoever writes. The schema must be there.
    pub async fn open_reader(settings: &Settings) -> Result<Reader, Error> {
        let address = Address::parse(&settings.url)?;
        Ok(Reader::new(address.pool(settings.readers).await?))
    }

    /// Which engine it is.
    pub fn engine(&self) -> Dialect {
        self.address.engine()
    }

    /// The reading side.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// A reading side of one connection that nobody's questions hold up: to see whether reads work.
    pub fn probe(&self) -> &Reader {
        &self.probe
    }

    /// A writing connection.
    pub async fn writer(&self) -> Result<Writer, Error> {
        self.check_file()?;
        let conn = self.address.connect().await?;
        Ok(Writer::new(conn, Arc::clone(&self.gate), self.file.clone()))
    }

    /// A connection for what is done before any engine writes.
    pub(crate) async fn connection(&self) -> Result<Conn, Error> {
        self.check_file()?;
        self.address.connect().await
    }

    /// Fails when the files at the database's path are not those that were opened.
    fn check_file(&self) -> Result<(), Error> {
        let moved = |fault: Fault| {
            Error::Unavailable(fault, "its file is not where it was opened".to_owned())
        };
        self.file.as_ref().map_or(Ok(()), |file| file.check_path().map_err(moved))
    }

    /// The wrapped data keys; `make` draws them when there are none. The first node to store wins.
    pub async fn data_keys(
        &self,
        make: impl FnOnce() -> Vec<StoredKey> + Send,
    ) -> Result<Vec<StoredKey>, Error> {
        let mut conn = self.address.connect().await?;
        let keys = data_keys::create(&mut conn, make).await;
        conn.close().await;
        keys
    }

    /// The durability settings in force, read back from the database.
    pub async fn durability(&self) -> Result<String, Error> {
        static JOURNAL: Statement = Statement::new("journal_mode", "PRAGMA journal_mode");
        static SYNC: Statement = Statement::new("synchronous", "PRAGMA synchronous");
        static PG: Statement = Statement::new(
            "durability",
            "SELECT 'fsync=' || current_setting('fsync') || ' synchronous_commit='
                || current_setting('synchronous_commit') || ' full_page_writes='
                || current_setting('full_page_writes')",
        );
        let mut conn = self.address.connect().await?;
        let text = match self.engine() {
            Dialect::Sqlite => {
                let journal = conn.fetch(&JOURNAL, &[]).await?;
                let sync = conn.fetch(&SYNC, &[]).await?;
                let journal = journal.first().ok_or(Error::Corrupt("journal_mode"))?.text(0)?;
                let sync = sync.first().ok_or(Error::Corrupt("synchronous"))?.int(0)?;
                let names = ["OFF", "NORMAL", "FULL", "EXTRA"];
                let name = names.get(sync as usize).copied().unwrap_or("?");
                format!("journal_mode={journal} synchronous={name}")
            }
            Dialect::Postgres => {
                let found = conn.fetch(&PG, &[]).await?;
                found.first().ok_or(Error::Corrupt("durability"))?.text(0)?.to_owned()
            }
        };
        conn.close().await;
        Ok(text)
    }
}

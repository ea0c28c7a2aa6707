//! Opening a database: the engine by its address, the schema, the settings that durability rests on.

use crate::read::ReadPool;
use crate::seam::{Conn, Direct, Engine, Pipe, Statement};
use crate::{Error, Reader, Writer, checkpoint, data_keys, migrate, sql};
use kernel::Timestamp;
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio_postgres::Config;

/// Statements that a writer keeps prepared: all of them in all chunk sizes.
const STATEMENTS_KEPT: usize = 1024;

/// Which database, and how many readers.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite://FILE` or `postgres://…`.
    pub url: String,
    /// Reading connections at most.
    pub readers: u32,
}

/// An open database.
#[derive(Debug)]
pub struct Store {
    address: Address,
    reader: Reader,
    gate: Arc<Mutex<()>>,
    _lock: Option<File>,
}

#[derive(Debug, Clone)]
enum Address {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PgConnectOptions>),
}

/// A wrapped data key as it is stored: id, purpose, wrapped bytes.
pub type StoredKey = (i64, i64, Vec<u8>);

/// A connection beside everything else, with a writer's settings: for tests and tools.
pub async fn connect(settings: &Settings) -> Result<Conn, Error> {
    Address::parse(&settings.url)?.connect().await
}

impl Store {
    /// Opens for reading and writing; makes or upgrades the schema.
    ///
    /// A SQLite file has one writing process: a second one is refused with a clear error.
    pub async fn open(settings: &Settings) -> Result<Self, Error> {
        let address = Address::parse(&settings.url)?;
        let lock = address.lock()?;
        let mut conn = address.connect().await?;
        migrate::migrate(&mut conn, Timestamp::now()).await?;
        if address.engine() == Engine::Sqlite {
            // The one writing process has just started: nobody holds a lease.
            conn.execute(&sql::RELEASE_LEASES, &[]).await?;
        }
        conn.close().await;
        let reader = Reader::new(address.pool(settings.readers).await?);
        let gate = Arc::new(Mutex::new(()));
        if address.engine() == Engine::Sqlite {
            checkpoint::spawn(address.connect().await?, Arc::clone(&gate))?;
        }
        Ok(Self { address, reader, gate, _lock: lock })
    }

    /// Opens for reading only, beside whoever writes. The schema must be there.
    pub async fn open_reader(settings: &Settings) -> Result<Reader, Error> {
        let address = Address::parse(&settings.url)?;
        Ok(Reader::new(address.pool(settings.readers).await?))
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        self.address.engine()
    }

    /// The reading side.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// A writing connection.
    pub async fn writer(&self) -> Result<Writer, Error> {
        Ok(Writer::new(self.address.connect().await?, Arc::clone(&self.gate)))
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
            Engine::Sqlite => {
                let journal = conn.fetch(&JOURNAL, &[]).await?;
                let sync = conn.fetch(&SYNC, &[]).await?;
                let journal = journal.first().ok_or(Error::Corrupt("journal_mode"))?.text(0)?;
                let sync = sync.first().ok_or(Error::Corrupt("synchronous"))?.int(0)?;
                let names = ["OFF", "NORMAL", "FULL", "EXTRA"];
                let name = names.get(sync as usize).copied().unwrap_or("?");
                format!("journal_mode={journal} synchronous={name}")
            }
            Engine::Postgres => {
                let found = conn.fetch(&PG, &[]).await?;
                found.first().ok_or(Error::Corrupt("durability"))?.text(0)?.to_owned()
            }
        };
        conn.close().await;
        Ok(text)
    }
}

impl Address {
    fn parse(url: &str) -> Result<Self, Error> {
        let wrong = |e: sqlx::Error| Error::Setup(format!("the database address is wrong: {e}"));
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url).map_err(wrong)?;
            return Ok(Self::Sqlite(Box::new(options)));
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url).map_err(wrong)?;
            return Ok(Self::Postgres(Box::new(options)));
        }
        Err(Error::Setup("the database address starts with sqlite:// or postgres://".to_owned()))
    }

    fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Takes the file that says "this database has its writer".
    fn lock(&self) -> Result<Option<File>, Error> {
        let Self::Sqlite(options) = self else { return Ok(None) };
        let path = PathBuf::from(format!("{}.lock", options.get_filename().display()));
        let file = File::create(&path)
            .map_err(|e| Error::Setup(format!("cannot make {}: {e}", path.display())))?;
        file.try_lock().map_err(|_| {
            Error::Setup(format!(
                "another process writes to this database ({} is locked); several processes need \
                 PostgreSQL",
                path.display()
            ))
        })?;
        Ok(Some(file))
    }

    async fn connect(&self) -> Result<Conn, Error> {
        match self {
            Self::Sqlite(options) => {
                let conn = Direct::open(options.get_filename(), STATEMENTS_KEPT)?;
                conn.raw(SQLITE_WRITER)?;
                Ok(Conn::Direct(Box::new(conn)))
            }
            Self::Postgres(options) => {
                Ok(Conn::Pipe(Box::new(Pipe::open(&postgres_writer(options)?).await?)))
            }
        }
    }

    async fn pool(&self, readers: u32) -> Result<ReadPool, Error> {
        let failed = |e| Error::of("connect", e);
        let patience = Duration::from_secs(5);
        match self {
            Self::Sqlite(options) => {
                let options = options
                    .clone()
                    .read_only(true)
                    .busy_timeout(patience)
                    .statement_cache_capacity(256)
                    .log_statements(log::LevelFilter::Off);
                let pool = SqlitePoolOptions::new().max_connections(readers);
                let pool = pool.acquire_timeout(patience).connect_with(options).await;
                Ok(ReadPool::Sqlite(pool.map_err(failed)?))
            }
            Self::Postgres(options) => {
                let options = PgConnectOptions::clone(options)
                    .application_name("tessera-read")
                    .options([("default_transaction_read_only", "on"), ("jit", "off")]);
                let pool = PgPoolOptions::new().max_connections(readers);
                let pool = pool.acquire_timeout(patience).connect_with(options).await;
                Ok(ReadPool::Postgres(pool.map_err(failed)?))
            }
        }
    }
}

/// Without automatic indexes the planner cannot prefer a scan of a big table over a walk of the keys
/// that a statement was given; it did so for 256 rows, at 200 times the cost. Checkpoints are made
/// beside the writer, never by it. The cache is small because SQLite walks all its slots at each commit that
/// split a page; what falls out of it is still in the system's.
const SQLITE_WRITER: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA automatic_index = OFF;
    PRAGMA cache_size = -32768;
    PRAGMA temp_store = MEMORY;";

/// Settings of a writer on PostgreSQL. The planner may only walk keys: with fresh statistics of empty tables it
/// would otherwise keep plans that scan. Timeouts keep hot rows from staying locked by a node that died.
pub const POSTGRES_WRITER: [(&str, &str); 12] = [
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("enable_bitmapscan", "off"),
    ("enable_indexonlyscan", "off"),
    ("enable_material", "off"),
    ("enable_memoize", "off"),
    ("jit", "off"),
    ("lock_timeout", "3s"),
    ("idle_in_transaction_session_timeout", "5s"),
    ("tcp_user_timeout", "5s"),
];

/// The address as the writer's driver takes it: the same server, user, password and database.
fn postgres_writer(options: &PgConnectOptions) -> Result<Config, Error> {
    if !matches!(options.get_ssl_mode(), PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer)
    {
        let why =
            "the database address asks for TLS (sslmode), which this program cannot speak yet";
        return Err(Error::Setup(why.to_owned()));
    }
    let mut url = options.to_url_lossy();
    url.set_query(None);
    let mut config: Config = url
        .as_str()
        .parse()
        .map_err(|e| Error::Setup(format!("the database address is wrong: {e}")))?;
    if let Some(directory) = options.get_socket() {
        config = socket(&config, directory);
    }
    let settings: Vec<_> = POSTGRES_WRITER.iter().map(|(k, v)| format!("-c {k}={v}")).collect();
    config.application_name("tessera-write").options(settings.join(" "));
    Ok(config)
}

/// The same through a socket in a directory.
fn socket(known: &Config, directory: &Path) -> Config {
    let mut config = Config::new();
    config.host_path(directory);
    known.get_ports().first().map(|port| config.port(*port));
    known.get_user().map(|user| config.user(user));
    known.get_password().map(|password| config.password(password));
    known.get_dbname().map(|name| config.dbname(name));
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer(url: &str) -> Result<Config, Error> {
        postgres_writer(&url.parse().unwrap())
    }

    #[test]
    fn the_writer_goes_where_the_address_says() {
        let config = writer("postgres://me:p%40ss@db.example:5433/shop").unwrap();
        assert_eq!(config.get_user(), Some("me"));
        assert_eq!(config.get_password(), Some(&b"p@ss"[..]));
        assert_eq!((config.get_ports(), config.get_dbname()), (&[5433][..], Some("shop")));
    }

    #[test]
    fn an_address_that_asks_for_tls_is_refused_before_anything_is_sent() {
        for mode in ["require", "verify-ca", "verify-full"] {
            let refused = writer(&format!("postgres://me@db.example/shop?sslmode={mode}"));
            assert!(matches!(refused, Err(Error::Setup(_))), "{mode}");
        }
        assert!(writer("postgres://me@db.example/shop?sslmode=disable").is_ok());
    }
}

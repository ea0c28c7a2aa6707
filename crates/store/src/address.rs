//! Addresses of databases, and connections to them.

use crate::error::Error;
use crate::read::ReadPool;
use crate::seam::{Conn, Dialect, Direct, Pipe};
use crate::tls::Tls;
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::net::IpAddr;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;
use tokio_postgres::Config;

/// Statements that a writer keeps prepared: all of them in all chunk sizes.
const STATEMENTS_KEPT: usize = 1024;
/// How long a server may take to take a connection, unless the address says otherwise.
const CONNECT_PATIENCE: Duration = Duration::from_secs(3);

/// A database's address, understood.
#[derive(Debug, Clone)]
pub(crate) enum Address {
    /// A file.
    Sqlite(Box<SqliteConnectOptions>),
    /// A server: for its readers, and for its writer.
    Postgres(Box<PgConnectOptions>, Box<Config>, Tls),
}

impl Address {
    /// Reads an address.
    pub fn parse(url: &str) -> Result<Self, Error> {
        let wrong = |why: String| Error::Setup(format!("the database address is wrong: {why}"));
        if url.starts_with("sqlite:") {
            if url.contains(":memory:") || url.contains("mode=memory") {
                let why = "a shop in memory would be gone at the next start; name a file";
                return Err(wrong(why.to_owned()));
            }
            let options = SqliteConnectOptions::from_str(url).map_err(|e| wrong(e.to_string()))?;
            if options.get_filename().as_os_str().is_empty() {
                return Err(wrong("it names no file".to_owned()));
            }
            return Ok(Self::Sqlite(Box::new(options)));
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let mut options = PgConnectOptions::from_str(url).map_err(|e| wrong(e.to_string()))?;
            if matches!(options.get_ssl_mode(), PgSslMode::Prefer)
                && !url.contains("sslmode=")
                && is_this_machine(options.get_host())
            {
                options = options.ssl_mode(PgSslMode::Disable);
            }
            let url = url::Url::parse(url).map_err(|e| wrong(e.to_string()))?;
            let root = url.query_pairs().find(|(name, _)| ROOT_FILE.contains(&&**name));
            let tls = Tls::of(&options, root.as_ref().map(|(_, file)| &**file))?;
            let mut config = writer(&url, &options).map_err(wrong)?;
            config.ssl_mode(tls.mode());
            return Ok(Self::Postgres(Box::new(options), Box::new(config), tls));
        }
        Err(Error::Setup("the database address starts with sqlite:// or postgres://".to_owned()))
    }

    /// Which engine it leads to.
    pub fn engine(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(..) => Dialect::Postgres,
        }
    }

    /// The file, where it leads to one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(options) => Some(options.get_filename()),
            Self::Postgres(..) => None,
        }
    }

    /// A connection with a writer's settings.
    pub async fn connect(&self) -> Result<Conn, Error> {
        match self {
            Self::Sqlite(options) => {
                let conn = Direct::open(options.get_filename(), STATEMENTS_KEPT)?;
                conn.raw(SQLITE_WRITER)?;
                Ok(Conn::Direct(Box::new(conn)))
            }
            Self::Postgres(_, config, tls) => {
                let mut pipe = Pipe::open(config, tls).await?;
                pipe.raw(POSTGRES_DURABLE).await?;
                Ok(Conn::Pipe(Box::new(pipe)))
            }
        }
    }

    /// Connections that read.
    pub async fn pool(&self, readers: u32) -> Result<ReadPool, Error> {
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
            Self::Postgres(options, ..) => {
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

/// What is acknowledged must be on the disk, whatever a role or a database was set to.
const POSTGRES_DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'";

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

/// Names of the parameter that names the file of root certificates.
const ROOT_FILE: [&str; 3] = ["sslrootcert", "ssl-root-cert", "ssl-ca"];
/// Parameters of an address that only the readers' driver or TLS knows.
const NOT_THE_WRITERS: [&str; 7] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "statement-cache-capacity",
    "application_name",
];

/// The address as the writer's driver takes it: the same server, user, password, database and settings. What the
/// address sets itself comes first, so that nothing undoes what the writer needs.
fn writer(url: &url::Url, options: &PgConnectOptions) -> Result<Config, String> {
    let mut bare = options.to_url_lossy();
    bare.set_query(None);
    let mut own = Vec::new();
    for (name, value) in url.query_pairs() {
        match &*name {
            "options" => own.push(value.into_owned()),
            "host" | "hostaddr" | "port" | "user" | "password" | "dbname" => {}
            name if name.starts_with("options[") => {
                let name = name.trim_start_matches("options[").trim_end_matches(']');
                own.push(format!("-c {name}={value}"));
            }
            name if NOT_THE_WRITERS.contains(&name) => {}
            name => drop(bare.query_pairs_mut().append_pair(name, &value)),
        }
    }
    let mut config: Config = bare.as_str().parse().map_err(|e| kernel::chain(&e))?;
    if let Some(directory) = options.get_socket() {
        config = socket(&config, directory);
    }
    own.extend(POSTGRES_WRITER.iter().map(|(k, v)| format!("-c {k}={v}")));
    config.application_name("tessera-write").options(own.join(" "));
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_PATIENCE);
    }
    Ok(config)
}

/// Whether nobody is on the way to a host.
fn is_this_machine(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
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
    use tokio_postgres::config::SslMode;

    fn of(url: &str) -> Result<Config, Error> {
        match Address::parse(url)? {
            Address::Postgres(_, config, _) => Ok(*config),
            Address::Sqlite(_) => panic!("{url} is a file"),
        }
    }

    #[test]
    fn the_writer_goes_where_the_address_says() {
        let config = of("postgres://me:p%40ss@db.example:5433/shop").unwrap();
        assert_eq!(config.get_user(), Some("me"));
        assert_eq!(config.get_password(), Some(&b"p@ss"[..]));
        assert_eq!((config.get_ports(), config.get_dbname()), (&[5433][..], Some("shop")));
    }

    #[test]
    fn settings_behind_the_question_mark_are_passed_on_and_undo_nothing() {
        let url = "postgres://me@db.example/shop?sslmode=disable&connect_timeout=7\
                   &options=-c%20work_mem%3D8MB%20-c%20lock_timeout%3D0&options[deadlock_timeout]=2s";
        let config = of(url).unwrap();
        let options = config.get_options().unwrap();
        assert!(options.starts_with("-c work_mem=8MB -c lock_timeout=0 -c deadlock_timeout=2s "));
        assert!(
            options.ends_with(
                "-c lock_timeout=3s -c idle_in_transaction_session_timeout=5s \
                                   -c tcp_user_timeout=5s"
            ),
            "{options}"
        );
        assert_eq!(config.get_connect_timeout(), Some(&Duration::from_secs(7)));
        assert!(of("postgres://me@db.example/shop?conect_timeout=7").is_err(), "a misspelt word");
    }

    #[test]
    fn what_stays_on_the_machine_is_encrypted_only_when_asked() {
        let cases = [
            ("postgres://me@127.0.0.1/shop", SslMode::Disable),
            ("postgres://me@localhost/shop", SslMode::Disable),
            ("postgres://me@db.example/shop", SslMode::Prefer),
            ("postgres://me@127.0.0.1/shop?sslmode=prefer", SslMode::Prefer),
            ("postgres://me@127.0.0.1/shop?sslmode=require", SslMode::Require),
            ("postgres://me@db.example/shop?sslmode=disable", SslMode::Disable),
        ];
        for (url, mode) in cases {
            assert_eq!(of(url).unwrap().get_ssl_mode(), mode, "{url}");
        }
    }

    #[test]
    fn an_address_that_would_keep_nothing_is_refused() {
        for url in
            ["sqlite::memory:", "sqlite://:memory:", "sqlite://t.db?mode=memory", "sqlite://"]
        {
            assert!(matches!(Address::parse(url), Err(Error::Setup(_))), "{url}");
        }
        assert!(Address::parse("sqlite://t.db").is_ok());
    }
}

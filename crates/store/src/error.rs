//! What can go wrong with a database, sorted by what the caller does about it.

/// A database error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another writer was in the way; run the batch again.
    #[error("another writer was in the way: {0}")]
    Contended(String),
    /// A row that should be new is there, or one that should be there is gone: another writer was first. Run the
    /// batch again.
    #[error("statement {0} met rows of another writer")]
    Conflict(&'static str),
    /// The commands of the batch would load more bytes than fit; run it in halves.
    #[error("the commands of a batch would load {0} bytes of codes")]
    TooLarge(i64),
    /// Whether the commit took place is not known.
    #[error("the outcome of the commit is unknown: {0}")]
    CommitUnknown(String),
    /// The database cannot be reached, or is full, or fails.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The database refuses a statement because of its data.
    #[error("the database refused {name}: {source}")]
    Refused {
        /// Which statement.
        name: &'static str,
        /// What it said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A stored value is not what it should be.
    #[error("a stored value cannot be read: {0}")]
    Corrupt(&'static str),
    /// The database's schema is newer than this program, or its address is not understood.
    #[error("{0}")]
    Setup(String),
}

impl Error {
    /// Sorts an error of the pooled drivers.
    pub fn of(name: &'static str, source: sqlx::Error) -> Self {
        let code = match &source {
            sqlx::Error::Database(e) => e.code().map(|c| c.into_owned()).unwrap_or_default(),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Protocol(_)
            | sqlx::Error::WorkerCrashed => return Self::Unavailable(source.to_string()),
            _ => return Self::Refused { name, source: source.into() },
        };
        Self::sort(name, &code, source.into())
    }

    /// Sorts an error of SQLite itself.
    pub fn of_sqlite(name: &'static str, source: rusqlite::Error) -> Self {
        let code = source.sqlite_error().map_or(0, |e| e.extended_code);
        Self::sort(name, &code.to_string(), source.into())
    }

    /// Sorts an error of PostgreSQL's writer. What is no answer of the server is the connection's.
    pub fn of_postgres(name: &'static str, source: tokio_postgres::Error) -> Self {
        match source.code().map(|code| code.code().to_owned()) {
            Some(code) => Self::sort(name, &code, source.into()),
            None => Self::Unavailable(source.to_string()),
        }
    }

    fn sort(
        name: &'static str,
        code: &str,
        source: Box<dyn std::error::Error + Send + Sync>,
    ) -> Self {
        match code {
            // PostgreSQL: serialization failure, deadlock, lock timeout. SQLite: busy, locked.
            "40001" | "40P01" | "55P03" | "5" | "6" | "261" | "262" | "517" => {
                Self::Contended(source.to_string())
            }
            // A unique key is there already: another writer was first.
            "23505" | "1555" | "2067" | "2579" => Self::Conflict(name),
            // PostgreSQL: connection gone, resources, shutting down, idle too long in a batch.
            c if c.starts_with("08") || c.starts_with("53") || c.starts_with("57P") => {
                Self::Unavailable(source.to_string())
            }
            "25P03" => Self::Unavailable(source.to_string()),
            // SQLite: I/O errors (10 and its extended codes), full, cannot open.
            "10" | "13" | "14" => Self::Unavailable(source.to_string()),
            c if c.parse::<i32>().is_ok_and(|code| code > 255 && code & 0xff == 10) => {
                Self::Unavailable(source.to_string())
            }
            _ => Self::Refused { name, source },
        }
    }

    /// Whether running the same batch again may succeed at once.
    pub fn is_contention(&self) -> bool {
        matches!(self, Self::Contended(_) | Self::Conflict(_))
    }
}

//! What can go wrong with a database, sorted by what the caller does about it.

use kernel::chain;
use std::error::Error as Cause;

/// What keeps a database from taking writes; health tells it by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No connection, or no answer on it.
    Away,
    /// Somebody outside holds a lock for longer than a commit takes.
    Locked,
    /// The disk is full.
    Full,
    /// Writing is not allowed: a role, a mode, a mount.
    ReadOnly,
    /// Pages that cannot be what was written.
    Damaged,
    /// The disk fails.
    Disk,
    /// The files at the database's path are not those that were opened.
    Moved,
    /// The database is older than what was acknowledged, or has another history.
    Older,
}

impl Fault {
    /// Its code, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Away => "database_away",
            Self::Locked => "database_locked",
            Self::Full => "disk_full",
            Self::ReadOnly => "read_only",
            Self::Damaged => "damaged",
            Self::Disk => "disk_error",
            Self::Moved => "files_moved",
            Self::Older => "older",
        }
    }
}

/// A database error.
#[derive(Debug, Clone, thiserror::Error)]
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
    #[error("the outcome of the commit is unknown: {1}")]
    CommitUnknown(Fault, String),
    /// The database cannot be reached, or takes no writes. Nothing changed.
    #[error("the database is unavailable: {1}")]
    Unavailable(Fault, String),
    /// The database refuses a statement because of its data.
    #[error("the database refused {0}: {1}")]
    Refused(&'static str, String),
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
        match &source {
            sqlx::Error::Database(e) => {
                let code = e.code().map(|c| c.into_owned()).unwrap_or_default();
                Self::sort(name, &code, e.message())
            }
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Protocol(_)
            | sqlx::Error::WorkerCrashed => Self::away(&source),
            _ => Self::Refused(name, chain(&source)),
        }
    }

    /// Sorts an error of SQLite itself.
    pub fn of_sqlite(name: &'static str, source: rusqlite::Error) -> Self {
        let code = source.sqlite_error().map_or(0, |e| e.extended_code);
        Self::sort(name, &code.to_string(), &chain(&source))
    }

    /// Sorts an error of PostgreSQL's writer. What is no answer of the server is the connection's.
    pub fn of_postgres(name: &'static str, source: tokio_postgres::Error) -> Self {
        match source.as_db_error() {
            Some(answer) => Self::sort(name, answer.code().code(), answer.message()),
            None => Self::away(&source),
        }
    }

    /// What keeps the database from taking writes; none when this error is about the data of one batch.
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Self::CommitUnknown(fault, _) | Self::Unavailable(fault, _) => Some(*fault),
            Self::Contended(_) => Some(Fault::Locked),
            Self::Conflict(_)
            | Self::Refused(..)
            | Self::Corrupt(_)
            | Self::TooLarge(_)
            | Self::Setup(_) => None,
        }
    }

    /// Whether running the same batch again may succeed at once.
    pub fn is_contention(&self) -> bool {
        matches!(self, Self::Contended(_) | Self::Conflict(_))
    }

    fn away(source: &dyn Cause) -> Self {
        Self::Unavailable(Fault::Away, chain(source))
    }

    /// The words of a database with its code: five characters of SQL's own (SQLSTATE), or a number of SQLite's.
    fn sort(name: &'static str, code: &str, words: &str) -> Self {
        let label = if is_postgres(code) { "SQLSTATE" } else { "code" };
        let told = format!("{words} ({label} {code})");
        let fault = match code {
            // PostgreSQL: serialization failure, deadlock, lock timeout, statement timeout. SQLite: busy, locked.
            "40001" | "40P01" | "55P03" | "57014" | "5" | "6" | "261" | "262" | "517" => {
                return Self::Contended(told);
            }
            // A unique key is there already: another writer was first.
            "23505" | "1555" | "2067" | "2579" => return Self::Conflict(name),
            "53100" | "13" => Fault::Full,
            // A role without the right, a standby, a server or a session that only reads.
            "25006" | "42501" => Fault::ReadOnly,
            "XX001" | "XX002" => Fault::Damaged,
            "58030" | "58P01" => Fault::Disk,
            // Idle too long in a batch; the role or the database is gone.
            "25P03" | "3D000" | "28000" | "28P01" => Fault::Away,
            // The connection, resources, the server goes down.
            c if ["08", "53", "57P"].iter().any(|class| c.starts_with(class) && is_postgres(c)) => {
                Fault::Away
            }
            c => match c.parse::<i32>().ok().filter(|_| !is_postgres(c)) {
                // SQLite notices a file that was moved by itself.
                Some(1032) => Fault::Moved,
                Some(number) => match number & 0xff {
                    7 => Fault::Away,
                    8 => Fault::ReadOnly,
                    10 | 14 => Fault::Disk,
                    11 | 26 => Fault::Damaged,
                    _ => return Self::Refused(name, told),
                },
                None => return Self::Refused(name, told),
            },
        };
        Self::Unavailable(fault, told)
    }
}

/// SQLSTATE has five characters; SQLite's numbers have at most four.
fn is_postgres(code: &str) -> bool {
    code.len() == 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_database_says_is_sorted_and_keeps_its_code() {
        let cases = [
            ("55P03", Some(Fault::Locked), "(SQLSTATE 55P03)"),
            ("5", Some(Fault::Locked), "(code 5)"),
            ("53100", Some(Fault::Full), "(SQLSTATE 53100)"),
            ("13", Some(Fault::Full), "(code 13)"),
            ("42501", Some(Fault::ReadOnly), "(SQLSTATE 42501)"),
            ("1544", Some(Fault::ReadOnly), "(code 1544)"),
            ("1032", Some(Fault::Moved), "(code 1032)"),
            ("XX002", Some(Fault::Damaged), "(SQLSTATE XX002)"),
            ("11", Some(Fault::Damaged), "(code 11)"),
            ("779", Some(Fault::Damaged), "(code 779)"),
            ("1034", Some(Fault::Disk), "(code 1034)"),
            ("57P01", Some(Fault::Away), "(SQLSTATE 57P01)"),
            ("08006", Some(Fault::Away), "(SQLSTATE 08006)"),
            ("22003", None, "(SQLSTATE 22003)"),
            ("275", None, "(code 275)"),
        ];
        for (code, fault, told) in cases {
            let error = Error::sort("a statement", code, "words");
            assert_eq!(error.fault(), fault, "{code}: {error:?}");
            assert!(error.to_string().ends_with(&format!("words {told}")), "{code}: {error}");
        }
    }
}

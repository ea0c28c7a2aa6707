//! SQLite without a thread between us and it: the writer's connection.
//!
//! A driver that runs SQLite on a thread of its own pays two wake-ups for each of the twenty statements of
//! a batch, more than the statements themselves cost. The writer has a thread of its own already, so it calls
//! SQLite there. Calls block; only the engine's writer thread, tools and tests use this.

use super::call::{Call, Found};
use super::conn::Row;
use super::value::Value;
use crate::Error;
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// A connection.
#[derive(Debug)]
pub struct Direct(Connection);

/// A row, taken out of its statement.
pub type DirectRow = Vec<Owned>;

impl Direct {
    /// Opens a file that is there: making one in place of a file that went away would hide the loss.
    pub fn open(path: &Path, statements_kept: usize) -> Result<Self, Error> {
        let failed = |e| Error::of_sqlite("connect", e);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags).map_err(failed)?;
        conn.busy_timeout(Duration::from_secs(5)).map_err(failed)?;
        conn.set_prepared_statement_cache_capacity(statements_kept);
        Ok(Self(conn))
    }

    /// Runs a text of any number of statements.
    pub fn raw(&self, text: &str) -> Result<(), Error> {
        self.0.execute_batch(text).map_err(|e| Error::of_sqlite("raw", e))
    }

    /// Runs a call.
    pub fn run(&self, call: &Call<'_>, text: &str, found: &mut Found) -> Result<(), Error> {
        let failed = |e| Error::of_sqlite(call.name(), e);
        let mut statement = self.0.prepare_cached(text).map_err(failed)?;
        for (i, value) in call.values().iter().enumerate() {
            let value = ToSqlOutput::Borrowed(argument(value));
            statement.raw_bind_parameter(i + 1, value).map_err(failed)?;
        }
        if !call.asks() {
            found.written = statement.raw_execute().map_err(failed)? as u64;
            return Ok(());
        }
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(failed)? {
            let values = (0..columns).map(|at| row.get_ref(at).map(Owned::try_from));
            let values = values.collect::<Result<Result<DirectRow, _>, _>>().map_err(failed)?;
            let values = values.map_err(|_| Error::Corrupt("a text that is not UTF-8"))?;
            found.rows.push(Row::Direct(values));
        }
        Ok(())
    }
}

/// The driver's form of a parameter.
fn argument<'a>(value: &'a Value<'_>) -> ValueRef<'a> {
    match value {
        Value::Null(_) => ValueRef::Null,
        Value::Int(int) => ValueRef::Integer(*int),
        Value::Blob(bytes) => ValueRef::Blob(bytes),
        Value::Text(text) => ValueRef::Text(text.as_bytes()),
    }
}

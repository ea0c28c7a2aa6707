//! A connection of either engine, and the rows it gives.

use super::call::{Call, Calls, Found};
use super::direct::{Direct, DirectRow};
use super::pipe::Pipe;
use super::statement::{Dialect, Statement, fill};
use super::value::{Type, Value};
use crate::Error;
use futures_util::TryStreamExt;
use kernel::Tenant;
use rusqlite::types::Value as Owned;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgConnection, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteConnection, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Connection, Executor, Postgres, Row as _, Sqlite};

/// A connection of either engine.
#[derive(Debug)]
pub enum Conn {
    /// One file.
    Sqlite(Box<SqliteConnection>),
    /// A server.
    Postgres(Box<PgConnection>),
    /// One file, called on the thread that asks; the writer's.
    Direct(Box<Direct>),
    /// A server; statements that go together do not wait for each other. The writer's.
    Pipe(Box<Pipe>),
    /// One file; a pool lent the connection and gets it back.
    LentSqlite(Box<PoolConnection<Sqlite>>),
    /// A server; a pool lent the connection and gets it back.
    LentPostgres(Box<PoolConnection<Postgres>>),
}

/// A connection that runs one statement after the other, whoever owns it.
enum Driver<'a> {
    Direct(&'a mut Direct),
    Pipe(&'a mut Pipe),
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// A row of either engine. Columns are read by place.
#[derive(Debug)]
pub enum Row {
    /// One file, read on the thread that asked.
    Direct(DirectRow),
    /// One file.
    Sqlite(SqliteRow),
    /// A server.
    Postgres(PgRow),
    /// A server, by its writer.
    Pipe(tokio_postgres::Row),
}

fn pack<A>(args: &mut A, call: &Call<'_>) -> Result<(), Error>
where
    A: Arguments,
    i64: for<'q> sqlx::Encode<'q, A::Database> + sqlx::Type<A::Database>,
    Option<i64>: for<'q> sqlx::Encode<'q, A::Database> + sqlx::Type<A::Database>,
    for<'b> &'b [u8]: sqlx::Encode<'b, A::Database> + sqlx::Type<A::Database>,
    for<'b> Option<&'b [u8]>: sqlx::Encode<'b, A::Database> + sqlx::Type<A::Database>,
    for<'b> &'b str: sqlx::Encode<'b, A::Database> + sqlx::Type<A::Database>,
    for<'b> Option<&'b str>: sqlx::Encode<'b, A::Database> + sqlx::Type<A::Database>,
{
    args.reserve(call.values().len(), call.values().len() * 20);
    for value in call.values() {
        let added = match value {
            Value::Null(Type::Int) => args.add(None::<i64>),
            Value::Null(Type::Blob) => args.add(None::<&[u8]>),
            Value::Null(Type::Text) => args.add(None::<&str>),
            Value::Int(int) => args.add(*int),
            Value::Blob(bytes) => args.add(bytes.as_ref()),
            Value::Text(text) => args.add(text.as_ref()),
        };
        added.map_err(|_| Error::Corrupt("a value that cannot be bound"))?;
    }
    Ok(())
}

impl Conn {
    /// Which engine it speaks to.
    pub fn engine(&self) -> Dialect {
        match self {
            Self::Sqlite(_) | Self::Direct(_) | Self::LentSqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) | Self::Pipe(_) | Self::LentPostgres(_) => Dialect::Postgres,
        }
    }

    fn driver(&mut self) -> Driver<'_> {
        match self {
            Self::Direct(conn) => Driver::Direct(conn),
            Self::Pipe(conn) => Driver::Pipe(conn),
            Self::Sqlite(conn) => Driver::Sqlite(conn),
            Self::Postgres(conn) => Driver::Postgres(conn),
            Self::LentSqlite(conn) => Driver::Sqlite(conn),
            Self::LentPostgres(conn) => Driver::Postgres(conn),
        }
    }

    /// Keeps a lent connection for good; its pool opens another when it needs one.
    pub fn detach(self) -> Self {
        match self {
            Self::LentSqlite(conn) => Self::Sqlite(Box::new(conn.detach())),
            Self::LentPostgres(conn) => Self::Postgres(Box::new(conn.detach())),
            own => own,
        }
    }

    /// Runs a text as it is: schema, settings, BEGIN, COMMIT.
    pub async fn raw(&mut self, text: &str) -> Result<(), Error> {
        let sql = sqlx::raw_sql(AssertSqlSafe(text.to_owned()));
        let done = match self.driver() {
            Driver::Direct(conn) => return conn.raw(text),
            Driver::Pipe(conn) => return conn.raw(text).await,
            Driver::Sqlite(conn) => conn.execute(sql).await.map(|_| ()),
            Driver::Postgres(conn) => conn.execute(sql).await.map(|_| ()),
        };
        done.map_err(|e| Error::of("raw", e))
    }

    /// Begins a transaction that only reads, and that sees one moment of the database.
    pub async fn begin_snapshot(&mut self) -> Result<(), Error> {
        self.raw(&fill("BEGIN {snapshot}", self.engine())).await
    }

    /// Begins a transaction that writes.
    pub async fn begin(&mut self) -> Result<(), Error> {
        if let Self::Pipe(conn) = self {
            conn.begin();
            return Ok(());
        }
        self.raw(&fill("BEGIN {immediate}", self.engine())).await
    }

    /// Runs calls in their order; gives what came of each. Nothing is run after one that failed, or, where
    /// they are under way already, nothing after it has an effect inside a transaction.
    pub async fn run(&mut self, calls: &Calls<'_>) -> Result<Vec<Found>, Error> {
        if let Self::Pipe(conn) = self {
            return conn.run(calls).await;
        }
        let mut all = Vec::with_capacity(calls.len());
        for call in calls.iter() {
            let found = self.one(call).await?;
            call.check(&found)?;
            all.push(found);
        }
        Ok(all)
    }

    /// Runs a statement without `{rows}`; gives the rows it wrote.
    pub async fn execute(
        &mut self,
        s: &'static Statement,
        params: &[Value<'_>],
    ) -> Result<u64, Error> {
        let mut calls = Calls::default();
        calls.execute(s, params.to_vec());
        Ok(self.run(&calls).await?.iter().map(|found| found.written).sum())
    }

    /// Runs a statement without `{rows}`; gives the rows it found.
    pub async fn fetch(
        &mut self,
        s: &'static Statement,
        params: &[Value<'_>],
    ) -> Result<Vec<Row>, Error> {
        let mut calls = Calls::default();
        calls.fetch(s, params.to_vec());
        Ok(self.run(&calls).await?.into_iter().flat_map(|found| found.rows).collect())
    }

    /// Runs a statement over rows, in chunks; gives what it found in all.
    pub async fn fetch_rows<const N: usize>(
        &mut self,
        s: &'static Statement,
        rows: Vec<[Value<'_>; N]>,
    ) -> Result<Vec<Row>, Error> {
        let mut calls = Calls::default();
        calls.fetch_rows(s, rows);
        Ok(self.run(&calls).await?.into_iter().flat_map(|found| found.rows).collect())
    }

    /// Ends the connection politely; a lent one goes back to its pool.
    pub async fn close(self) {
        let _ = match self {
            Self::Sqlite(conn) => conn.close().await,
            Self::Postgres(conn) => conn.close().await,
            Self::Pipe(conn) => {
                conn.close().await;
                Ok(())
            }
            Self::Direct(_) | Self::LentSqlite(_) | Self::LentPostgres(_) => Ok(()),
        };
    }

    async fn one(&mut self, call: &Call<'_>) -> Result<Found, Error> {
        let text = call.text(self.engine());
        let failed = |e| Error::of(call.name(), e);
        let mut found = Found::default();
        match self.driver() {
            Driver::Direct(conn) => conn.run(call, text, &mut found)?,
            Driver::Pipe(_) => unreachable!("calls of a pipe go together"),
            Driver::Sqlite(conn) => {
                let mut args = SqliteArguments::default();
                pack(&mut args, call)?;
                let query = sqlx::query_with(text, args);
                if !call.asks() {
                    found.written = query.execute(conn).await.map_err(failed)?.rows_affected();
                    return Ok(found);
                }
                let mut rows = query.fetch(conn);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    found.rows.push(Row::Sqlite(row));
                }
            }
            Driver::Postgres(conn) => {
                let mut args = PgArguments::default();
                pack(&mut args, call)?;
                let query = sqlx::query_with(text, args);
                if !call.asks() {
                    found.written = query.execute(conn).await.map_err(failed)?.rows_affected();
                    return Ok(found);
                }
                let mut rows = query.fetch(conn);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    found.rows.push(Row::Postgres(row));
                }
            }
        }
        Ok(found)
    }
}

impl Row {
    /// An integer.
    pub fn int(&self, at: usize) -> Result<i64, Error> {
        self.maybe_int(at)?.ok_or(Error::Corrupt("an integer is missing"))
    }

    /// An integer or none.
    pub fn maybe_int(&self, at: usize) -> Result<Option<i64>, Error> {
        match self {
            Self::Direct(row) => {
                return match row.get(at) {
                    Some(Owned::Null) => Ok(None),
                    Some(Owned::Integer(int)) => Ok(Some(*int)),
                    _ => Err(Error::Corrupt("expected an integer")),
                };
            }
            Self::Sqlite(row) => row.try_get(at),
            Self::Postgres(row) => row.try_get(at),
            Self::Pipe(row) => {
                return row.try_get(at).map_err(|_| Error::Corrupt("expected an integer"));
            }
        }
        .map_err(|_| Error::Corrupt("expected an integer"))
    }

    /// Bytes.
    pub fn bytes(&self, at: usize) -> Result<&[u8], Error> {
        self.maybe_bytes(at)?.ok_or(Error::Corrupt("bytes are missing"))
    }

    /// Bytes or none.
    pub fn maybe_bytes(&self, at: usize) -> Result<Option<&[u8]>, Error> {
        match self {
            Self::Direct(row) => {
                return match row.get(at) {
                    Some(Owned::Null) => Ok(None),
                    Some(Owned::Blob(bytes)) => Ok(Some(bytes)),
                    _ => Err(Error::Corrupt("expected bytes")),
                };
            }
            Self::Sqlite(row) => row.try_get(at),
            Self::Postgres(row) => row.try_get(at),
            Self::Pipe(row) => {
                return row.try_get(at).map_err(|_| Error::Corrupt("expected bytes"));
            }
        }
        .map_err(|_| Error::Corrupt("expected bytes"))
    }

    /// Bytes of a fixed length, such as an id.
    pub fn array<const N: usize>(&self, at: usize) -> Result<[u8; N], Error> {
        self.bytes(at)?.try_into().map_err(|_| Error::Corrupt("bytes of another length"))
    }

    /// A tenant.
    pub fn tenant(&self, at: usize) -> Result<Tenant, Error> {
        Ok(Tenant::from_bytes(self.array(at)?))
    }

    /// Bytes of a fixed length or none.
    pub fn maybe_array<const N: usize>(&self, at: usize) -> Result<Option<[u8; N]>, Error> {
        self.maybe_bytes(at)?
            .map(|bytes| bytes.try_into().map_err(|_| Error::Corrupt("bytes of another length")))
            .transpose()
    }

    /// Text.
    pub fn text(&self, at: usize) -> Result<&str, Error> {
        self.maybe_text(at)?.ok_or(Error::Corrupt("a text is missing"))
    }

    /// Text or none.
    pub fn maybe_text(&self, at: usize) -> Result<Option<&str>, Error> {
        match self {
            Self::Direct(row) => {
                return match row.get(at) {
                    Some(Owned::Null) => Ok(None),
                    Some(Owned::Text(text)) => Ok(Some(text)),
                    _ => Err(Error::Corrupt("expected a text")),
                };
            }
            Self::Sqlite(row) => row.try_get(at),
            Self::Postgres(row) => row.try_get(at),
            Self::Pipe(row) => {
                return row.try_get(at).map_err(|_| Error::Corrupt("expected a text"));
            }
        }
        .map_err(|_| Error::Corrupt("expected a text"))
    }
}

//! A connection of either engine, and the rows it gives.

use super::direct::{Direct, DirectRow, argument};
use super::statement::{CHUNKS, Engine, Statement, fill};
use super::value::{Type, Value};
use crate::Error;
use futures_util::TryStreamExt;
use rusqlite::types::{Value as Owned, ValueRef};
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
    /// One file; a pool lent the connection and gets it back.
    LentSqlite(Box<PoolConnection<Sqlite>>),
    /// A server; a pool lent the connection and gets it back.
    LentPostgres(Box<PoolConnection<Postgres>>),
}

/// A connection, whoever owns it.
enum Driver<'a> {
    Direct(&'a mut Direct),
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
}

enum Args<'a> {
    Direct(Vec<ValueRef<'a>>),
    Sqlite(SqliteArguments),
    Postgres(PgArguments),
}

impl<'a> Args<'a> {
    fn new(conn: &Conn, room: usize) -> Self {
        match conn.engine() {
            Engine::Sqlite if matches!(conn, Conn::Direct(_)) => {
                Self::Direct(Vec::with_capacity(room))
            }
            Engine::Sqlite => {
                let mut args = SqliteArguments::default();
                args.reserve(room, 0);
                Self::Sqlite(args)
            }
            Engine::Postgres => {
                let mut args = PgArguments::default();
                args.reserve(room, room * 20);
                Self::Postgres(args)
            }
        }
    }

    fn add(&mut self, value: &'a Value<'_>) -> Result<(), Error> {
        let added = match self {
            Self::Direct(args) => {
                args.push(argument(value));
                Ok(())
            }
            Self::Sqlite(args) => bind(args, value),
            Self::Postgres(args) => bind(args, value),
        };
        added.map_err(|_| Error::Corrupt("a value that cannot be bound"))
    }
}

fn bind<A>(args: &mut A, value: &Value<'_>) -> Result<(), sqlx::error::BoxDynError>
where
    A: Arguments,
    i64: for<'q> sqlx::Encode<'q, A::Database> + sqlx::Type<A::Database>,
    Option<i64>: for<'q> sqlx::Encode<'q, A::Database> + sqlx::Type<A::Database>,
    for<'b> &'b [u8]: sqlx::Encode<'b, A::Database> + sqlx::Type<A::Database>,
    for<'b> Option<&'b [u8]>: sqlx::Encode<'b, A::Database> + sqlx::Type<A::Database>,
    for<'b> &'b str: sqlx::Encode<'b, A::Database> + sqlx::Type<A::Database>,
    for<'b> Option<&'b str>: sqlx::Encode<'b, A::Database> + sqlx::Type<A::Database>,
{
    match value {
        Value::Null(Type::Int) => args.add(None::<i64>),
        Value::Null(Type::Blob) => args.add(None::<&[u8]>),
        Value::Null(Type::Text) => args.add(None::<&str>),
        Value::Int(int) => args.add(*int),
        Value::Blob(bytes) => args.add(bytes.as_ref()),
        Value::Text(text) => args.add(text.as_ref()),
    }
}

impl Conn {
    /// Which engine it speaks to.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) | Self::Direct(_) | Self::LentSqlite(_) => Engine::Sqlite,
            Self::Postgres(_) | Self::LentPostgres(_) => Engine::Postgres,
        }
    }

    fn driver(&mut self) -> Driver<'_> {
        match self {
            Self::Direct(conn) => Driver::Direct(conn),
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
            Driver::Sqlite(conn) => conn.execute(sql).await.map(|_| ()),
            Driver::Postgres(conn) => conn.execute(sql).await.map(|_| ()),
        };
        done.map_err(|e| Error::of("raw", e))
    }

    /// Begins a transaction that only reads, and that sees one moment of the database.
    pub async fn begin_snapshot(&mut self) -> Result<(), Error> {
        self.raw(&fill("BEGIN {snapshot}", self.engine())).await
    }

    /// Runs a statement without `{rows}`; gives the rows it wrote.
    pub async fn execute(
        &mut self,
        s: &'static Statement,
        params: &[Value<'_>],
    ) -> Result<u64, Error> {
        let mut args = Args::new(self, params.len());
        for value in params {
            args.add(value)?;
        }
        self.run(s, 1, args).await
    }

    /// Runs a statement without `{rows}`; gives the rows it found.
    pub async fn fetch(
        &mut self,
        s: &'static Statement,
        params: &[Value<'_>],
    ) -> Result<Vec<Row>, Error> {
        let mut args = Args::new(self, params.len());
        for value in params {
            args.add(value)?;
        }
        let mut found = Vec::new();
        self.query(s, 1, args, &mut found).await?;
        Ok(found)
    }

    /// Runs a statement over rows, in chunks; gives how many it wrote in all.
    pub async fn execute_rows<const N: usize>(
        &mut self,
        s: &'static Statement,
        rows: &[[Value<'_>; N]],
    ) -> Result<u64, Error> {
        let mut written = 0;
        for part in rows.chunks(chunk_max()) {
            let args = pack(self, s, part)?;
            written += self.run(s, part.len(), args).await?;
        }
        Ok(written)
    }

    /// Runs a statement over rows that must all be written.
    pub async fn write_all<const N: usize>(
        &mut self,
        s: &'static Statement,
        rows: &[[Value<'_>; N]],
    ) -> Result<(), Error> {
        match self.execute_rows(s, rows).await? {
            written if written == rows.len() as u64 => Ok(()),
            _ => Err(Error::Conflict(s.name)),
        }
    }

    /// Runs a statement over rows, in chunks; gives what it found in all.
    pub async fn fetch_rows<const N: usize>(
        &mut self,
        s: &'static Statement,
        rows: &[[Value<'_>; N]],
    ) -> Result<Vec<Row>, Error> {
        let mut found = Vec::with_capacity(rows.len());
        for part in rows.chunks(chunk_max()) {
            let args = pack(self, s, part)?;
            self.query(s, part.len(), args, &mut found).await?;
        }
        Ok(found)
    }

    /// Ends the connection politely; a lent one goes back to its pool.
    pub async fn close(self) {
        let _ = match self {
            Self::Sqlite(conn) => conn.close().await,
            Self::Postgres(conn) => conn.close().await,
            Self::Direct(_) | Self::LentSqlite(_) | Self::LentPostgres(_) => Ok(()),
        };
    }

    async fn run(
        &mut self,
        s: &'static Statement,
        rows: usize,
        args: Args<'_>,
    ) -> Result<u64, Error> {
        let (text, _) = s.text(self.engine(), rows);
        let done = match (self.driver(), args) {
            (Driver::Direct(conn), Args::Direct(args)) => return conn.run(s.name, text, &args),
            (Driver::Sqlite(conn), Args::Sqlite(args)) => {
                sqlx::query_with(text, args).execute(conn).await.map(|r| r.rows_affected())
            }
            (Driver::Postgres(conn), Args::Postgres(args)) => {
                sqlx::query_with(text, args).execute(conn).await.map(|r| r.rows_affected())
            }
            _ => return Err(Error::Corrupt("arguments of another engine")),
        };
        done.map_err(|e| Error::of(s.name, e))
    }

    async fn query(
        &mut self,
        s: &'static Statement,
        rows: usize,
        args: Args<'_>,
        into: &mut Vec<Row>,
    ) -> Result<(), Error> {
        let (text, _) = s.text(self.engine(), rows);
        let failed = |e| Error::of(s.name, e);
        match (self.driver(), args) {
            (Driver::Direct(conn), Args::Direct(args)) => {
                conn.query(s.name, text, &args, |row| into.push(Row::Direct(row)))?;
            }
            (Driver::Sqlite(conn), Args::Sqlite(args)) => {
                let mut found = sqlx::query_with(text, args).fetch(conn);
                while let Some(row) = found.try_next().await.map_err(failed)? {
                    into.push(Row::Sqlite(row));
                }
            }
            (Driver::Postgres(conn), Args::Postgres(args)) => {
                let mut found = sqlx::query_with(text, args).fetch(conn);
                while let Some(row) = found.try_next().await.map_err(failed)? {
                    into.push(Row::Postgres(row));
                }
            }
            _ => return Err(Error::Corrupt("arguments of another engine")),
        }
        Ok(())
    }
}

/// Binds the rows of one chunk and pads it to the chunk's length.
fn pack<'a, const N: usize>(
    conn: &Conn,
    s: &'static Statement,
    rows: &'a [[Value<'_>; N]],
) -> Result<Args<'a>, Error> {
    debug_assert_eq!(s.columns().len(), N, "{} takes other rows", s.name);
    let (_, chunk) = s.text(conn.engine(), rows.len());
    let mut args = Args::new(conn, chunk * N);
    for value in rows.iter().flatten() {
        args.add(value)?;
    }
    for column in s.columns().iter().cycle().take((chunk - rows.len()) * N) {
        args.add(null(*column))?;
    }
    Ok(args)
}

/// No value of a type, to pad with.
fn null(column: Type) -> &'static Value<'static> {
    match column {
        Type::Int => &Value::Null(Type::Int),
        Type::Blob => &Value::Null(Type::Blob),
        Type::Text => &Value::Null(Type::Text),
    }
}

fn chunk_max() -> usize {
    CHUNKS[CHUNKS.len() - 1]
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
        }
        .map_err(|_| Error::Corrupt("expected bytes"))
    }

    /// Bytes of a fixed length, such as an id.
    pub fn array<const N: usize>(&self, at: usize) -> Result<[u8; N], Error> {
        self.bytes(at)?.try_into().map_err(|_| Error::Corrupt("bytes of another length"))
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
        }
        .map_err(|_| Error::Corrupt("expected a text"))
    }
}

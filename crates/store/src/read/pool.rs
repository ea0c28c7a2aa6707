//! The pools that readers borrow from.

use crate::Error;
use crate::seam::{Conn, Dialect};
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;

/// Reading connections of either engine.
#[derive(Debug, Clone)]
pub enum ReadPool {
    /// One file.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

impl ReadPool {
    /// Which engine it speaks to.
    pub fn engine(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Borrows a connection; it goes back when it is dropped.
    pub async fn acquire(&self) -> Result<Conn, Error> {
        let failed = |e| Error::of("acquire", e);
        Ok(match self {
            Self::Sqlite(pool) => Conn::LentSqlite(Box::new(pool.acquire().await.map_err(failed)?)),
            Self::Postgres(pool) => {
                Conn::LentPostgres(Box::new(pool.acquire().await.map_err(failed)?))
            }
        })
    }
}

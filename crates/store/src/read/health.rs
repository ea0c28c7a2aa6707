//! How the database is: its size, and the work that waits.

use super::{Reader, sql};
use crate::Error;
use crate::seam::{Engine, Row, Statement, Value};
use domain::work::WorkKind;
use kernel::{Id16, Tenant, Timestamp};

/// Work of one kind that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Which kind.
    pub kind: WorkKind,
    /// How many pieces, those under way too.
    pub pieces: i64,
    /// Since when the oldest one is due.
    pub since: Timestamp,
}

impl Reader {
    /// Bytes of the database's tables and indexes.
    pub async fn size_bytes(&self) -> Result<i64, Error> {
        static SQLITE: Statement = Statement::new(
            "size",
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        );
        static POSTGRES: Statement =
            Statement::new("size", "SELECT pg_database_size(current_database())");
        let statement = match self.engine() {
            Engine::Sqlite => &SQLITE,
            Engine::Postgres => &POSTGRES,
        };
        let size = self.one(statement, &[], |row| row.int(0)).await?;
        size.ok_or(Error::Corrupt("the size of the database"))
    }

    /// Whether a piece of work waits or is being done.
    pub async fn has_work(
        &self,
        kind: WorkKind,
        tenant: Tenant,
        subject: Id16,
    ) -> Result<bool, Error> {
        let kind = Value::Int(kind as i64);
        let key = [kind, Value::bytes(tenant.bytes()), Value::bytes(&subject)];
        Ok(self.one(&sql::WORK_OF, &key, attempts).await?.is_some())
    }

    /// Work that is due at a time, by kind.
    pub async fn backlog(&self, now: Timestamp) -> Result<Vec<Backlog>, Error> {
        self.many(&sql::WORK_BACKLOG, &[Value::Int(now.0)], backlog).await
    }
}

fn attempts(row: &Row) -> Result<i64, Error> {
    row.int(0)
}

fn backlog(row: &Row) -> Result<Backlog, Error> {
    let kind = WorkKind::from_number(row.int(0)?).ok_or(Error::Corrupt("a kind of work"))?;
    Ok(Backlog { kind, pieces: row.int(1)?, since: Timestamp(row.int(2)?) })
}

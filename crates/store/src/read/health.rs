//! How the database is: its size, and the work that waits.

use super::{Reader, sql};
use crate::seam::{Engine, Row, Statement, Value};
use crate::{Error, rows};
use domain::work::{Work, WorkKey, WorkKind};
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

    /// Whether every page of the file is as it should be; none where the engine cannot tell.
    pub async fn is_intact(&self) -> Result<Option<bool>, Error> {
        static CHECK: Statement = Statement::new("check", "PRAGMA quick_check(1)");
        if self.engine() == Engine::Postgres {
            return Ok(None);
        }
        let mut conn = self.conn().await?;
        // What is kept in memory would be checked instead of the file.
        conn.raw("PRAGMA shrink_memory").await?;
        let found = conn.fetch(&CHECK, &[]).await?;
        let said = found.first().ok_or(Error::Corrupt("a check"))?.text(0)?;
        Ok(Some(said == "ok"))
    }

    /// All work, a page in the order of its keys.
    pub async fn work_page(
        &self,
        after: Option<WorkKey>,
        limit: u32,
    ) -> Result<Vec<(WorkKey, Work)>, Error> {
        let kind = after.map_or(0, |key| key.kind as i64);
        let (tenant, subject) =
            after.map_or(([0; 16], [0; 16]), |key| (*key.tenant.bytes(), key.subject));
        let params = [
            Value::Int(kind),
            Value::bytes(&tenant),
            Value::bytes(&subject),
            Value::Int(i64::from(limit)),
        ];
        self.many(&sql::WORK_PAGE, &params, rows::work).await
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

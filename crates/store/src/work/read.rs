//! Reads work.

use crate::Error;
use crate::read::Reader;
use crate::seam::{Row, Value};
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
    /// How many are under way.
    pub under_way: i64,
    /// How many did not go well at the first attempt.
    pub retried: i64,
}

impl Reader {
    /// A piece of work that waits or is being done.
    pub async fn work(&self, key: WorkKey) -> Result<Option<Work>, Error> {
        let WorkKey { kind, tenant, subject } = key;
        let kind = Value::Int(kind as i64);
        let key = [kind, Value::bytes(tenant.bytes()), Value::bytes(&subject)];
        let row = self.one(&super::sql::READ_WORK_OF, &key, super::rows::work).await?;
        Ok(row.map(|(_, work)| work))
    }

    /// Whether a piece of work waits or is being done.
    pub async fn has_work(
        &self,
        kind: WorkKind,
        tenant: Tenant,
        subject: Id16,
    ) -> Result<bool, Error> {
        Ok(self.work(WorkKey { kind, tenant, subject }).await?.is_some())
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
        self.many(&super::sql::READ_WORK_PAGE, &params, super::rows::work).await
    }

    /// Work that is due at a time, by kind.
    pub async fn backlog(&self, now: Timestamp) -> Result<Vec<Backlog>, Error> {
        self.many(&super::sql::READ_WORK_BACKLOG, &[Value::Int(now.0), Value::Int(now.0)], backlog)
            .await
    }
}

fn backlog(row: &Row) -> Result<Backlog, Error> {
    let kind = WorkKind::from_number(row.int(0)?).ok_or(Error::Corrupt("a kind of work"))?;
    Ok(Backlog {
        kind,
        pieces: row.int(1)?,
        since: Timestamp(row.int(2)?),
        under_way: row.int(3)?,
        retried: row.int(4)?,
    })
}

//! Reads the journal.

use crate::Error;
use crate::read::Reader;
use crate::seam::{Conn, Row, Value};
use kernel::{ApiKeyId, Id16, RequestId, Tenant, Timestamp};

/// A row of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Its number, from 1, without gaps over all tenants.
    pub seq: i64,
    /// In whose book.
    pub tenant: Tenant,
    /// When.
    pub at: Timestamp,
    /// In which request.
    pub request: RequestId,
    /// By which key; none for timers and jobs.
    pub actor: Option<ApiKeyId>,
    /// What happened, as `order.bought`.
    pub kind: String,
    /// In which version of that kind.
    pub v: i64,
    /// The order, buyer, SKU … that it is about.
    pub subject: Id16,
    /// JSON of a [`domain::Fact`].
    pub data: String,
}

impl Reader {
    /// A tenant's facts after a number.
    pub async fn journal(
        &self,
        tenant: Tenant,
        after_seq: i64,
        limit: u32,
    ) -> Result<Vec<JournalRow>, Error> {
        let params =
            [Value::bytes(tenant.bytes()), Value::Int(after_seq), Value::Int(i64::from(limit))];
        self.many(&super::sql::READ_JOURNAL, &params, journal_row).await
    }
}

/// The fact of a number, as a connection sees it.
pub async fn fact(conn: &mut Conn, seq: i64) -> Result<Option<JournalRow>, Error> {
    conn.fetch(&super::sql::READ_JOURNAL_ROW, &[Value::Int(seq)])
        .await?
        .first()
        .map(journal_row)
        .transpose()
}

/// The newest fact, as a connection sees it.
pub async fn newest_fact(conn: &mut Conn) -> Result<Option<JournalRow>, Error> {
    conn.fetch(&super::sql::READ_JOURNAL_NEWEST, &[Value::Int(0)])
        .await?
        .first()
        .map(journal_row)
        .transpose()
}

fn journal_row(row: &Row) -> Result<JournalRow, Error> {
    Ok(JournalRow {
        seq: row.int(0)?,
        tenant: row.tenant(1)?,
        at: Timestamp(row.int(2)?),
        request: RequestId(row.array(3)?),
        actor: row.maybe_array(4)?.map(ApiKeyId),
        kind: row.text(5)?.to_owned(),
        v: row.int(6)?,
        subject: row.array(7)?,
        data: row.text(8)?.to_owned(),
    })
}

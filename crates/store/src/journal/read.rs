//! Reads the journals of the books.

use crate::Error;
use crate::read::Reader;
use crate::seam::{Conn, Row, Value};
use domain::context::Actor;
use kernel::{Id16, RequestId, Tenant, Timestamp};
use std::net::IpAddr;

/// A row of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// The tenant of the book.
    pub tenant: Tenant,
    /// Its number there, from 1, without gaps.
    pub seq: i64,
    /// The time.
    pub at: Timestamp,
    /// The request.
    pub request: RequestId,
    /// Who acted; none for timers and jobs.
    pub actor: Option<Actor>,
    /// The address that the actor called from.
    pub address: Option<IpAddr>,
    /// What happened, as `order.bought`.
    pub kind: String,
    /// The version of the kind's shape.
    pub v: i64,
    /// The order, buyer, SKU … that it is about.
    pub subject: Id16,
    /// JSON of a [`domain::Fact`].
    pub data: String,
}

/// What is told of a fact to whoever listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Its number.
    pub seq: i64,
    /// Its kind.
    pub kind: String,
    /// What it is about.
    pub subject: Id16,
    /// JSON of the fact, of approvals alone.
    pub data: Option<String>,
}

/// A number in a book's journal.
pub type Place = (Tenant, i64);

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

    /// The same as they are told to whoever listens.
    pub async fn news(
        &self,
        tenant: Tenant,
        after_seq: i64,
        limit: u32,
    ) -> Result<Vec<News>, Error> {
        let params =
            [Value::bytes(tenant.bytes()), Value::Int(after_seq), Value::Int(i64::from(limit))];
        let news = |row: &Row| {
            Ok(News {
                seq: row.int(0)?,
                kind: row.text(1)?.to_owned(),
                subject: row.array(2)?,
                data: row.maybe_text(3)?.map(str::to_owned),
            })
        };
        self.many(&super::sql::READ_NEWS, &params, news).await
    }

    /// The number of a tenant's newest fact; 0 if there is none.
    pub async fn journal_head(&self, tenant: Tenant) -> Result<i64, Error> {
        let book = [Value::bytes(tenant.bytes())];
        Ok(self.one(&super::sql::READ_JOURNAL_HEAD, &book, |row| row.int(0)).await?.unwrap_or(0))
    }

    /// The number in a tenant's journal of the newest fact whose number was `before` or less while all books shared one
    /// journal; 0 if there is none.
    pub async fn translated(&self, tenant: Tenant, before: i64) -> Result<i64, Error> {
        translate(&mut self.conn().await?, tenant, before).await
    }
}

/// See [`Reader::translated`]. Both numbers grow together and only the oldest rows have both, so the place is found by
/// halving, a look-up by key at each step.
pub async fn translate(conn: &mut Conn, tenant: Tenant, before: i64) -> Result<i64, Error> {
    let book = Value::bytes(tenant.bytes());
    let head = conn.fetch(&super::sql::READ_JOURNAL_HEAD, &[book]).await?;
    let (mut low, mut high) = (0, head.first().map_or(Ok(0), |row| row.int(0))?);
    while low < high {
        let middle = high - (high - low) / 2;
        let was = number_before(conn, (tenant, middle)).await?;
        if was.is_some_and(|was| was <= before) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Ok(low)
}

/// The number that a row had while all books shared one journal.
pub async fn number_before(conn: &mut Conn, (tenant, seq): Place) -> Result<Option<i64>, Error> {
    let key = [Value::bytes(tenant.bytes()), Value::Int(seq)];
    let found = conn.fetch(&super::sql::READ_JOURNAL_BEFORE, &key).await?;
    found.first().map_or(Ok(None), |row| row.maybe_int(0))
}

/// The facts at these places, as a connection sees them; a place without one is left out.
pub async fn facts(conn: &mut Conn, places: &[Place]) -> Result<Vec<JournalRow>, Error> {
    let keys = places.iter().map(|(t, seq)| [Value::bytes(t.bytes()), Value::Int(*seq)]).collect();
    let found = conn.fetch_rows(&super::sql::READ_JOURNAL_ROWS, keys).await?;
    found.iter().map(journal_row).collect()
}

/// The newest number of each book that has facts, by tenant.
pub async fn heads(conn: &mut Conn) -> Result<Vec<Place>, Error> {
    let found = conn.fetch(&super::sql::READ_JOURNAL_HEADS, &[]).await?;
    found.iter().map(|row| Ok((row.tenant(0)?, row.int(1)?))).collect()
}

/// The database's name, if it was given one.
pub async fn database_name(conn: &mut Conn) -> Result<Option<[u8; 32]>, Error> {
    let found = conn.fetch(&super::sql::READ_DATABASE_NAME, &[]).await?;
    found.first().map(|row| row.array(0)).transpose()
}

/// Gives the database its name, unless it has one.
pub async fn name_database(conn: &mut Conn, name: &[u8; 32]) -> Result<(), Error> {
    conn.execute(&super::sql::INSERT_DATABASE_NAME, &[Value::bytes(name)]).await.map(drop)
}

pub(crate) fn journal_row(row: &Row) -> Result<JournalRow, Error> {
    Ok(JournalRow {
        tenant: row.tenant(0)?,
        seq: row.int(1)?,
        at: Timestamp(row.int(2)?),
        request: RequestId(row.array(3)?),
        actor: crate::resource::rows::read_actor(row, 4)?,
        kind: row.text(5)?.to_owned(),
        v: row.int(6)?,
        subject: row.array(7)?,
        data: row.text(8)?.to_owned(),
        address: row.maybe_bytes(9)?.and_then(address),
    })
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let four = || <[u8; 4]>::try_from(bytes).map(IpAddr::from).ok();
    four().or_else(|| <[u8; 16]>::try_from(bytes).map(IpAddr::from).ok())
}

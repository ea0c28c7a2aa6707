//! Searches a book for who did what.
//!
//! No index serves it, because one more would cost every order; times grow with numbers, so a time is found by halving, and
//! then a bounded part of the book is looked through at once. Whoever asks goes on from where that part ended.

use super::read::journal_row;
use super::sql;
use crate::read::{JournalRow, Reader};
use crate::seam::{Conn, Type, Value};
use crate::{Error, resource};
use domain::context::Actor;
use kernel::{Id16, Tenant, Timestamp};

/// Facts that are looked through at once.
const SCAN: i64 = 20_000;

/// Whose acts are searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// Anybody's.
    #[default]
    Anybodys,
    /// Those of timers and jobs, and of buyers.
    Nobodys,
    /// Those of a key or a person.
    Of(Actor),
}

/// What is searched for.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Whose acts.
    pub whose: Whose,
    /// What they are about, by either of two names.
    pub object: Option<[Id16; 2]>,
    /// Of what kind.
    pub kind: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
}

/// What was found in a part of a book.
#[derive(Debug)]
pub struct AuditPage {
    /// Facts in their order.
    pub rows: Vec<JournalRow>,
    /// The number from which to go on; none at the end.
    pub next: Option<i64>,
}

impl Reader {
    /// What a filter lets through of the facts after a number: at most `limit`, and no more than a part of the book holds.
    pub async fn audit(
        &self,
        tenant: Tenant,
        filter: &AuditFilter,
        after: i64,
        limit: u32,
    ) -> Result<AuditPage, Error> {
        let mut conn = self.conn().await?;
        let book = Value::bytes(tenant.bytes());
        let head = conn.fetch(&sql::READ_JOURNAL_HEAD, std::slice::from_ref(&book)).await?;
        let head = head.first().map_or(Ok(0), |row| row.int(0))?;
        let end = match filter.to {
            Some(to) => before(&mut conn, tenant, head, to).await?,
            None => head,
        };
        let after = match filter.from {
            Some(from) if after == 0 => before(&mut conn, tenant, head, from).await?,
            _ => after,
        };
        let until = end.min(after.saturating_add(SCAN));
        let (whose, actor) = match filter.whose {
            Whose::Anybodys => (0, None),
            Whose::Nobodys => (1, None),
            Whose::Of(actor) => (2, Some(actor)),
        };
        let object = |n: usize| filter.object.as_ref().map(|names| &names[n][..]);
        let params = [
            book,
            Value::Int(after),
            Value::Int(until),
            Value::Int(filter.from.map_or(i64::MIN, |from| from.0)),
            Value::Int(filter.to.map_or(i64::MAX, |to| to.0)),
            filter.kind.as_deref().map_or(Value::Null(Type::Text), Value::text),
            Value::maybe_bytes(object(0)),
            Value::maybe_bytes(object(1)),
            Value::Int(whose),
            resource::rows::actor(actor),
            Value::Int(i64::from(limit)),
        ];
        let found = conn.fetch(&sql::READ_AUDIT, &params).await?;
        let rows: Vec<JournalRow> = found.iter().map(journal_row).collect::<Result<_, _>>()?;
        let seen =
            rows.last().filter(|_| rows.len() == limit as usize).map_or(until, |row| row.seq);
        Ok(AuditPage { rows, next: (seen < end).then_some(seen) })
    }
}

/// The number of the last fact before a time; 0 for none.
async fn before(conn: &mut Conn, tenant: Tenant, head: i64, time: Timestamp) -> Result<i64, Error> {
    let (mut low, mut high) = (0, head);
    while low < high {
        let middle = high - (high - low) / 2;
        let key = [Value::bytes(tenant.bytes()), Value::Int(middle)];
        let found = conn.fetch(&sql::READ_JOURNAL_AT, &key).await?;
        let at = found.first().ok_or(Error::Corrupt("a fact is missing"))?.int(0)?;
        (low, high) = if at < time.0 { (middle, high) } else { (low, middle - 1) };
    }
    Ok(low)
}

//! Searches a book for who did what.
//!
//! No index serves it, because one more would cost every order; times grow with numbers, so a time is found by halving, and
//! then a bounded part of the book is looked through at once. Whoever asks goes on from where that part ended.

use super::read::journal_row;
use super::sql;
use crate::insight::Way;
use crate::read::{JournalRow, Reader};
use crate::seam::{Conn, Type, Value};
use crate::{Error, resource};
use domain::context::Actor;
use kernel::{Id16, OrderId, Tenant, Timestamp};

/// Facts that are looked through at once.
const SCAN: i64 = 20_000;
/// Facts of one order that are read at once, and at most.
const OF_ORDER: u32 = 500;
const OF_ORDER_MAX: usize = 10_000;

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

/// What facts are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A thing by either of two names.
    Names([Id16; 2]),
    /// An order with its money.
    Order(OrderId),
}

/// What is searched for.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Whose acts.
    pub whose: Whose,
    /// What they are about.
    pub object: Option<About>,
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
    /// The number behind which to go on; none at the end.
    pub next: Option<i64>,
}

impl AuditFilter {
    /// Whether a fact about the object that is wanted is let through.
    fn lets_through(&self, row: &JournalRow) -> bool {
        let theirs = match self.whose {
            Whose::Anybodys => true,
            Whose::Nobodys => row.actor.is_none(),
            Whose::Of(actor) => row.actor == Some(actor),
        };
        theirs
            && self.kind.as_ref().is_none_or(|kind| *kind == row.kind)
            && self.from.is_none_or(|from| row.at >= from)
            && self.to.is_none_or(|to| row.at < to)
    }
}

impl Reader {
    /// What a filter lets through of the facts behind a number in the way that is walked: at most `limit`, and no more than a
    /// part of the book holds. At first the number is none.
    pub async fn audit(
        &self,
        tenant: Tenant,
        filter: &AuditFilter,
        (way, behind): (Way, Option<i64>),
        limit: u32,
    ) -> Result<AuditPage, Error> {
        if let Some(About::Order(order)) = filter.object {
            return self.audit_of_order(tenant, order, filter, (way, behind), limit).await;
        }
        let mut conn = self.conn().await?;
        let book = Value::bytes(tenant.bytes());
        let head = conn.fetch(&sql::READ_JOURNAL_HEAD, std::slice::from_ref(&book)).await?;
        let head = head.first().map_or(Ok(0), |row| row.int(0))?;
        let mut end = match filter.to {
            Some(to) => before(&mut conn, tenant, head, to).await?,
            None => head,
        };
        let mut start = match (filter.from, way, behind) {
            // It stands behind that time already.
            (_, Way::Up, Some(_)) | (None, ..) => 0,
            (Some(from), ..) => before(&mut conn, tenant, head, from).await?,
        };
        let (low, high) = match way {
            Way::Up => {
                start = start.max(behind.unwrap_or(0));
                (start, end.min(start.saturating_add(SCAN)))
            }
            Way::Down => {
                end = end.min(behind.map_or(head, |behind| behind - 1));
                (start.max(end - SCAN), end)
            }
        };
        let (whose, actor) = match filter.whose {
            Whose::Anybodys => (0, None),
            Whose::Nobodys => (1, None),
            Whose::Of(actor) => (2, Some(actor)),
        };
        let object = |n: usize| match &filter.object {
            Some(About::Names(names)) => Some(&names[n][..]),
            _ => None,
        };
        let params = [
            book,
            Value::Int(low),
            Value::Int(high),
            Value::Int(filter.from.map_or(i64::MIN, |from| from.0)),
            Value::Int(filter.to.map_or(i64::MAX, |to| to.0)),
            filter.kind.as_deref().map_or(Value::Null(Type::Text), Value::text),
            Value::maybe_bytes(object(0)),
            Value::maybe_bytes(object(1)),
            Value::Int(whose),
            resource::rows::actor(actor),
            Value::Int(i64::from(limit)),
        ];
        let statement = if way == Way::Up { &sql::READ_AUDIT } else { &sql::READ_AUDIT_DOWN };
        let found = conn.fetch(statement, &params).await?;
        let rows: Vec<JournalRow> = found.iter().map(journal_row).collect::<Result<_, _>>()?;
        let last = rows.last().filter(|_| rows.len() == limit as usize).map(|row| row.seq);
        let next = match way {
            Way::Up => Some(last.unwrap_or(high)).filter(|seen| *seen < end),
            Way::Down => Some(last.unwrap_or(low + 1)).filter(|seen| *seen > start + 1),
        };
        Ok(AuditPage { rows, next })
    }

    /// The same of the facts about an order, its payments, its refunds and what waited for a second person. They are few, and
    /// known as far as the journal was followed.
    async fn audit_of_order(
        &self,
        tenant: Tenant,
        order: OrderId,
        filter: &AuditFilter,
        (way, behind): (Way, Option<i64>),
        limit: u32,
    ) -> Result<AuditPage, Error> {
        let (mut rows, mut after) = (Vec::new(), 0);
        while rows.len() < OF_ORDER_MAX {
            let found = self.facts_of_order(tenant, order, after, OF_ORDER).await?;
            let Some(last) = found.last() else { break };
            after = last.seq;
            rows.extend(found);
        }
        rows.retain(|row| match (way, behind) {
            (_, None) => true,
            (Way::Up, Some(behind)) => row.seq > behind,
            (Way::Down, Some(behind)) => row.seq < behind,
        });
        rows.retain(|row| filter.lets_through(row));
        if way == Way::Down {
            rows.reverse();
        }
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|row| row.seq);
        Ok(AuditPage { rows, next })
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

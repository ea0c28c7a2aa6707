//! Read the journal.

use super::fact::Happened;
use domain::Fact as Stored;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{Cursor, List, Page};
use edge::problem::Problem;
use edge::wire::{Actor, RequestId, Time, Wire};
use serde::Serialize;
use store::read::JournalRow;
use utoipa::ToSchema;

/// Cursors from when all merchants shared one numbering; they go on from where they were.
const OF_ALL_BOOKS: u64 = 0;
/// Cursors in the merchant's own numbering.
pub const OF_BOOK: u64 = 1;

/// A row of the journal.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalEntry {
    /// Its number: 1, 2, 3 … for each merchant and mode, in commit order.
    pub seq: i64,
    /// When it happened.
    pub at: Time,
    /// What kind of fact it is.
    pub kind: String,
    /// The version of the kind's shape.
    pub v: i64,
    /// The id of what it is about.
    pub subject: String,
    /// The request that caused it.
    pub request: RequestId,
    /// Who acted; null for timers and jobs.
    pub actor: Option<Actor>,
    /// What happened.
    pub data: Happened,
}

impl JournalEntry {
    /// A row as callers see it.
    pub fn of(row: &JournalRow) -> Result<Self, Problem> {
        let broken = |why: String| Problem::internal(format_args!("fact {}: {why}", row.seq));
        let newest = Stored::newest(&row.kind, row.v, &row.data);
        let text = newest.map_err(|_| broken("its kind or version is unknown".to_owned()))?;
        let data = Happened::read(&row.kind, &text).map_err(|e| broken(e.to_string()))?;
        Ok(Self {
            seq: row.seq,
            at: Wire(row.at),
            kind: row.kind.clone(),
            v: row.v,
            subject: data.subject(row.subject),
            request: Wire(row.request),
            actor: row.actor.map(Wire),
            data,
        })
    }
}

/// Read the merchant's part of the journal, oldest first.
///
/// Whoever follows it keeps the last `next` that was not null and asks with it again: null means that
/// nothing has come since.
#[utoipa::path(
    get, path = "/v1/journal", tag = "journal",
    params(List), responses((status = 200, body = Page<JournalEntry>))
)]
pub async fn list_journal(
    caller: Caller,
    Query(list): Query<List>,
) -> Answered<Page<JournalEntry>> {
    let after = match list.after {
        None => 0,
        Some(cursor) => match (cursor.number(OF_BOOK), cursor.number(OF_ALL_BOOKS)) {
            (Some(seq), _) => seq,
            (None, Some(before)) => caller.reader().translated(caller.tenant(), before).await?,
            (None, None) => {
                return Err(Problem::invalid("after", "expected `next` of an earlier page"));
            }
        },
    };
    let rows = caller.reader().journal(caller.tenant(), after, list.limit.0).await?;
    let next = rows.last().map(|row| Cursor::of_number(OF_BOOK, row.seq));
    let data = rows.iter().map(JournalEntry::of).collect::<Result<_, _>>()?;
    Ok(Answer::ok(Page { data, next }))
}

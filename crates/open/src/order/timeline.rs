//! Read what happened to an order.

use super::stored;
use crate::insight::caught_up;
use crate::journal::list_journal::{JournalEntry, OF_BOOK};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{At, Query};
use edge::pagination::{Cursor, List, Page};
use edge::problem::Problem;
use edge::wire;
use kernel::OrderId;

/// Read what happened to an order and its money, oldest first: the facts of the journal that are about it, its payments
/// and its refunds. It follows the journal within two seconds.
#[utoipa::path(
    get, path = "/v1/orders/{id}/timeline", tag = "orders",
    params(("id" = inline(wire::OrderId), Path), List),
    responses((status = 200, body = Page<JournalEntry>))
)]
pub async fn timeline(
    caller: Caller,
    At(id): At<OrderId>,
    Query(list): Query<List>,
) -> Answered<Page<JournalEntry>> {
    stored(&caller, id).await?;
    let after = match list.after {
        None => 0,
        Some(cursor) => cursor
            .number(OF_BOOK)
            .ok_or_else(|| Problem::invalid("after", "expected `next` of an earlier page"))?,
    };
    caught_up(&caller).await?;
    let limit = list.limit.0;
    let reader = caller.reader();
    let mut rows = reader.facts_of_order(caller.tenant(), id, after, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| Cursor::of_number(OF_BOOK, row.seq));
    let data = rows.iter().map(JournalEntry::of).collect::<Result<_, _>>()?;
    Ok(Answer::ok(Page { data, next }))
}

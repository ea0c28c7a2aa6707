//! Find the transfers that an order caused, by the facts of its story: each says when it moved something and under which
//! names, and transfers stand in the order of time.

use crate::insight::caught_up;
use crate::order;
use domain::Fact;
use domain::insight::moved::Moved;
use domain::ledger::Transfer;
use edge::auth::Caller;
use edge::pagination::List;
use edge::problem::Problem;
use kernel::{Id16, OrderId, Timestamp, id};

/// Facts and transfers that are read at once.
const PIECE: u32 = 1_000;
/// Facts of an order that are read at most.
const FACTS_MAX: usize = 20_000;

/// One transfer more than the page has, newest first. No more is looked through than what moved in the same milliseconds.
pub async fn transfers_of_order(
    caller: &Caller,
    order: OrderId,
    list: List,
) -> Result<Vec<Transfer>, Problem> {
    order::stored(caller, order).await?;
    caught_up(caller).await?;
    let moved = moved(caller, order).await?;
    let wanted = list.limit.0 as usize + 1;
    let mut found = Vec::new();
    for moment in moved.moments.iter().rev() {
        let [first, end] = [*moment, moment + 1].map(first_at);
        let mut before = list.after.map_or(end, |after| end.min(after.0));
        while found.len() < wanted && first < before {
            let (reader, tenant) = (caller.reader(), caller.tenant());
            let rows = reader.transfers_between(tenant, (first, before), PIECE).await?;
            let is_last = rows.len() < PIECE as usize;
            before = rows.last().map_or(first, |last| last.id.0);
            found.extend(rows.into_iter().filter(|row| moved.subjects.contains(&row.subject)));
            if is_last {
                break;
            }
        }
    }
    found.truncate(wanted);
    Ok(found)
}

fn first_at(millis: i64) -> Id16 {
    id::first_at(Timestamp(0).plus_micros(millis.saturating_mul(1_000)))
}

/// When the order's facts moved something, and under which names.
async fn moved(caller: &Caller, order: OrderId) -> Result<Moved, Problem> {
    let (mut moved, mut after, mut read) = (Moved::default(), 0, 0);
    loop {
        let rows = caller.reader().facts_of_order(caller.tenant(), order, after, PIECE).await?;
        for row in &rows {
            let fact = Fact::read(&row.kind, row.v, &row.data);
            let broken = |_| Problem::internal(format_args!("fact {} is unreadable", row.seq));
            moved.take(row.at, &fact.map_err(broken)?);
        }
        read += rows.len();
        match rows.last() {
            Some(last) if rows.len() == PIECE as usize && read < FACTS_MAX => after = last.seq,
            _ => return Ok(moved),
        }
    }
}

//! Reads the facts of each book that were not read yet, a slice at a time, in the bulk lane: while people wait it has a
//! tenth of the writer's time at most. Several nodes may do it at once; the rule lets each fact count once.

use crate::answers::tags;
use crate::{FollowError, costs};
use domain::Fact;
use domain::insight::KeyName;
use domain::insight::follow::{FollowJournal, Followed};
use domain::insight::told::Told;
use domain::inventory::code_of;
use engine::{Ended, Engine, EngineError, Throttle};
use kernel::Tenant;
use std::time::Duration;
use store::insight::Behind;
use tokio::sync::watch;

/// Facts of a slice: what they write keeps the writer for less than ten milliseconds, a quarter of it for the commit. With half
/// as many the tenth of its time that it has under load was not enough for 5,000 orders a second.
const SLICE: u32 = 512;
/// Slices of a book before others have their turn.
const TURN: usize = 8;
/// Pause when there is nothing new.
const IDLE: Duration = Duration::from_millis(250);
/// Pause when it did not go well.
const UNWELL: Duration = Duration::from_secs(1);

/// Lines about books that cannot be followed, in ten seconds.
static LINES: Throttle = Throttle::new(1);

/// Follows all books until `stop` says so.
pub async fn follow(engine: Engine, mut stop: watch::Receiver<bool>) -> Ended {
    while !*stop.borrow() {
        let pause = match round(&engine, &stop).await {
            Ok(true) => continue,
            Ok(false) | Err(FollowError::Engine(EngineError::ShuttingDown)) => IDLE,
            Err(error) => {
                if let Some(hushed) = LINES.admit() {
                    let error = kernel::chain(&error);
                    tracing::warn!(error, hushed, "the journal is not followed; it is tried again");
                }
                UNWELL
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
    Ended::InOrder
}

/// One turn of every book that has news; says whether any had.
async fn round(engine: &Engine, stop: &watch::Receiver<bool>) -> Result<bool, FollowError> {
    let behind = engine.reader().books_behind().await?;
    for book in &behind {
        turn(engine, book, stop).await?;
    }
    Ok(!behind.is_empty())
}

async fn turn(
    engine: &Engine,
    book: &Behind,
    stop: &watch::Receiver<bool>,
) -> Result<(), FollowError> {
    let mut after = book.followed;
    for _ in 0..TURN {
        if *stop.borrow() {
            return Ok(());
        }
        let (through, told) = read(engine, book.tenant, after).await?;
        if through == after {
            return Ok(());
        }
        let follow = FollowJournal { after, through, told };
        let Followed(now) = engine.run_bulk(engine.internal(book.tenant), follow).await?;
        after = now;
        if through >= book.head {
            return Ok(());
        }
    }
    Ok(())
}

/// What the next facts after a number say, and the number of the last of them.
async fn read(engine: &Engine, tenant: Tenant, after: i64) -> Result<(i64, Told), FollowError> {
    let reader = engine.reader();
    let rows = reader.journal(tenant, after, SLICE).await?;
    let mut told = Told::default();
    for row in rows.iter().filter(|row| Told::wants(&row.kind)) {
        let fact = Fact::read(&row.kind, row.v, &row.data).map_err(|_| {
            FollowError::Unreadable { seq: row.seq, merchant: tenant.merchant().to_string() }
        })?;
        told.take(tenant, row.seq, row.at, &fact);
    }
    let delivered = std::mem::take(&mut told.delivered);
    let batches = reader.batches_of_codes(delivered.iter().map(|(_, place)| place)).await?;
    for (order, place) in &delivered {
        if let Some(batch) = batches.get(place) {
            told.keys.insert((KeyName::Batch, batch.0, *order), true);
        }
    }
    let codes = batches.iter().map(|((.., at), batch)| (code_of(at), *batch)).collect();
    costs::cost(reader, tenant, &mut told, codes).await?;
    for (approval, seq) in std::mem::take(&mut told.approvals) {
        let order = reader.approval(tenant, approval).await?.and_then(|found| found.order());
        told.facts.extend(order.map(|order| (order, seq)));
    }
    // A fact is about an order once, in the order of the book.
    told.facts.sort_by_key(|(_, seq)| *seq);
    let placed = std::mem::take(&mut told.placed);
    let sealed = reader.inputs_of_orders(tenant, &placed).await?;
    let vault = engine.vault_for(sealed.iter().map(|(_, sealed)| &sealed[..])).await;
    for (order, sealed) in &sealed {
        for tag in tags(&vault, (tenant, *order), sealed) {
            told.keys.insert((KeyName::Answer, tag, *order), true);
        }
    }
    Ok((rows.last().map_or(after, |row| row.seq), told))
}

//! Gathers requests that were answered, and writes them to the log behind everything else.
//!
//! Of each book so many a minute are kept, refused ones apart: the log is for people who look for their own mistakes, and
//! must cost those who sell nothing. What is left out is counted, and the next that is kept tells how many.

use domain::requests::LoggedRequest;
use domain::requests::keep::KeepRequests;
use engine::{Ended, Engine, Throttle};
use kernel::{Tenant, Timestamp};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Requests of a book that are kept in a minute: those that were done, and those that were refused.
const PER_MINUTE: [u32; 2] = [20, 60];
/// Requests that wait to be written; more are left out.
const WAITING_MAX: usize = 10_000;
/// Requests that are written in one command.
const SLICE: usize = 256;
/// How often what waits is written.
const EVERY: Duration = Duration::from_millis(500);
/// How often requests go of books in which nobody asks any more.
const SWEEP_EVERY: Duration = Duration::from_secs(3_600);
const MINUTE_US: i64 = 60_000_000;

/// Lines about a log that cannot be written, in ten seconds.
static LINES: Throttle = Throttle::new(1);

/// Requests on their way to the log. Cloning gives the same.
#[derive(Clone, Default)]
pub struct Requests(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    rows: HashMap<Tenant, Vec<LoggedRequest>>,
    count: usize,
    budgets: HashMap<(Tenant, bool), Budget>,
}

/// What a book may still keep in its minute.
#[derive(Clone, Copy)]
struct Budget {
    minute: i64,
    kept: u32,
    left_out: i64,
}

impl Requests {
    /// Whether a request that was answered now is kept, done or refused; then how many were left out since the last one.
    pub fn admit(&self, book: Tenant, refused: bool, now: Timestamp) -> Option<i64> {
        let mut waiting = self.0.lock();
        let full = waiting.count >= WAITING_MAX;
        let minute = now.0.div_euclid(MINUTE_US);
        let fresh = Budget { minute, kept: 0, left_out: 0 };
        let budget = waiting.budgets.entry((book, refused)).or_insert(fresh);
        if budget.minute != minute {
            (budget.minute, budget.kept) = (minute, 0);
        }
        if full || budget.kept >= PER_MINUTE[usize::from(refused)] {
            budget.left_out += 1;
            return None;
        }
        budget.kept += 1;
        Some(std::mem::take(&mut budget.left_out))
    }

    /// Puts a request that was admitted among those that are written next.
    pub fn put(&self, book: Tenant, request: LoggedRequest) {
        let mut waiting = self.0.lock();
        waiting.count += 1;
        waiting.rows.entry(book).or_default().push(request);
    }

    fn take(&self) -> HashMap<Tenant, Vec<LoggedRequest>> {
        let mut waiting = self.0.lock();
        waiting.count = 0;
        std::mem::take(&mut waiting.rows)
    }
}

/// Writes what waits until `stop` says so, and once more then.
pub(crate) async fn write(
    engine: Engine,
    requests: Requests,
    mut stop: watch::Receiver<bool>,
) -> Ended {
    let mut swept: Option<Instant> = None;
    loop {
        let last = *stop.borrow();
        for (book, rows) in requests.take() {
            keep(&engine, book, rows).await;
        }
        if last {
            return Ended::InOrder;
        }
        if swept.is_none_or(|at| at.elapsed() > SWEEP_EVERY) {
            swept = Some(Instant::now());
            keep(&engine, domain::identity::operator(), Vec::new()).await;
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Writes requests of a book. What cannot be written is let go: it is a log, and others have more right to the room.
async fn keep(engine: &Engine, book: Tenant, mut rows: Vec<LoggedRequest>) {
    loop {
        let rest = rows.split_off(rows.len().min(SLICE));
        let written = engine.run_bulk(engine.internal(book), KeepRequests(rows)).await;
        if let Err(error) = written
            && let Some(hushed) = LINES.admit()
        {
            let error = kernel::chain(&error);
            tracing::warn!(error, hushed, "requests are missing from the log");
        }
        if rest.is_empty() {
            return;
        }
        rows = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{MerchantId, Mode};

    #[test]
    fn a_book_keeps_so_many_a_minute_and_tells_what_it_left_out() {
        let (log, now) = (Requests::default(), Timestamp(MINUTE_US * 1_000));
        let [one, other] = [1, 2].map(|n| Tenant::new(MerchantId([n * 2; 16]), Mode::Live));
        let kept = |book, refused, now| {
            (0..100).filter_map(|_| log.admit(book, refused, now)).collect::<Vec<_>>()
        };
        assert_eq!(kept(one, false, now), vec![0; 20]);
        assert_eq!(kept(one, true, now), vec![0; 60], "refused ones have a minute of their own");
        assert_eq!(kept(other, false, now).len(), 20, "each book");
        assert!(kept(one, false, now).is_empty(), "the minute is full");
        let next = kept(one, false, now.plus_micros(MINUTE_US));
        assert_eq!((next.len(), next[0], next[1]), (20, 180, 0));
    }
}

//! The load generator: many connections on few threads, closed loop or open loop.
//!
//! Closed loop: each connection sends its next request when the last one is answered; an answer
//! counts when it arrives inside the measured time. Open loop: request `n` is due at `n / rate`
//! whatever the server does, and any idle connection sends it; its latency runs from that time to
//! the end of the answer, so a stall of the server is seen by all the requests that fell due in it.
//! The timer has steps of 1 ms, so open-loop latencies hold up to 1 ms of the client's own.

use super::connection::Link;
use super::cpu;
use super::operation::Operation;
use super::tally::{Class, Tally};
use anyhow::{Context, Result, anyhow};
use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::{JoinSet, LocalSet};

/// Threads of the client. Against the echo server two were a quarter faster than one, which was then
/// the limit itself.
const THREADS: usize = 2;
/// After the end, how long answers to open-loop requests that were sent in time are awaited.
const DRAIN: Duration = Duration::from_secs(10);
/// How often the coordinator looks at the stop flag.
const STOP_POLL: Duration = Duration::from_millis(20);

/// Makes request `n` (unique in a run) for a connection (0-based).
pub type MakeRequest = Arc<dyn Fn(usize, u64) -> Request<Full<Bytes>> + Send + Sync>;

/// What load to put on which server.
#[derive(Clone)]
pub struct Load {
    /// The server.
    pub address: SocketAddr,
    /// Connections that are open at the same time.
    pub connections: usize,
    /// Requests per second that fall due, or `None` for the closed loop.
    pub rate: Option<u64>,
    /// Load before the measured time.
    pub warm_up: Duration,
    /// The measured time.
    pub seconds: Duration,
    /// Ends the measured time early when set.
    pub stop: Arc<AtomicBool>,
}

/// What came out of the measured time.
#[derive(Debug)]
pub struct Measured {
    /// The measured time, as it really was.
    pub seconds: f64,
    /// Open loop: requests that fell due. Closed loop: requests that were answered.
    pub offered: u64,
    /// Answers and latencies.
    pub tally: Tally,
    /// CPU time of client, server and throw-away database together.
    pub cpu_seconds: f64,
}

/// State that the client's threads share with the coordinator.
struct Run {
    load: Load,
    operation: Operation,
    start: Instant,
    measure_from: Instant,
    end: Instant,
    ended: AtomicBool,
    next: AtomicU64,
    first_measured: u64,
}

/// How many requests fall due within a time from the start, which is also the number of the first
/// one after it.
fn due_within(rate: u64, time: Duration) -> u64 {
    u64::try_from((time.as_nanos() * u128::from(rate)).div_ceil(1_000_000_000)).unwrap_or(u64::MAX)
}

/// Runs the load to its end. Fails when the server cannot be reached.
pub async fn run(load: Load, operation: Operation) -> Result<Measured> {
    let start = Instant::now();
    let measure_from = start + load.warm_up;
    let end = measure_from + load.seconds;
    let first_measured = load.rate.map_or(0, |rate| due_within(rate, load.warm_up));
    let run = Arc::new(Run {
        load,
        operation,
        start,
        measure_from,
        end,
        ended: AtomicBool::new(false),
        next: AtomicU64::new(0),
        first_measured,
    });
    let mut threads = JoinSet::new();
    for thread in 0..THREADS {
        let run = Arc::clone(&run);
        threads.spawn_blocking(move || client_thread(&run, thread));
    }

    tokio::time::sleep_until(measure_from.into()).await;
    let cpu_before = cpu::tree_seconds()?;
    let ended_at = wait_for_end(&run).await;
    let cpu_after = cpu::tree_seconds()?;

    let mut tally = Tally::new()?;
    while let Some(thread) = threads.join_next().await {
        tally.merge(&thread.context("a client thread panicked")??)?;
    }
    let seconds = (ended_at - measure_from).as_secs_f64();
    for error in &tally.shown {
        eprintln!("error answer: {error}");
    }
    let offered = match run.load.rate {
        Some(rate) => due_within(rate, ended_at - start) - run.first_measured,
        None => tally.ok + tally.refused + tally.errors,
    };
    Ok(Measured { seconds, offered, tally, cpu_seconds: cpu_after - cpu_before })
}

/// Waits for the planned end or the stop flag, and says which time it then was.
async fn wait_for_end(run: &Run) -> Instant {
    while Instant::now() < run.end && !run.load.stop.load(Ordering::Relaxed) {
        tokio::time::sleep(STOP_POLL.min(run.end - Instant::now())).await;
    }
    run.ended.store(true, Ordering::Relaxed);
    Instant::now().min(run.end)
}

impl Run {
    /// When open-loop request `n` falls due.
    fn due(&self, n: u64, rate: u64) -> Instant {
        let nanos = u128::from(n) * 1_000_000_000 / u128::from(rate);
        self.start + Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    fn has_ended(&self, now: Instant) -> bool {
        now >= self.end || self.ended.load(Ordering::Relaxed)
    }

    /// The next request and the time that its latency counts from, or `None` after the end.
    async fn next(&self) -> Option<(u64, Instant)> {
        let now = Instant::now();
        let Some(rate) = self.load.rate else {
            let n = self.next.fetch_add(1, Ordering::Relaxed);
            return (!self.has_ended(now)).then_some((n, now));
        };
        if now >= self.measure_from {
            // What the warm-up left unsent is dropped: the measured time begins without a queue.
            self.next.fetch_max(self.first_measured, Ordering::Relaxed);
        }
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        let due = self.due(n, rate);
        if due >= self.end {
            return None;
        }
        tokio::time::sleep_until(due.into()).await;
        (!self.has_ended(Instant::now())).then_some((n, due))
    }

    /// Whether an answer belongs to the measured time.
    fn counts(&self, from: Instant, now: Instant) -> bool {
        match self.load.rate {
            Some(_) => from >= self.measure_from,
            None => now >= self.measure_from && !self.has_ended(now),
        }
    }
}

/// Drives this thread's share of the connections on a runtime of its own, which is leaner than a
/// work-stealing one.
fn client_thread(run: &Arc<Run>, thread: usize) -> Result<Tally> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot build the client's runtime")?;
    let tally = Rc::new(RefCell::new(Tally::new()?));
    LocalSet::new().block_on(&runtime, drive_all(run, thread, &tally))?;
    Rc::into_inner(tally)
        .map(RefCell::into_inner)
        .ok_or_else(|| anyhow!("a connection outlived its thread"))
}

async fn drive_all(run: &Arc<Run>, thread: usize, tally: &Rc<RefCell<Tally>>) -> Result<()> {
    let mut drivers = JoinSet::new();
    for connection in (thread..run.load.connections).step_by(THREADS) {
        drivers.spawn_local(drive(Arc::clone(run), connection, Rc::clone(tally)));
    }
    let all = async {
        while let Some(driver) = drivers.join_next().await {
            driver.context("a connection's task panicked")??;
        }
        anyhow::Ok(())
    };
    let last = run.end + DRAIN;
    match tokio::time::timeout_at(last.into(), all).await {
        Ok(outcome) => outcome?,
        Err(_) => tally.borrow_mut().show("no answer within 10 s after the end"),
    }
    drivers.shutdown().await;
    Ok(())
}

/// One connection's life. A broken connection is an error and is opened again.
async fn drive(run: Arc<Run>, connection: usize, tally: Rc<RefCell<Tally>>) -> Result<()> {
    let mut link = Link::open(run.load.address).await?;
    while let Some((n, from)) = run.next().await {
        if !link.is_open() {
            link = Link::open(run.load.address).await?;
        }
        let answer = run.operation.run(&mut link, connection, n).await;
        let now = Instant::now();
        let (class, error) = match answer {
            Ok(answer) => (answer.class, answer.error),
            Err(error) => (Class::Error, Some(format!("{error:#}"))),
        };
        let mut tally = tally.borrow_mut();
        if run.counts(from, now) {
            tally.count(class, now - from);
        }
        if let Some(error) = error {
            tally.show(&error);
        }
    }
    Ok(())
}

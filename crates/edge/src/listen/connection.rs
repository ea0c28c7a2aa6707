//! A connection as it is seen from beside: what it is at, and how long it may be.

use parking_lot::Mutex;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The head of a request.
    pub head: Duration,
    /// The pause between two requests.
    pub idle: Duration,
    /// A body that is read whole: JSON, forms.
    pub body: Duration,
    /// In each such window `bytes_min` bytes must move, in uploads and long answers.
    pub window: Duration,
    /// See `window`.
    pub bytes_min: u64,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            body: Duration::from_secs(30),
            window: Duration::from_secs(60),
            bytes_min: 60 * 1024,
        }
    }
}

/// What a connection is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It has sent nothing yet.
    Fresh,
    /// It sends the head of a request.
    Head,
    /// A request is being worked on.
    Works,
    /// A request was answered.
    Idle,
}

/// A connection.
#[derive(Debug)]
pub struct Connection {
    peer: SocketAddr,
    times: Times,
    phase: Mutex<(Phase, Instant)>,
    /// Whether it came when there was no room, for health alone.
    spare: bool,
    /// Whether somebody with a valid key is at its other end.
    vouched: AtomicBool,
    close: Notify,
}

impl Connection {
    pub(super) fn new(peer: SocketAddr, times: Times, spare: bool) -> Self {
        let phase = Mutex::new((Phase::Fresh, Instant::now()));
        let (vouched, close) = (AtomicBool::new(false), Notify::new());
        Self { peer, times, phase, spare, vouched, close }
    }

    /// Who is at its other end.
    pub fn peer(&self) -> SocketAddr {
        self.peer
    }

    /// Somebody with a valid key is.
    pub fn vouch(&self) {
        self.vouched.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_vouched(&self) -> bool {
        self.vouched.load(Ordering::Relaxed)
    }

    pub(super) fn is_spare(&self) -> bool {
        self.spare
    }

    pub(super) fn times(&self) -> &Times {
        &self.times
    }

    /// Bytes came in.
    pub(super) fn heard(&self, now: Instant) {
        let mut phase = self.phase.lock();
        if matches!(phase.0, Phase::Fresh | Phase::Idle) {
            *phase = (Phase::Head, now);
        }
    }

    /// Bytes went out.
    pub(super) fn told(&self, now: Instant) {
        let mut phase = self.phase.lock();
        if phase.0 == Phase::Idle {
            phase.1 = now;
        }
    }

    /// A request is worked on.
    pub(super) fn works(&self) {
        *self.phase.lock() = (Phase::Works, Instant::now());
    }

    /// A request was answered.
    pub(super) fn rests(&self) {
        *self.phase.lock() = (Phase::Idle, Instant::now());
    }

    /// Until when something must come in; none while that is our affair.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let (phase, since) = *self.phase.lock();
        match phase {
            Phase::Fresh | Phase::Head => Some(since + self.times.head),
            Phase::Idle => Some(since + self.times.idle),
            Phase::Works => None,
        }
    }

    /// Since when it is of no use to anybody.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        let (phase, since) = *self.phase.lock();
        (phase != Phase::Works).then_some(since)
    }

    /// Waits until it was idle for too long. It is asked now and then, because nobody looks for bytes again who once
    /// found none, until some come.
    pub(super) async fn overdue(&self) {
        loop {
            tokio::time::sleep(self.times.idle / 6).await;
            if self.deadline().is_some_and(|at| at < Instant::now()) {
                return;
            }
        }
    }

    /// Closes it from beside.
    pub(super) fn close(&self) {
        self.close.notify_one();
    }

    pub(super) async fn closed(&self) {
        self.close.notified().await;
    }
}

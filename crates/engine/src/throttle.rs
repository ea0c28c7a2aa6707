//! A few lines of log about the same thing in a while; the rest is counted.

use parking_lot::Mutex;
use std::time::{Duration, Instant};

/// How long a while is.
const WHILE: Duration = Duration::from_secs(10);

/// Counts lines.
#[derive(Debug)]
pub struct Throttle {
    lines_max: u32,
    state: Mutex<Option<State>>,
}

#[derive(Debug)]
struct State {
    since: Instant,
    lines: u32,
    hushed: u64,
}

impl Throttle {
    /// So many lines in ten seconds.
    pub const fn new(lines_max: u32) -> Self {
        Self { lines_max, state: parking_lot::const_mutex(None) }
    }

    /// Whether a line may be written, with how many were not since the last one.
    pub fn admit(&self) -> Option<u64> {
        self.admit_at(Instant::now())
    }

    fn admit_at(&self, now: Instant) -> Option<u64> {
        let mut state = self.state.lock();
        let state = state.get_or_insert(State { since: now, lines: 0, hushed: 0 });
        if now - state.since >= WHILE {
            (state.since, state.lines) = (now, 0);
        }
        if state.lines < self.lines_max {
            state.lines += 1;
            return Some(std::mem::take(&mut state.hushed));
        }
        state.hushed += 1;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_becomes_a_few_lines_and_a_count() {
        let (throttle, now) = (Throttle::new(2), Instant::now());
        let told: Vec<_> = (0..5).map(|_| throttle.admit_at(now)).collect();
        assert_eq!(told, [Some(0), Some(0), None, None, None]);
        assert_eq!(throttle.admit_at(now + WHILE), Some(3));
        assert_eq!(throttle.admit_at(now + WHILE), Some(0));
    }
}

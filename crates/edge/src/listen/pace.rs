//! How fast the other side must be: a number of bytes over any minute in which we wait for it.

use std::time::{Duration, Instant};

/// Parts that a window is counted in.
const PARTS: usize = 6;

/// Bytes that moved lately, by parts of a window. Only time in which we wait for the other side counts.
#[derive(Debug)]
pub struct Pace {
    window: Duration,
    bytes_min: u64,
    waiting: Option<Instant>,
    waited: Duration,
    parts: [u64; PARTS],
    full: usize,
}

impl Pace {
    /// So many bytes over each window of waiting.
    pub fn new(window: Duration, bytes_min: u64) -> Self {
        let (waiting, waited) = (None, Duration::ZERO);
        Self { window, bytes_min, waiting, waited, parts: [0; PARTS], full: 0 }
    }

    /// Bytes moved: the wait is over.
    pub fn moved(&mut self, bytes: usize, now: Instant) {
        self.pass(now);
        self.waiting = None;
        self.parts[PARTS - 1] += bytes as u64;
    }

    /// We wait; gives how long it may take until the question must be asked again, or none when it was too slow.
    pub fn waits(&mut self, now: Instant) -> Option<Duration> {
        self.pass(now);
        self.waiting = Some(now);
        let slow =
            self.full >= PARTS && self.parts[..PARTS - 1].iter().sum::<u64>() < self.bytes_min;
        (!slow).then(|| self.part().saturating_sub(self.waited))
    }

    fn part(&self) -> Duration {
        self.window / PARTS as u32
    }

    /// Counts the time since the wait began.
    fn pass(&mut self, now: Instant) {
        let Some(since) = self.waiting.replace(now) else { return };
        self.waited += now.saturating_duration_since(since);
        while self.waited >= self.part() && !self.part().is_zero() {
            self.waited -= self.part();
            self.parts.rotate_left(1);
            self.parts[PARTS - 1] = 0;
            self.full += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who sends so many bytes a second, a second each, is slow after so many seconds.
    fn slow_after(bytes: usize) -> Option<u64> {
        let (mut pace, start) = (Pace::new(Duration::from_secs(60), 60 * 1024), Instant::now());
        (0..600).find(|second| {
            let now = start + Duration::from_secs(*second);
            pace.moved(bytes, now);
            pace.waits(now).is_none()
        })
    }

    #[test]
    fn a_kibibyte_a_second_is_enough() {
        assert_eq!(slow_after(0), Some(60));
        assert_eq!(slow_after(512), Some(60));
        assert_eq!(slow_after(1_300), None);
    }

    #[test]
    fn what_we_take_for_ourselves_does_not_count() {
        let (mut pace, start) = (Pace::new(Duration::from_secs(60), 60 * 1024), Instant::now());
        assert!(pace.waits(start).is_some());
        pace.moved(1, start + Duration::from_secs(1));
        let later = start + Duration::from_secs(1_000);
        assert!(pace.waits(later).is_some(), "we did not ask for more in between");
        assert!(pace.waits(later + Duration::from_secs(50)).is_some());
        assert!(pace.waits(later + Duration::from_secs(60)).is_none());
    }
}

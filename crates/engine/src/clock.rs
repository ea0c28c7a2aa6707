//! Where time comes from.

use kernel::Timestamp;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// A step of the clock that is no drift.
const STEP: Duration = Duration::from_secs(1);

/// The machine's clock, or one that a test turns.
#[derive(Clone)]
pub enum Clock {
    /// The machine's.
    System,
    /// A test's, in microseconds.
    Manual(Arc<AtomicI64>),
    /// A test's, that does what the test wants when it is looked at.
    Told(Arc<dyn Fn() -> Timestamp + Send + Sync>),
}

impl Clock {
    /// The time now.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Manual(at) => Timestamp(at.load(Ordering::SeqCst)),
            Self::Told(tell) => tell(),
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Manual(_) => "Manual",
            Self::Told(_) => "Told",
        })
    }
}

/// Watches a clock for steps, beside one that has none.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    last: Option<(Timestamp, Instant)>,
}

impl Steps {
    /// Takes a look in; gives the step since the look before, in microseconds, unless the clock just ran on.
    pub fn look(&mut self, now: Timestamp, at: Instant) -> Option<i64> {
        let (before, then) = self.last.replace((now, at))?;
        let ran = now.0 - before.0;
        let passed = i64::try_from((at - then).as_micros()).unwrap_or(i64::MAX);
        let step = STEP.as_micros() as i64;
        // Not running on is no step back: a clock may stand still while a machine sleeps.
        (ran < -step || ran > passed.saturating_add(2 * step)).then_some(ran - passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_steps_are_noticed() {
        let start = Instant::now();
        let mut steps = Steps::default();
        let mut look = |clock_ms: i64, ms| {
            let at = start + Duration::from_millis(ms);
            steps.look(Timestamp(1_000_000_000 + clock_ms * 1_000), at)
        };
        assert_eq!(look(0, 0), None);
        assert_eq!(look(900, 1_000), None, "drift");
        assert_eq!(look(900, 5_000), None, "it stands");
        assert_eq!(look(3_600_900, 6_000), Some(3_599_000_000));
        assert_eq!(look(900, 7_000), Some(-3_601_000_000));
        assert_eq!(look(1_900, 8_000), None);
    }
}

//! What one run counts: answers by class, and the latency of the good ones.

use anyhow::{Context, Result};
use hdrhistogram::Histogram;
use hyper::StatusCode;
use std::time::Duration;

/// Different error answers that are shown to a person; the rest is only counted.
const ERRORS_SHOWN_MAX: usize = 3;
/// Characters of one error answer that are shown.
const ERROR_CHARS_MAX: usize = 500;
/// Latencies are recorded up to here, in microseconds; what is longer counts as this.
const LATENCY_US_MAX: u64 = 600_000_000;

/// How an answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 2xx: the work is done.
    Ok,
    /// 429 and 503: the server protected itself.
    Refused,
    /// Everything else, and broken connections.
    Error,
}

impl Class {
    /// The class of an answer with this status.
    pub fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Self::Refused,
            status if status.is_success() => Self::Ok,
            _ => Self::Error,
        }
    }
}

/// Counts of one client thread, merged at the end of a run.
#[derive(Debug)]
pub struct Tally {
    /// Answers of class [`Class::Ok`].
    pub ok: u64,
    /// Answers of class [`Class::Refused`].
    pub refused: u64,
    /// Answers of class [`Class::Error`].
    pub errors: u64,
    /// Latencies of the good answers in microseconds.
    pub latencies: Histogram<u64>,
    /// The first few different error answers.
    pub shown: Vec<String>,
}

impl Tally {
    /// Nothing counted yet. Three significant digits of latency are kept.
    pub fn new() -> Result<Self> {
        let latencies = Histogram::new_with_bounds(1, LATENCY_US_MAX, 3)
            .context("the histogram's bounds are wrong")?;
        Ok(Self { ok: 0, refused: 0, errors: 0, latencies, shown: Vec::new() })
    }

    /// Counts one answer.
    pub fn count(&mut self, class: Class, latency: Duration) {
        match class {
            Class::Ok => {
                self.ok += 1;
                let micros = u64::try_from(latency.as_micros()).unwrap_or(LATENCY_US_MAX);
                self.latencies.saturating_record(micros);
            }
            Class::Refused => self.refused += 1,
            Class::Error => self.errors += 1,
        }
    }

    /// Keeps an error answer for people, when it is one of the first different ones.
    pub fn show(&mut self, error: &str) {
        let error: String = error.chars().take(ERROR_CHARS_MAX).collect();
        if self.shown.len() < ERRORS_SHOWN_MAX && !self.shown.contains(&error) {
            self.shown.push(error);
        }
    }

    /// Adds the counts of another thread.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        self.ok += other.ok;
        self.refused += other.refused;
        self.errors += other.errors;
        self.latencies.add(&other.latencies).context("histograms of different bounds")?;
        for error in &other.shown {
            self.show(error);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_classified_and_merged() -> Result<()> {
        let mut sum = Tally::new()?;
        for statuses in [[200, 201, 429, 500], [204, 503, 409, 302]] {
            let mut tally = Tally::new()?;
            for status in statuses {
                let class = Class::of(StatusCode::from_u16(status)?);
                tally.count(class, Duration::from_millis(5));
            }
            sum.merge(&tally)?;
        }
        assert_eq!((sum.ok, sum.refused, sum.errors), (3, 2, 3));
        assert_eq!(sum.latencies.len(), 3);
        assert_eq!(sum.latencies.value_at_quantile(0.5) / 100, 50);
        Ok(())
    }

    #[test]
    fn only_the_first_different_errors_are_shown() -> Result<()> {
        let mut tally = Tally::new()?;
        for error in ["a", "a", "b", "c", "d"] {
            tally.show(error);
        }
        assert_eq!(tally.shown, ["a", "b", "c"]);
        Ok(())
    }
}

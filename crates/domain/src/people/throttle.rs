//! How long somebody must wait who did not prove who he is: by account and address, and by address.
//!
//! An account alone never waits for strangers: whoever comes with a browser from which the person signed in before has a
//! count of his own, so that nobody who fails elsewhere locks him out.

use kernel::Timestamp;

/// The longest wait, in microseconds.
const WAIT_US_MAX: i64 = 15 * 60 * 1_000_000;
/// The first wait.
const WAIT_US: i64 = 1_000_000;
/// Failures are forgotten after so long without one.
const FORGET_US: i64 = 3_600 * 1_000_000;

/// What is counted, and how many failures are free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// One account from one address, or from one browser that it knows.
    Pair,
    /// One account from wherever it is unknown, by everybody together.
    Account,
    /// One address with any accounts.
    Address,
    /// One device of a store.
    Device,
    /// All strangers at one shop.
    Shop,
    /// All strangers at all shops.
    Everywhere,
}

/// Failures of one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failures {
    count: u32,
    last: Timestamp,
}

impl Counted {
    /// Failures without a wait.
    fn free(self) -> u32 {
        match self {
            Self::Pair => 5,
            Self::Account => 100,
            Self::Address => 100,
            Self::Device => 20,
            Self::Shop => 500,
            Self::Everywhere => 5_000,
        }
    }

    /// The longest wait. Strangers must not keep an account closed to a new browser for long.
    fn longest(self) -> i64 {
        match self {
            Self::Pair => WAIT_US_MAX,
            Self::Account | Self::Address | Self::Device => 60 * 1_000_000,
            // Who is right must not wait long for what others do.
            Self::Shop => 10 * 1_000_000,
            Self::Everywhere => 2 * 1_000_000,
        }
    }
}

impl Failures {
    /// Counts one more.
    pub fn add(&mut self, now: Timestamp) {
        self.forget(now);
        self.count = self.count.saturating_add(1);
        self.last = now;
    }

    /// Until when no attempt is taken; none where one may come.
    pub fn wait(&self, of: Counted, now: Timestamp) -> Option<Timestamp> {
        let over = self.count.checked_sub(of.free())?;
        let wait = WAIT_US.saturating_mul(1 << over.min(20)).min(of.longest());
        let until = self.last.plus_micros(wait);
        (now < until && !self.is_over(now)).then_some(until)
    }

    /// Whether they are forgotten.
    pub fn is_over(&self, now: Timestamp) -> bool {
        now.0 - self.last.0 >= FORGET_US
    }

    fn forget(&mut self, now: Timestamp) {
        if self.is_over(now) {
            self.count = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end() {
        let mut failures = Failures::default();
        let mut now = Timestamp(FORGET_US * 10);
        let mut waits = Vec::new();
        for _ in 0..20 {
            failures.add(now);
            let until = failures.wait(Counted::Pair, now).unwrap_or(now);
            waits.push((until.0 - now.0) / 1_000_000);
            now = until;
        }
        assert_eq!(waits[..10], [0, 0, 0, 0, 1, 2, 4, 8, 16, 32]);
        assert_eq!(waits[19], 900, "never longer than a quarter of an hour");
        assert!(failures.is_over(Timestamp(now.0 + FORGET_US)));
        failures.add(Timestamp(now.0 + FORGET_US));
        assert_eq!(failures.wait(Counted::Pair, Timestamp(now.0 + FORGET_US)), None);
    }

    #[test]
    fn strangers_hold_an_account_up_for_a_minute_at_most() {
        let mut failures = Failures::default();
        let now = Timestamp(FORGET_US * 10);
        (0..10_000).for_each(|_| failures.add(now));
        let until = failures.wait(Counted::Account, now).expect("a wait");
        assert_eq!(until.0 - now.0, 60_000_000);
    }
}

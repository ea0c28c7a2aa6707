//! Attempts that failed, in the memory of this process: how long who must wait, and one fact of refusals an address and
//! minute.

use domain::people::fact::SignInRefused;
use domain::people::throttle::{Counted, Failures};
use edge::address::network;
use edge::gather::Gather;
use edge::problem::{ErrorCode, Problem};
use kernel::{Id16, PersonId, Timestamp};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;

/// Counts that are kept; those that are over go when there are more, and then all.
const KEPT_MAX: usize = 200_000;

/// Attempts that failed.
#[derive(Default)]
pub struct Attempts {
    failures: Mutex<HashMap<Key, Failures>>,
    refused: Gather<Option<IpAddr>>,
}

/// An attempt: whose account, and from where.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Tag of the mail address that was given.
    pub account: Id16,
    /// From which address.
    pub address: Option<IpAddr>,
    /// The browser's token by its hash, where the person signed in with it before.
    pub device: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    AtAddress(Id16, Option<IpAddr>),
    AtDevice(Id16, String),
    Account(Id16),
    Address(Option<IpAddr>),
}

impl Attempt {
    /// What is counted. A browser that the person knows has a count of its own, and no other.
    fn keys(&self) -> Vec<(Key, Counted)> {
        if let Some(device) = &self.device {
            return vec![(Key::AtDevice(self.account, device.clone()), Counted::Pair)];
        }
        let address = self.address.map(network);
        vec![
            (Key::AtAddress(self.account, address), Counted::Pair),
            (Key::Account(self.account), Counted::Account),
            (Key::Address(address), Counted::Address),
        ]
    }
}

impl Attempts {
    /// Refuses whoever must wait.
    pub fn check(&self, attempt: &Attempt, now: Timestamp) -> Result<(), Problem> {
        let failures = self.failures.lock();
        let waits = attempt.keys().into_iter();
        let until = waits.filter_map(|(key, of)| failures.get(&key)?.wait(of, now)).max();
        let Some(until) = until else { return Ok(()) };
        let seconds = (until.0 - now.0 + 999_999) / 1_000_000;
        let detail = format!("too many attempts failed; try again in {seconds} seconds");
        Err(Problem::new(ErrorCode::RateLimited, detail))
    }

    /// Counts one that failed.
    pub fn failed(&self, attempt: &Attempt, now: Timestamp) {
        let mut failures = self.failures.lock();
        if failures.len() > KEPT_MAX {
            failures.retain(|_, of| !of.is_over(now));
            if failures.len() > KEPT_MAX {
                failures.clear();
            }
        }
        for (key, _) in attempt.keys() {
            failures.entry(key).or_default().add(now);
        }
    }

    /// Forgets what failed from there before: the person proved who he is.
    pub fn succeeded(&self, attempt: &Attempt) {
        let mut failures = self.failures.lock();
        if let Some((own, _)) = attempt.keys().into_iter().next() {
            failures.remove(&own);
        }
    }

    /// What is to be recorded of a refusal; none within a minute of the last fact of this address.
    pub fn refused(
        &self,
        address: Option<IpAddr>,
        person: Option<PersonId>,
        now: Timestamp,
    ) -> Option<SignInRefused> {
        let count = self.refused.count(address.map(network), now)?;
        let address = address.map(|address| address.to_string()).unwrap_or_default();
        Some(SignInRefused { address, count, person })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000_000_000);

    fn attempt(account: u8, address: u8, device: Option<&str>) -> Attempt {
        let address = Some(IpAddr::from([203, 0, 113, address]));
        Attempt { account: [account; 16], address, device: device.map(str::to_owned) }
    }

    #[test]
    fn strangers_lock_nobody_out_where_he_is_known() {
        let attempts = Attempts::default();
        for n in 0..1_000 {
            attempts.failed(&attempt(1, (n % 200) as u8, None), NOW);
        }
        assert!(attempts.check(&attempt(1, 7, None), NOW).is_err(), "strangers wait");
        assert!(attempts.check(&attempt(1, 7, Some("own")), NOW).is_ok(), "he does not");
        assert!(attempts.check(&attempt(2, 201, None), NOW).is_ok(), "nor do others");
        for _ in 0..6 {
            attempts.failed(&attempt(1, 7, Some("own")), NOW);
        }
        assert!(attempts.check(&attempt(1, 7, Some("own")), NOW).is_err(), "but by himself");
    }

    #[test]
    fn success_forgets_what_failed_there() {
        let attempts = Attempts::default();
        (0..6).for_each(|_| attempts.failed(&attempt(1, 7, None), NOW));
        assert!(attempts.check(&attempt(1, 7, None), NOW).is_err());
        attempts.succeeded(&attempt(1, 7, None));
        assert!(attempts.check(&attempt(1, 7, None), NOW).is_ok());
    }
}

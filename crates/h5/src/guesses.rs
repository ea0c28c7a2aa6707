//! Codes and secrets of orders that opened nothing, in the memory of this process: how long who must wait, by address, device,
//! shop and all together.
//!
//! Calls with keys and refusals of codes that exist are no guesses. A device that was unlocked has a count of its own and waits
//! for nobody else at its address.

use domain::people::throttle::{Counted, Failures};
use domain::till::fact::CodesGuessed;
use edge::address::network;
use edge::gather::Gather;
use kernel::{DeviceId, Tenant, Timestamp};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;

/// Counts that are kept; those that are over go when there are more, and then all.
const KEPT_MAX: usize = 200_000;

/// Guesses.
#[derive(Default)]
pub struct Guesses {
    failures: Mutex<HashMap<Key, Failures>>,
    refused: Gather<(Option<IpAddr>, Tenant)>,
}

/// Who tries a code, where.
#[derive(Debug, Clone, Copy)]
pub struct Guess {
    /// The shop.
    pub tenant: Tenant,
    /// From which address.
    pub address: Option<IpAddr>,
    /// At which device, once that is unlocked.
    pub device: Option<DeviceId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Address(Tenant, Option<IpAddr>),
    Device(DeviceId),
    Shop(Tenant),
    Everywhere,
}

impl Guess {
    fn keys(&self) -> Vec<(Key, Counted)> {
        match self.device {
            Some(device) => vec![(Key::Device(device), Counted::Device)],
            None => vec![
                (Key::Address(self.tenant, self.address.map(network)), Counted::Address),
                (Key::Shop(self.tenant), Counted::Shop),
                (Key::Everywhere, Counted::Everywhere),
            ],
        }
    }
}

impl Guesses {
    /// Whether another code may be tried now.
    pub fn may(&self, guess: &Guess, now: Timestamp) -> bool {
        let failures = self.failures.lock();
        let mut waits = guess.keys().into_iter();
        waits.all(|(key, of)| failures.get(&key).is_none_or(|known| known.wait(of, now).is_none()))
    }

    /// Counts one that opened nothing.
    pub fn failed(&self, guess: &Guess, now: Timestamp) {
        let mut failures = self.failures.lock();
        if failures.len() > KEPT_MAX {
            failures.retain(|_, of| !of.is_over(now));
            if failures.len() > KEPT_MAX {
                failures.clear();
            }
        }
        for (key, _) in guess.keys() {
            failures.entry(key).or_default().add(now);
        }
    }

    /// What is to be recorded of a refusal; none within a minute of the last fact of this address and shop.
    pub fn refused(&self, guess: &Guess, now: Timestamp) -> Option<CodesGuessed> {
        let address = guess.address.map(network);
        let count = self.refused.count((address, guess.tenant), now)?;
        let address = address.map(|address| address.to_string()).unwrap_or_default();
        Some(CodesGuessed { address, device: guess.device, count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::operator;

    const NOW: Timestamp = Timestamp(1_000_000_000_000_000);

    fn guess(address: u8, device: Option<u8>) -> Guess {
        let device = device.map(|device| DeviceId([device; 16]));
        let address = Some(IpAddr::from([203, 0, 113, address]));
        Guess { tenant: operator(), address, device }
    }

    #[test]
    fn a_million_guesses_wait_and_who_is_right_waits_a_minute_at_most() {
        let guesses = Guesses::default();
        let (mut now, mut tried) = (NOW, 0);
        for n in 0..1_000_000_u32 {
            let own = guess((n % 4) as u8, None);
            if guesses.may(&own, now) {
                guesses.failed(&own, now);
                tried += 1;
            }
            now = now.plus_micros(100);
        }
        assert!(tried < 600, "{tried} of a million in a hundred seconds");
        assert!(!guesses.may(&guess(1, None), now));
        assert!(guesses.may(&guess(1, Some(7)), now), "a device waits for nobody else");
        assert!(guesses.may(&guess(1, None), now.plus_micros(60_000_000)));
    }

    #[test]
    fn a_device_waits_for_itself() {
        let guesses = Guesses::default();
        (0..40).for_each(|_| guesses.failed(&guess(1, Some(7)), NOW));
        assert!(!guesses.may(&guess(2, Some(7)), NOW));
        assert!(guesses.may(&guess(1, Some(8)), NOW));
        assert!(guesses.refused(&guess(1, Some(7)), NOW).is_some_and(|told| told.count == 1));
        assert!(guesses.refused(&guess(1, Some(7)), NOW).is_none(), "once a minute");
    }
}

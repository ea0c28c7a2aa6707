//! Gather what happens often: told at once, and then with its number no more than once a minute.

use kernel::Timestamp;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::hash::Hash;

const MINUTE_US: i64 = 60_000_000;
/// Keys that are remembered before those that were told of longer ago go.
const KEPT_MAX: usize = 10_000;

/// When each key was last told of, and how often it happened since.
#[derive(Debug)]
pub struct Gather<K>(Mutex<HashMap<K, (Timestamp, i64)>>);

impl<K> Default for Gather<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Gather<K> {
    /// Counts one; gives how many are to be told of, none within a minute of the last time.
    pub fn count(&self, key: K, now: Timestamp) -> Option<i64> {
        let mut keys = self.0.lock();
        if keys.len() > KEPT_MAX {
            keys.retain(|_, (told, _)| now.0 - told.0 < MINUTE_US);
        }
        let (told, since) = keys.entry(key).or_insert((Timestamp(0), 0));
        *since += 1;
        if now.0 - told.0 < MINUTE_US {
            return None;
        }
        *told = now;
        Some(std::mem::take(since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_of_once_a_minute_with_how_often_it_happened() {
        let (gather, now) = (Gather::default(), Timestamp(1_000_000_000_000_000));
        assert_eq!(gather.count("one", now), Some(1));
        assert_eq!((0..5).filter_map(|_| gather.count("one", now)).count(), 0);
        assert_eq!(gather.count("other", now), Some(1), "each key");
        assert_eq!(gather.count("one", now.plus_micros(MINUTE_US)), Some(6));
    }
}

//! A histogram that any thread adds to without a lock.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts of values by upper bound, with their sum.
#[derive(Debug)]
pub struct Histogram<const N: usize> {
    bounds: [u64; N],
    counts: [AtomicU64; N],
    /// Values above the last bound.
    above: AtomicU64,
    sum: AtomicU64,
}

/// What a histogram holds at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Upper bounds with how many values lie at or below each.
    pub up_to: Vec<(u64, u64)>,
    /// Values in all.
    pub count: u64,
    /// Their sum.
    pub sum: u64,
}

impl<const N: usize> Histogram<N> {
    /// An empty histogram with these upper bounds, in ascending order.
    pub const fn new(bounds: [u64; N]) -> Self {
        Self {
            bounds,
            counts: [const { AtomicU64::new(0) }; N],
            above: AtomicU64::new(0),
            sum: AtomicU64::new(0),
        }
    }

    /// Adds a value.
    pub fn add(&self, value: u64) {
        let at = self.bounds.partition_point(|bound| *bound < value);
        self.counts.get(at).unwrap_or(&self.above).fetch_add(1, Ordering::Relaxed);
        self.sum.fetch_add(value, Ordering::Relaxed);
    }

    /// What it holds. Values that are added meanwhile may be half in it.
    pub fn read(&self) -> Reading {
        let mut count = 0;
        let counts = self.bounds.iter().zip(&self.counts);
        let up_to = counts
            .map(|(bound, one)| {
                count += one.load(Ordering::Relaxed);
                (*bound, count)
            })
            .collect();
        count += self.above.load(Ordering::Relaxed);
        Reading { up_to, count, sum: self.sum.load(Ordering::Relaxed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_up_to_their_bounds() {
        let histogram = Histogram::new([1, 10]);
        [0, 1, 2, 10, 11].into_iter().for_each(|value| histogram.add(value));
        let reading = histogram.read();
        assert_eq!(reading, Reading { up_to: vec![(1, 2), (10, 4)], count: 5, sum: 24 });
    }
}

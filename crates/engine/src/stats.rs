//! Counters of what the engine did.

use crate::histogram::{Histogram, Reading};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of batches, in commands.
const COMMANDS: [u64; 11] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
/// Upper bounds of batches, in microseconds.
const MICROS: [u64; 11] =
    [250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 1_000_000, 10_000_000];

/// Counters since the start.
#[derive(Debug)]
pub struct Stats {
    batches: AtomicU64,
    commands: AtomicU64,
    reruns: AtomicU64,
    damaged: AtomicU64,
    sizes: Histogram<11>,
    durations: Histogram<11>,
}

impl Default for Stats {
    fn default() -> Self {
        Self {
            batches: AtomicU64::new(0),
            commands: AtomicU64::new(0),
            reruns: AtomicU64::new(0),
            damaged: AtomicU64::new(0),
            sizes: Histogram::new(COMMANDS),
            durations: Histogram::new(MICROS),
        }
    }
}

impl Stats {
    pub(crate) fn committed(&self, commands: usize) {
        self.batches.fetch_add(1, Ordering::Relaxed);
        self.commands.fetch_add(commands as u64, Ordering::Relaxed);
        self.sizes.add(commands as u64);
    }

    pub(crate) fn rerun(&self) {
        self.reruns.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn damaged(&self, codes: usize) {
        self.damaged.fetch_add(codes as u64, Ordering::Relaxed);
    }

    pub(crate) fn settled(&self, took: Duration) {
        self.durations.add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    /// Commands of the batches that were committed.
    pub fn batch_commands(&self) -> Reading {
        self.sizes.read()
    }

    /// How long batches took until every caller had his answer, in microseconds.
    pub fn batch_micros(&self) -> Reading {
        self.durations.read()
    }

    /// Batches that were committed.
    pub fn batches(&self) -> u64 {
        self.batches.load(Ordering::Relaxed)
    }

    /// Commands in those batches.
    pub fn commands(&self) -> u64 {
        self.commands.load(Ordering::Relaxed)
    }

    /// Codes that were found damaged: set aside, or delivered before and not to be shown.
    pub fn damaged_codes(&self) -> u64 {
        self.damaged.load(Ordering::Relaxed)
    }

    /// Batches that ran again because another writer was in the way.
    pub fn reruns(&self) -> u64 {
        self.reruns.load(Ordering::Relaxed)
    }
}

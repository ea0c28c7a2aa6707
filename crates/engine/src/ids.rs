//! Drawing ids: milliseconds, then 80 random bits. With a seed the draws repeat.

use kernel::{Id16, Timestamp};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha12Rng;

/// A source of ids.
#[derive(Debug)]
pub struct Ids(ChaCha12Rng);

impl Ids {
    /// Seeded, or from the system's entropy.
    pub fn new(seed: Option<u64>) -> Self {
        Self(match seed {
            Some(seed) => ChaCha12Rng::seed_from_u64(seed),
            None => rand::make_rng(),
        })
    }

    /// A fresh id.
    pub fn draw(&mut self, now: Timestamp) -> Id16 {
        let mut id = [0; 16];
        self.0.fill_bytes(&mut id[6..]);
        id[..6].copy_from_slice(&now.millis().to_be_bytes()[2..]);
        id
    }
}

//! Answers to repeats: what came of a request is kept with its key, in one of two tables that take turns.

pub mod reference;
pub mod rotate;
pub mod world;

use kernel::{Id16, Timestamp};
pub use reference::{OutcomeKind, OutcomeRef};

crate::dispatch::verbs! {
    Idempotency: "rotate_idempotency" => rotate::RotateIdempotency,
}

/// How a repeat is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Hash of tenant and the caller's key.
    pub key: Id16,
    /// Hash of method, path and what the body says.
    pub fingerprint: Id16,
    /// Hash of method, path and the bytes of the body: what records from before kept.
    pub raw: Id16,
}

impl IdempotencyKey {
    /// Whether a record is of the same request.
    pub(crate) fn is_of(&self, before: &Idempotent) -> bool {
        [self.fingerprint, self.raw].contains(&before.fingerprint)
    }
}

/// An idempotency record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idempotent {
    /// Hash of what was asked.
    pub fingerprint: Id16,
    /// What came of it.
    pub outcome: OutcomeRef,
}

/// Which generation of idempotency records is written, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation {
    /// Counts up; its lowest bit names the table.
    pub number: i64,
    /// When it began.
    pub since: Timestamp,
}

impl Default for Generation {
    fn default() -> Self {
        Self { number: 0, since: Timestamp(0) }
    }
}

//! Walking the journal of one book from its first fact on, and saying where it is first not what it was.
//!
//! Without a key everything is compared that anybody can make again: an edited, removed, swapped or invented row shows, and
//! a tail that was made again shows where the book was anchored before. With the key also what was made again as a whole.

use super::proof::{Digest, Proof, Row, Sum};
use super::{Anchor, MacKey, SLICE, link};
use kernel::Tenant;
use std::collections::HashSet;

/// A row as it is stored.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a> {
    /// Its number.
    pub seq: i64,
    /// Its time.
    pub at: i64,
    /// The number that it had while all books shared one journal.
    pub before: Option<i64>,
    /// The proof of the batch that it is the last fact of.
    pub proof: Option<&'a [u8]>,
    /// What its digest sees.
    pub row: Row<'a>,
}

/// Where a book is first not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bad {
    /// The number of the first fact that it concerns. A proof is over a whole batch, so it may be one of the next few.
    pub seq: i64,
    /// What is wrong, in words.
    pub why: &'static str,
}

/// What is known of a book beside its rows.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The number of its newest fact by its head.
    pub head: i64,
    /// Its anchor, if it has one.
    pub anchor: Option<Anchor>,
    /// The time of the newest fact that was there before facts were proven.
    pub origin: i64,
    /// Facts up to which it stands in checkpoints, in order.
    pub leaves: Vec<i64>,
}

/// A walk.
#[derive(Debug)]
pub struct Walk<'k> {
    tenant: Tenant,
    known: Known,
    key: Option<MacKey<'k>>,
    /// The last fact that was seen, and the latest time up to the last whole batch.
    seq: i64,
    at: i64,
    chain: Digest,
    /// The batch under way: its digest, how many facts, the earliest and the latest time among them.
    batch: Sum,
    count: u32,
    times: (i64, i64),
    /// The last batch of each writer.
    ends: HashSet<Digest>,
    /// Leaves that were passed, and the chain at each.
    passed: Vec<Digest>,
}

impl<'k> Walk<'k> {
    /// A walk over a book.
    pub fn new(tenant: Tenant, known: Known, key: Option<MacKey<'k>>) -> Self {
        Self {
            tenant,
            known,
            key,
            seq: 0,
            at: i64::MIN,
            chain: [0; 32],
            batch: Sum::new(tenant),
            count: 0,
            times: (i64::MAX, i64::MIN),
            ends: HashSet::new(),
            passed: Vec::new(),
        }
    }

    /// The next row.
    pub fn step(&mut self, stored: &Stored<'_>) -> Result<(), Bad> {
        if stored.seq != self.seq + 1 {
            return Err(Bad { seq: self.seq + 1, why: "a fact is missing" });
        }
        self.seq = stored.seq;
        self.batch.add(&stored.row);
        self.count += 1;
        if self.seq <= self.before() {
            return self.step_of_before(stored);
        }
        if stored.before.is_some() {
            return Err(self.bad("a new fact has a number of before"));
        }
        self.times = (self.times.0.min(stored.at), self.times.1.max(stored.at));
        match stored.proof {
            None => Ok(()),
            Some(proof) => self.end_batch(proof),
        }
    }

    /// The end of the book. Gives for each leaf the end of the chain there.
    pub fn end(mut self) -> Result<Vec<Digest>, Bad> {
        if self.seq > self.before() && self.count > 0 {
            return Err(self.bad("facts are not proven"));
        }
        let next = |why| Err(Bad { seq: self.seq + 1, why });
        if self.seq < self.before() {
            return next("facts of before are missing");
        }
        if self.seq != self.known.head {
            return next("the head of the book is another");
        }
        if let Some(anchor) = self.known.anchor.take().filter(|anchor| anchor.seq > 0) {
            let why =
                if anchor.seq > self.seq { "facts that were linked are missing" } else { ANCHOR };
            return next(why);
        }
        if self.passed.len() < self.known.leaves.len() {
            return next("facts that a checkpoint is over are missing");
        }
        Ok(self.passed)
    }

    fn before(&self) -> i64 {
        self.known.anchor.as_ref().map_or(0, |anchor| anchor.before)
    }

    /// The first fact of the batch under way.
    fn bad(&self, why: &'static str) -> Bad {
        Bad { seq: self.seq + 1 - i64::from(self.count.max(1)), why }
    }

    fn step_of_before(&mut self, stored: &Stored<'_>) -> Result<(), Bad> {
        self.batch.add_stored(stored.at, stored.before);
        self.at = self.at.max(stored.at);
        if stored.proof.is_some() || stored.row.address.is_some() || stored.at > self.known.origin {
            return Err(Bad { seq: self.seq, why: "a fact is younger than those of before" });
        }
        if self.seq % SLICE != 0 && self.seq != self.before() {
            return Ok(());
        }
        let batch = std::mem::replace(&mut self.batch, Sum::new(self.tenant));
        self.chain = link(&self.chain, self.seq, &batch.finish(&[0; 32], self.at, self.count));
        self.linked()
    }

    fn end_batch(&mut self, bytes: &[u8]) -> Result<(), Bad> {
        let proof = Proof::read(bytes).ok_or_else(|| self.bad("a proof cannot be read"))?;
        if proof.count != self.count {
            return Err(self.bad("facts of a batch are missing or too many"));
        }
        let batch = std::mem::replace(&mut self.batch, Sum::new(self.tenant));
        if batch.finish(&proof.previous, proof.at, proof.count) != proof.digest {
            return Err(self.bad("facts are not those that were proven"));
        }
        self.at = self.at.max(proof.at);
        if self.times != (self.at, self.at) {
            return Err(self.bad("facts have another time"));
        }
        if self.key.is_some_and(|key| !proof.is_ours(self.tenant, key)) {
            return Err(self.bad("a proof was not made by a holder of the key"));
        }
        if proof.previous != [0; 32] && !self.ends.remove(&proof.previous) {
            return Err(self.bad("a batch does not follow the one that it was made after"));
        }
        self.ends.insert(proof.digest);
        self.chain = link(&self.chain, self.seq, &proof.digest);
        self.times = (i64::MAX, i64::MIN);
        self.linked()
    }

    /// After a whole batch or slice.
    fn linked(&mut self) -> Result<(), Bad> {
        let first = self.bad(ANCHOR);
        self.count = 0;
        if self.known.leaves.get(self.passed.len()) == Some(&self.seq) {
            self.passed.push(self.chain);
        }
        if self.known.anchor.as_ref().is_none_or(|anchor| anchor.seq != self.seq) {
            return Ok(());
        }
        let Some(anchor) = &mut self.known.anchor else { return Ok(()) };
        let mut right = Anchor { chain: self.chain, at: self.at, ..anchor.clone() };
        if right != *anchor {
            return Err(first);
        }
        if let Some(key) = self.key {
            right = right.signed(self.tenant, self.known.origin, key);
            if right != *anchor || key.id == 0 {
                return Err(Bad { why: "an anchor was not made by a holder of the key", ..first });
            }
        }
        // What is left of it at the end was never reached.
        anchor.seq = 0;
        Ok(())
    }
}

const ANCHOR: &str = "the book is not what it was when it was anchored";

#[cfg(test)]
mod tests;

//! Checkpoints: those that the operator's journal tells, those that were kept elsewhere, and what the books really are.

use super::{BadBook, Means};
use domain::anchor::checkpoint::{Checkpoint, hex};
use domain::anchor::fact::JournalCheckpointed;
use domain::anchor::merkle::Tree;
use domain::anchor::proof::Digest;
use domain::anchor::walk::Stored;
use domain::anchor::world::Anchoring;
use domain::identity::operator;
use kernel::Tenant;

/// What stands in the journal as a checkpoint's kind.
const KIND: &str = "journal.checkpointed";

/// What is gathered while the books are walked through.
pub(super) struct Checkpoints {
    all: Option<Anchoring>,
    /// What each checkpoint must say: its tree, and how many facts.
    right: Vec<(Tree, i64)>,
    /// What the journal tells, and where; nothing where it cannot be read.
    told: Vec<(i64, Option<Checkpoint>)>,
    /// A book that says it stands in a checkpoint that there is not.
    beyond: Option<(Tenant, i64)>,
}

impl Checkpoints {
    pub fn new(all: Option<Anchoring>) -> Self {
        let count = all.as_ref().map_or(0, |all| usize::try_from(all.checkpoint).unwrap_or(0));
        // Each is an hour of one database; a number that nobody could have reached is a damage that shows below.
        let right = vec![(Tree::default(), 0); count.min(10_000_000)];
        Self { all, right, told: Vec::new(), beyond: None }
    }

    /// Whether there are as many anchors as were made.
    pub fn has_all_anchors(&self, count: usize) -> bool {
        self.all.as_ref().is_some_and(|all| all.books == count as i64)
    }

    /// Remembers a fact that is a checkpoint.
    pub fn see(&mut self, tenant: Tenant, stored: &Stored<'_>) {
        if stored.row.kind == KIND && tenant == operator() {
            let read = serde_json::from_str(stored.row.data).ok();
            let read = read.map(|fact: JournalCheckpointed| fact.checkpoint);
            self.told.push((stored.seq, read));
        }
    }

    /// Adds a book to each checkpoint that it stands in: as it was at its last leaf until then.
    pub fn add(&mut self, tenant: Tenant, leaves: &[(i64, i64)], passed: &[Digest]) {
        let mut ends = leaves.iter().skip(1).map(|(_, number)| *number);
        let last = self.right.len() as i64;
        for ((seq, number), chain) in leaves.iter().zip(passed) {
            let until = ends.next().map_or(last, |next| (next - 1).clamp(0, last));
            if *number < 1 || *number > last {
                self.beyond.get_or_insert((tenant, *seq));
                continue;
            }
            let (from, until) = (*number as usize - 1, until as usize);
            for (tree, facts) in self.right.iter_mut().take(until).skip(from) {
                tree.add(tenant, *seq, chain);
                *facts += seq;
            }
        }
    }

    /// How many were compared, and what is wrong with them. `whole` is whether all books were walked to their ends: what is
    /// left out of a tree makes another root.
    pub fn compare(self, means: &Means<'_>, whole: bool) -> (u64, Vec<BadBook>) {
        let count = self.told.len() as u64 + means.kept.len() as u64;
        (count, self.first_bad(means, whole).into_iter().collect())
    }

    fn first_bad(&self, means: &Means<'_>, whole: bool) -> Option<BadBook> {
        let bad = |seq, why| Some(BadBook { tenant: operator(), seq, why });
        if let Some((tenant, seq)) = self.beyond {
            return Some(BadBook { tenant, seq, why: "a checkpoint is missing" });
        }
        let Some(all) = &self.all else { return bad(0, "the row about the chain is missing") };
        let mut previous = [0; 32];
        for (n, (seq, told)) in self.told.iter().enumerate() {
            let Some(told) = told else { return bad(*seq, "a checkpoint cannot be read") };
            if told.number != n as i64 + 1 || told.previous != hex(&previous) {
                return bad(*seq, "a checkpoint does not follow the one before it");
            }
            if !(means.is_signed)(told) {
                return bad(*seq, "a checkpoint is not signed by the holder of the key");
            }
            if whole && !self.is_right(told) {
                return bad(*seq, "the books are not what they were at a checkpoint");
            }
            previous = told.digest();
        }
        if self.told.len() as i64 != all.checkpoint || previous != all.digest {
            let seq = self.told.last().map_or(0, |(seq, _)| *seq);
            return bad(seq, "the checkpoints are not those that were made");
        }
        let mut kept = means.kept.iter();
        let other =
            kept.find(|kept| !(means.is_signed)(kept) || (whole && !self.is_right(kept)))?;
        let seq = usize::try_from(other.number - 1).ok().and_then(|n| self.told.get(n));
        bad(
            seq.map_or(0, |(seq, _)| *seq),
            "the books are not what a checkpoint says that was kept elsewhere",
        )
    }

    fn is_right(&self, told: &Checkpoint) -> bool {
        let right = usize::try_from(told.number - 1).ok().and_then(|n| self.right.get(n));
        right.is_some_and(|(tree, facts)| {
            (told.books, told.facts, &told.root) == (tree.leaves(), *facts, &hex(&tree.root()))
        })
    }
}

//! The one door: everything that changes the world is a command.
//!
//! A command is a verb of some context: a struct that implements [`Verb`] in a file of its own and stands in its
//! context's list.

use crate::dispatch::contexts;
use crate::outcome::{Answer, Reply};
use crate::{Context, Needs, Refusal, World};
use kernel::{Tenant, Timestamp};

contexts! {
    Anchor(anchor),
    Catalog(catalog),
    Identity(identity),
    People(people),
    Approval(approval),
    Export(export),
    Resource(resource),
    Ledger(ledger),
    Inventory(inventory),
    Order(order),
    Payment(payment),
    Refund(refund),
    Content(content),
    Voucher(voucher),
    Till(till),
    Insight(insight),
    Requests(requests),
    Seal(seal),
    Work(work),
    Idempotency(idempotency),
}

/// Commands of one nature share a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Everything else.
    Business,
    /// Edits the configuration, which needs the exclusive lock.
    Configuration,
    /// Saves what no rule of a trade reads. Orders never wait for its locks.
    Resource,
    /// Marks codes. Sales and sweeps of the same batch would have loaded those codes before.
    Mark,
    /// Moves codes to other places. Nothing else in the batch may have loaded them at the old ones.
    Relocation,
}

/// What a verb may look at to say which rows it needs.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// The tenant of the book.
    pub tenant: Tenant,
    /// The time of the batch.
    pub now: Timestamp,
    /// The rows that were loaded so far.
    pub world: &'a World,
}

/// A command: the rows it needs and its rule.
pub trait Verb: Into<Command> {
    /// Which commands it may share a batch with.
    const NATURE: Nature = Nature::Business;
    /// What came of it.
    type Answer: Answer;

    /// The nature of this one; that of its verb unless it depends on what is asked.
    fn nature(&self) -> Nature {
        Self::NATURE
    }

    /// Adds the rows it needs, as far as the loaded rows tell.
    fn needs(&self, _: &At<'_>, _: &mut Needs) {}

    /// The rule. Whatever refuses changes nothing.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal>;
}

/// A verb that stands in the list of its context.
pub trait Listed: Verb {
    /// Its name, for logs and tests.
    const NAME: &'static str;

    /// Its answer, if the outcome is of this verb.
    fn answer(outcome: Outcome) -> Option<Self::Answer>;
}

impl Outcome {
    /// The answer to a verb; `None` if the outcome is of another.
    pub fn of<V: Listed>(self) -> Option<Reply<V::Answer>> {
        match self {
            Self::Replayed(before) => Some(Reply::Replayed(before)),
            outcome => V::answer(outcome).map(Reply::New),
        }
    }
}

//! Facts: what happened, as the journal keeps it for ever.
//!
//! Facts are additive. A field may be added with a default; another meaning is another kind, or another version with an
//! upcaster from the one before. No fact holds a secret or a buyer's external id. What a fact says stands in the
//! `fact.rs` of its context, whose list gives each kind its name and its version.

mod read;

pub use read::Unreadable;
pub(crate) use read::body;

use crate::context::Origin;
use crate::dispatch::facts_by_context;
use crate::fold::Folded;
use crate::ledger::fact::Posting;
use kernel::{Id16, Tenant, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

facts_by_context! {
    Identity(identity),
    People(people),
    Approval(approval),
    Export(export),
    Catalog(catalog),
    Shop(shop),
    Resource(resource),
    Ledger(ledger),
    Inventory(inventory),
    Order(order),
    Payment(payment),
    Refund(refund),
    Content(content),
    Voucher(voucher),
    Till(till),
    Seal(seal),
    Anchor(anchor),
}

/// A row of the journal before it has its number.
#[derive(Debug, Clone)]
pub struct Record {
    /// Who asked, in which book.
    pub origin: Origin,
    /// The time.
    pub at: Timestamp,
    /// The order, buyer, SKU … that it is about.
    pub subject: Id16,
    /// What happened.
    pub fact: Fact,
}

/// What the journal's columns say of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// The version in which it is written.
    pub v: i64,
}

/// What one kind of fact says, and what follows from it. Facts about an order, a payment or a refund tell it as it is
/// afterwards.
pub trait FactBody: DeserializeOwned {
    /// Whether somebody must look at it: stored values are damaged.
    const ALARM: bool = false;

    /// What moved with it.
    fn postings(&self) -> &[Posting] {
        &[]
    }

    /// Brings rows to where they are after it, beside what moved; most facts change no row that is folded.
    fn fold(self, _: Tenant, _: Timestamp, _: &mut Folded) {}

    /// The same fact as version `v + 1` tells it, from how version `v` told it; `None` where there was no such version.
    fn upcast(v: i64, old: Value) -> Option<Value> {
        let _ = (v, old);
        None
    }
}

//! The rows that a batch works on, and everything that its commands changed.
//!
//! A rule reads through the tables and changes through the same tables; effects that have no row to read
//! (transfers, facts, new codes) are gathered in order. The store turns all of it into statements. What each context
//! has here stands in its `world.rs`.

use crate::catalog::Catalog;
use crate::context::Context;
use crate::fact::{Fact, Record};
use crate::{
    anchor, approval, catalog, content, export, idempotency, identity, insight, inventory, ledger,
    order, payment, people, refund, requests, resource, seal, till, voucher, work,
};
use kernel::Id16;

/// Rows and effects of one batch. See the module's words.
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "a field a context, documented at the struct it holds")]
pub struct World {
    /// Snapshots of the configuration.
    pub config: Catalog,
    pub idempotency: idempotency::world::Rows,
    pub identity: identity::world::Rows,
    pub catalog: catalog::world::Rows,
    pub resource: resource::world::Rows,
    pub order: order::world::Rows,
    pub payment: payment::world::Rows,
    pub people: people::world::Rows,
    pub approval: approval::world::Rows,
    pub export: export::world::Rows,
    pub refund: refund::world::Rows,
    pub content: content::world::Rows,
    pub voucher: voucher::world::Rows,
    pub till: till::world::Rows,
    pub ledger: ledger::world::Rows,
    pub inventory: inventory::world::Rows,
    pub insight: insight::world::Rows,
    pub requests: requests::world::Rows,
    pub seal: seal::world::Rows,
    pub work: work::world::Rows,
    pub anchor: anchor::world::Rows,
    /// The journal's next rows.
    pub journal: Vec<Record>,
}

impl World {
    /// Adds a fact to the journal.
    pub fn record(&mut self, ctx: &Context<'_>, subject: Id16, fact: impl Into<Fact>) {
        let fact = fact.into();
        self.journal.push(Record { origin: ctx.origin, at: ctx.now, subject, fact });
    }
}

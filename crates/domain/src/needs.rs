//! Which rows a batch needs. Built from scratch in every round; the store loads what is not loaded yet.

use crate::{
    anchor, approval, catalog, export, idempotency, identity, insight, inventory, ledger, order,
    payment, people, refund, resource, seal, till, voucher, work,
};
use kernel::Tenant;
use std::collections::BTreeSet;

/// Keys by table, those of each context in its `world.rs`. Sets are ordered, so that locks are taken in one order
/// everywhere.
///
/// Tables that lead to further keys (buyers, holds, imports …) are read in rounds until nothing new
/// is asked for; accounts, counters, pools, codes and work lead nowhere and are read once, last.
#[derive(Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "a field a context, documented at the struct it holds")]
pub struct Needs {
    /// Tenants whose configuration is used.
    pub tenants: BTreeSet<Tenant>,
    pub idempotency: idempotency::world::Keys,
    pub identity: identity::world::Keys,
    pub catalog: catalog::world::Keys,
    pub resource: resource::world::Keys,
    pub order: order::world::Keys,
    pub payment: payment::world::Keys,
    pub people: people::world::Keys,
    pub approval: approval::world::Keys,
    pub export: export::world::Keys,
    pub refund: refund::world::Keys,
    pub voucher: voucher::world::Keys,
    pub till: till::world::Keys,
    pub ledger: ledger::world::Keys,
    pub inventory: inventory::world::Keys,
    pub insight: insight::world::Keys,
    pub seal: seal::world::Keys,
    pub work: work::world::Keys,
    pub anchor: anchor::world::Keys,
}

impl Needs {
    /// A tenant's configuration.
    pub fn tenant(&mut self, tenant: Tenant) {
        self.tenants.insert(tenant);
    }
}

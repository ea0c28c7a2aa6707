//! Which rows a batch needs. Built from scratch in every round; the store loads what is not loaded yet.

use crate::inventory::Position;
use crate::inventory::identity::ClaimTag;
use crate::ledger::AccountKey;
use crate::order::CounterKey;
use crate::payment::ReceiptKey;
use crate::work::WorkKey;
use kernel::{
    ApiKeyId, BuyerId, CodeId, HoldId, Id16, ImportId, OrderId, PaymentId, ProductId, RefundId,
    SkuId, Tenant, Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};

/// Keys by table. Sets are ordered, so that locks are taken in one order everywhere.
///
/// Tables that lead to further keys (buyers, holds, imports …) are read in rounds until nothing new
/// is asked for; accounts, counters, pools, codes and work lead nowhere and are read once, last.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Tenants whose configuration is used.
    pub tenants: BTreeSet<Tenant>,
    /// Products in versions that are not in force any more.
    pub product_versions: BTreeSet<(Tenant, ProductId, i64)>,
    /// The generation of idempotency records.
    pub generation: bool,
    /// Which keys may still seal: for commands that bring sealed values.
    pub seals: bool,
    /// Idempotency records.
    pub idempotency: BTreeSet<Id16>,
    /// Buyers by tag.
    pub buyer_tags: BTreeSet<(Tenant, Id16)>,
    /// Buyers by id.
    pub buyer_ids: BTreeSet<(Tenant, BuyerId)>,
    /// Orders by the caller's id.
    pub external_orders: BTreeSet<(Tenant, String)>,
    /// Orders with their lines.
    pub orders: BTreeSet<(Tenant, OrderId)>,
    /// First looks at the codes of orders.
    pub looks: BTreeSet<(Tenant, OrderId)>,
    /// Payments.
    pub payments: BTreeSet<(Tenant, PaymentId)>,
    /// Money that may have come in before.
    pub receipts: BTreeSet<ReceiptKey>,
    /// Refunds.
    pub refunds: BTreeSet<(Tenant, RefundId)>,
    /// Holds.
    pub holds: BTreeSet<(Tenant, HoldId)>,
    /// Imports.
    pub imports: BTreeSet<(Tenant, ImportId)>,
    /// Keys of the open API.
    pub api_keys: BTreeSet<ApiKeyId>,
    /// Bounded accounts.
    pub accounts: BTreeSet<AccountKey>,
    /// Counters of limits.
    pub counters: BTreeSet<CounterKey>,
    /// Pools.
    pub pools: BTreeSet<(Tenant, SkuId)>,
    /// Tags of codes that may be claimed.
    pub code_tags: BTreeSet<(Tenant, ClaimTag)>,
    /// Tags that codes from before records of fields may have.
    pub codes_before: BTreeSet<Id16>,
    /// Codes by id.
    pub codes_by_id: BTreeSet<(Tenant, CodeId)>,
    /// Codes of orders, by where they stand in their pools.
    pub owned_codes: BTreeSet<(SkuId, Position)>,
    /// Those of them that are opened: whether their seals hold.
    pub opened: BTreeSet<(SkuId, Position)>,
    /// How many codes from the head of a pool, valid after the cutoff.
    pub picks: BTreeMap<(Tenant, SkuId), (u32, Timestamp)>,
    /// How often a pool is swept, up to the cutoff.
    pub stale: BTreeMap<(Tenant, SkuId), (u32, Timestamp)>,
    /// The codes of a pool from one place to another, both included, that a slice of an import's batch looks at.
    pub windows: BTreeMap<ImportId, (SkuId, Position, Position)>,
    /// Pools to which codes may come back: which of their batches are marked.
    pub marked: BTreeSet<(Tenant, SkuId)>,
    /// Work by key.
    pub work: BTreeSet<WorkKey>,
    /// Work that is due at a time and free, and how much of it.
    pub due_work: Option<(Timestamp, u32)>,
}

impl Needs {
    /// A tenant's configuration.
    pub fn tenant(&mut self, tenant: Tenant) {
        self.tenants.insert(tenant);
    }

    /// A hold.
    pub fn hold(&mut self, tenant: Tenant, id: HoldId) {
        self.holds.insert((tenant, id));
    }

    /// An account, if it has a bound; the others are never read.
    pub fn account(&mut self, key: AccountKey) {
        if key.kind.bounded() {
            self.accounts.insert(key);
        }
    }

    /// `n` more codes from the head of a pool, and the pool itself.
    pub fn codes(&mut self, tenant: Tenant, sku: SkuId, n: u32, cutoff: Timestamp) {
        self.pools.insert((tenant, sku));
        let pick = self.picks.entry((tenant, sku)).or_insert((0, cutoff));
        pick.0 = pick.0.saturating_add(n);
    }

    /// One more sweep of a pool.
    pub fn sweep(&mut self, tenant: Tenant, sku: SkuId, cutoff: Timestamp) {
        let sweeps = self.stale.entry((tenant, sku)).or_insert((0, cutoff));
        sweeps.0 = sweeps.0.saturating_add(1);
    }
}

//! The rows that a batch works on, and everything that its commands changed.
//!
//! A rule reads through the tables and changes through the same tables; effects that have no row to read
//! (transfers, facts, new codes) are gathered in order. The store turns all of it into statements.

use crate::Refusal;
use crate::catalog::{Catalog, Product};
use crate::context::Context;
use crate::fact::{Fact, Record};
use crate::identity::buyer::Buyer;
use crate::identity::{ApiKey, TenantRow};
use crate::inventory::damaged::{Met, Seal};
use crate::inventory::identity::{Claim, ClaimTag, LookupTag};
use crate::inventory::mark::MarkedBatch;
use crate::inventory::mark_slice::Window;
use crate::inventory::plan::ImportPlan;
use crate::inventory::rows::ImportRow;
use crate::inventory::stage_chunk::StagedChunk;
use crate::inventory::{Code, CodeState, Import, ImportError, Pool, Position};
use crate::ledger::{Account, AccountKey, Hold, Transfer};
use crate::order::input::OrderInput;
use crate::order::{CounterKey, Line, Order};
use crate::outcome::OutcomeRef;
use crate::payment::test_channel::TestNotice;
use crate::payment::{Payment, Receipt, ReceiptKey};
use crate::refund::Refund;
use crate::seal::Resealed;
use crate::shop::SavedShop;
use crate::table::Table;
use crate::work::{Work, WorkKey, WorkKind};
use kernel::sealed::seal_key_of;
use kernel::{
    AccountId, ApiKeyId, BuyerId, CodeId, HoldId, Id16, ImportId, OrderId, PaymentId, ProductId,
    RefundId, SkuId, Tenant, Timestamp,
};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// Which generation of idempotency records is written, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation {
    /// Counts up; its lowest bit names the table.
    pub number: i64,
    /// When it began.
    pub since: Timestamp,
}

/// An idempotency record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idempotent {
    /// Hash of what was asked.
    pub fingerprint: Id16,
    /// What came of it.
    pub outcome: OutcomeRef,
}

/// Rows and effects of one batch. See the module's words.
#[derive(Debug)]
pub struct World {
    /// Snapshots of the configuration.
    pub catalog: Catalog,
    /// The generation of idempotency records.
    pub generation: Generation,
    /// The oldest key that may seal what comes in; none until it was read.
    pub oldest_seal: Option<i64>,
    /// Idempotency records by key.
    pub idempotency: Table<Id16, Idempotent>,
    /// Buyers by tag.
    pub buyers: Table<(Tenant, Id16), Buyer>,
    /// Which buyers exist.
    pub buyer_ids: Table<(Tenant, BuyerId), ()>,
    /// Orders by the caller's id.
    pub external_orders: Table<(Tenant, String), OrderId>,
    /// Orders that were placed before.
    pub orders: Table<(Tenant, OrderId), Order>,
    /// Their lines.
    pub lines: Table<(Tenant, OrderId), Vec<Line>>,
    /// When the codes of orders were shown for the first time.
    pub looks: Table<(Tenant, OrderId), Timestamp>,
    /// Payments.
    pub payments: Table<(Tenant, PaymentId), Payment>,
    /// Money that came in.
    pub receipts: Table<ReceiptKey, Receipt>,
    /// Products in versions that are not in force any more.
    pub product_versions: Table<(Tenant, ProductId, i64), Product>,
    /// Refunds.
    pub refunds: Table<(Tenant, RefundId), Refund>,
    /// Holds.
    pub holds: Table<(Tenant, HoldId), Hold>,
    /// Imports.
    pub imports: Table<(Tenant, ImportId), Import>,
    /// Keys of the open API.
    pub api_keys: Table<ApiKeyId, ApiKey>,
    /// Bounded accounts.
    pub accounts: Table<(Tenant, AccountId), Account>,
    /// How much of each limit is used.
    pub counters: Table<CounterKey, i64>,
    /// Pools.
    pub pools: Table<(Tenant, SkuId), Pool>,
    /// Which code tags are claimed.
    pub code_tags: Table<(Tenant, ClaimTag), Claim>,
    /// Codes from before records of fields that were not reached yet, by the tag they had.
    pub codes_before: Table<Id16, CodeId>,
    /// Codes that were asked for by id, as they were loaded; see [`World::code_by_id`].
    pub known_codes: HashMap<(Tenant, CodeId), Code>,
    /// Work.
    pub work: Table<WorkKey, Work>,
    /// Codes of orders and single ones, as they were loaded; see [`World::code`].
    pub owned_codes: HashMap<(SkuId, Position), Code>,
    /// Codes at the head of pools that may be sold, in order; of each pool that the batch sells from.
    pub heads: HashMap<SkuId, VecDeque<Code>>,
    /// What the walks over those heads met beside good codes, where they met anything.
    pub met: BTreeMap<(Tenant, SkuId), Met>,
    /// Codes of orders that are to be opened and cannot be.
    pub seals: HashMap<(SkuId, Position), Seal>,
    /// Codes past their date that are still in stock, in order; of each pool that the batch sweeps.
    pub stale: HashMap<SkuId, Vec<Code>>,
    /// The next codes of pools that slices of batches look at, in order.
    pub windows: HashMap<ImportId, Window>,
    /// Batches that are frozen or voided, of pools that asked.
    pub marked: HashMap<SkuId, Vec<MarkedBatch>>,

    /// Changes of unbounded accounts.
    pub deltas: BTreeMap<AccountKey, i64>,
    /// Transfers in order.
    pub transfers: Vec<Transfer>,
    /// Orders that were placed.
    pub new_orders: Vec<(Order, Vec<Line>)>,
    /// What buyers answered with them.
    pub new_inputs: Vec<OrderInput>,
    /// Codes that came in, each with the line of its file.
    pub new_codes: Vec<(Code, i64)>,
    /// Lookup tags of codes that came in.
    pub new_lookups: Vec<(Tenant, LookupTag, CodeId)>,
    /// Codes whose state or owner changed, each with the state that the store has.
    pub code_updates: BTreeMap<(SkuId, Position), (CodeState, Code)>,
    /// Codes that change their places, as the store has them and as they will be.
    pub moved_codes: Vec<(Code, Code)>,
    /// What the test channel has to tell.
    pub new_notices: Vec<TestNotice>,
    /// Staged pieces.
    pub new_chunks: Vec<StagedChunk>,
    /// Rows of error reports.
    pub new_import_errors: Vec<(Tenant, ImportId, ImportError)>,
    /// Listed rows of imports.
    pub new_import_rows: Vec<(Tenant, ImportId, ImportRow)>,
    /// What files were found to be, in order.
    pub saved_plans: Vec<ImportPlan>,
    /// Uploads whose pieces go.
    pub dropped_uploads: Vec<(Tenant, ImportId)>,
    /// Merchants that were made.
    pub new_tenants: Vec<TenantRow>,
    /// Products that were made or edited, in order.
    pub saved_products: Vec<(Tenant, Product)>,
    /// Styles of shops that were edited, in order.
    pub saved_shops: Vec<(Tenant, SavedShop)>,
    /// Whether the older idempotency records go.
    pub rotate: bool,
    /// Whether the oldest key that may seal changed.
    pub seals_retired: bool,
    /// Cells that were sealed again.
    pub resealed: Vec<Resealed>,
    /// Keys that sealed and are older than this go.
    pub drop_seals_below: Option<i64>,
    /// The journal's next rows.
    pub records: Vec<Record>,
}

impl World {
    /// An empty world.
    pub fn new(catalog: Catalog) -> Self {
        Self {
            catalog,
            generation: Generation { number: 0, since: Timestamp(0) },
            oldest_seal: None,
            idempotency: Table::default(),
            buyers: Table::default(),
            buyer_ids: Table::default(),
            external_orders: Table::default(),
            orders: Table::default(),
            lines: Table::default(),
            looks: Table::default(),
            payments: Table::default(),
            receipts: Table::default(),
            product_versions: Table::default(),
            refunds: Table::default(),
            holds: Table::default(),
            imports: Table::default(),
            api_keys: Table::default(),
            accounts: Table::default(),
            counters: Table::default(),
            pools: Table::default(),
            code_tags: Table::default(),
            codes_before: Table::default(),
            known_codes: HashMap::new(),
            work: Table::default(),
            owned_codes: HashMap::new(),
            heads: HashMap::new(),
            met: BTreeMap::new(),
            seals: HashMap::new(),
            stale: HashMap::new(),
            windows: HashMap::new(),
            marked: HashMap::new(),
            deltas: BTreeMap::new(),
            transfers: Vec::new(),
            new_orders: Vec::new(),
            new_inputs: Vec::new(),
            new_codes: Vec::new(),
            new_lookups: Vec::new(),
            code_updates: BTreeMap::new(),
            moved_codes: Vec::new(),
            new_notices: Vec::new(),
            new_chunks: Vec::new(),
            new_import_errors: Vec::new(),
            new_import_rows: Vec::new(),
            saved_plans: Vec::new(),
            dropped_uploads: Vec::new(),
            new_tenants: Vec::new(),
            saved_products: Vec::new(),
            saved_shops: Vec::new(),
            rotate: false,
            seals_retired: false,
            resealed: Vec::new(),
            drop_seals_below: None,
            records: Vec::new(),
        }
    }

    /// A bounded account for changing; made when it never moved.
    pub fn account_mut(&mut self, key: &AccountKey) -> &mut Account {
        let at = (key.tenant, key.id());
        if self.accounts.get(&at).is_none() {
            self.accounts.insert(at, Account::empty(*key));
        }
        self.accounts.change(&at).unwrap_or_else(|| unreachable!("the account was just inserted"))
    }

    /// A code of an order, or one that is known by its place.
    pub fn code(&self, sku: SkuId, at: &Position) -> Option<&Code> {
        let key = (sku, *at);
        let changed = self.code_updates.get(&key).map(|(_, code)| code);
        changed.or_else(|| self.owned_codes.get(&key))
    }

    /// A code that was asked for by id.
    pub fn code_by_id(&self, tenant: Tenant, id: CodeId) -> Option<&Code> {
        let loaded = self.known_codes.get(&(tenant, id))?;
        let changed = self.code_updates.get(&(loaded.sku, loaded.position()));
        Some(changed.map_or(loaded, |(_, code)| code))
    }

    /// Writes a code whose state or owner changed; `was` is its state before.
    pub fn save_code(&mut self, was: CodeState, code: Code) {
        let key = (code.sku, code.position());
        match self.code_updates.get_mut(&key) {
            Some((_, known)) => *known = code,
            None => {
                self.code_updates.insert(key, (was, code));
            }
        }
    }

    /// A counter for changing; made when it was never used.
    pub fn counter_mut(&mut self, key: CounterKey) -> &mut i64 {
        if self.counters.get(&key).is_none() {
            self.counters.insert(key, 0);
        }
        self.counters.change(&key).unwrap_or_else(|| unreachable!("the counter was just inserted"))
    }

    /// Writes an order that changed.
    pub fn save_order(&mut self, order: Order) {
        self.orders.insert(order.key(), order);
    }

    /// The version that the next edit of a tenant's configuration gets.
    pub fn next_version(&self, tenant: Tenant) -> Result<i64, Refusal> {
        let catalog = self.catalog.tenant(tenant).ok_or(Refusal::NotFound("merchant"))?;
        Ok(catalog.row.version + 1)
    }

    /// Whether a sealed value may come in: not under a key that was retired while it was on its way.
    pub fn may_store(&self, sealed: &[u8]) -> Result<(), Refusal> {
        match (seal_key_of(sealed), self.oldest_seal) {
            (Some(key), Some(oldest)) if i64::from(key) < oldest => Err(Refusal::SealKeyRetired),
            _ => Ok(()),
        }
    }

    /// Puts a product in force, for this batch and for the store.
    pub fn save_product(&mut self, tenant: Tenant, product: Product) {
        self.catalog.edit(tenant, product.clone());
        self.saved_products.push((tenant, product));
    }

    /// Puts a shop's style in force, for this batch and for the store.
    pub fn save_shop(&mut self, tenant: Tenant, saved: SavedShop) {
        self.catalog.edit_shop(tenant, saved.style.clone());
        self.saved_shops.push((tenant, saved));
    }

    /// The expiry timer of a SKU rings at `due` or earlier.
    pub fn schedule_expiry(&mut self, tenant: Tenant, sku: SkuId, due: Timestamp) {
        let key = WorkKey { kind: WorkKind::ExpireCodes, tenant, subject: sku.0 };
        match self.work.change(&key) {
            Some(work) => work.due_at = work.due_at.min(due),
            None => self.work.insert(key, Work::due(due)),
        }
    }

    /// The expiry timer of a SKU rings at `due`, or not at all.
    pub fn set_expiry(&mut self, tenant: Tenant, sku: SkuId, due: Option<Timestamp>) {
        let key = WorkKey { kind: WorkKind::ExpireCodes, tenant, subject: sku.0 };
        match due {
            Some(due) => self.work.insert(key, Work::due(due)),
            None => self.work.remove(&key),
        }
    }

    /// Adds a fact to the journal.
    pub fn record(&mut self, ctx: &Context<'_>, subject: Id16, fact: Fact) {
        self.records.push(Record { origin: ctx.origin, at: ctx.now, subject, fact });
    }
}

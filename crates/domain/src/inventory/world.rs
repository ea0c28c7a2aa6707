//! Codes, pools and imports of a batch: what it needs, what was loaded, what its commands changed.

use super::damaged::{Met, Seal};
use super::identity::{Claim, ClaimTag, LookupTag};
use super::mark::MarkedBatch;
use super::mark_slice::Window;
use super::plan::ImportPlan;
use super::rows::ImportRow;
use super::stage_chunk::StagedChunk;
use super::{Code, CodePlace, CodeState, Import, ImportError, Pool, Position};
use crate::work::{Work, WorkKey, WorkKind};
use crate::{Table, World};
use kernel::{CodeId, Id16, ImportId, SkuId, Tenant, Timestamp};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Imports.
    pub imports: Table<(Tenant, ImportId), Import>,
    /// Pools.
    pub pools: Table<(Tenant, SkuId), Pool>,
    /// Which code tags are claimed.
    pub code_tags: Table<(Tenant, ClaimTag), Claim>,
    /// Codes from before records of fields that were not reached yet, by the tag they had.
    pub codes_before: Table<Id16, CodeId>,
    /// Codes that were asked for by id, as they were loaded; see [`Rows::code_by_id`].
    pub known_codes: HashMap<(Tenant, CodeId), Code>,
    /// Codes of orders and single ones, as they were loaded; see [`Rows::code`].
    pub owned_codes: HashMap<CodePlace, Code>,
    /// Codes at the head of pools that may be sold, in order; of each pool that the batch sells from.
    pub heads: HashMap<SkuId, VecDeque<Code>>,
    /// What the walks over those heads met beside good codes, where they met anything.
    pub met: BTreeMap<(Tenant, SkuId), Met>,
    /// Codes of orders that are to be opened and cannot be.
    pub seals: HashMap<CodePlace, Seal>,
    /// Codes past their date that are still in stock, in order; of each pool that the batch sweeps.
    pub stale: HashMap<SkuId, Vec<Code>>,
    /// The next codes of pools that slices of batches look at, in order.
    pub windows: HashMap<ImportId, Window>,
    /// Batches that are frozen or voided, of pools that asked.
    pub marked: HashMap<SkuId, Vec<MarkedBatch>>,
    /// Codes that came in, each with the line of its file.
    pub new_codes: Vec<(Code, i64)>,
    /// Lookup tags of codes that came in.
    pub new_lookups: Vec<(Tenant, LookupTag, CodeId)>,
    /// Codes whose state or owner changed, each with the state that the store has.
    pub code_updates: BTreeMap<CodePlace, (CodeState, Code)>,
    /// Codes that change their places, as the store has them and as they will be.
    pub moved_codes: Vec<(Code, Code)>,
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
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Imports.
    pub imports: BTreeSet<(Tenant, ImportId)>,
    /// Pools.
    pub pools: BTreeSet<(Tenant, SkuId)>,
    /// Tags of codes that may be claimed.
    pub code_tags: BTreeSet<(Tenant, ClaimTag)>,
    /// Tags that codes from before records of fields may have.
    pub codes_before: BTreeSet<Id16>,
    /// Codes by id.
    pub codes_by_id: BTreeSet<(Tenant, CodeId)>,
    /// Codes of orders, by where they stand in their pools.
    pub owned_codes: BTreeSet<CodePlace>,
    /// Those of them that are opened: whether their seals hold.
    pub opened: BTreeSet<CodePlace>,
    /// How many codes from the head of a pool, valid after the cutoff.
    pub picks: BTreeMap<(Tenant, SkuId), (u32, Timestamp)>,
    /// How often a pool is swept, up to the cutoff.
    pub stale: BTreeMap<(Tenant, SkuId), (u32, Timestamp)>,
    /// The codes of a pool from one place to another, both included, that a slice of an import's batch looks at.
    pub windows: BTreeMap<ImportId, (CodePlace, Position)>,
    /// Pools to which codes may come back: which of their batches are marked.
    pub marked: BTreeSet<(Tenant, SkuId)>,
}

impl Rows {
    /// A code of an order, or one that is known by its place.
    pub fn code(&self, place: &CodePlace) -> Option<&Code> {
        let changed = self.code_updates.get(place).map(|(_, code)| code);
        changed.or_else(|| self.owned_codes.get(place))
    }

    /// A code that was asked for by id.
    pub fn code_by_id(&self, tenant: Tenant, id: CodeId) -> Option<&Code> {
        let loaded = self.known_codes.get(&(tenant, id))?;
        let changed = self.code_updates.get(&loaded.place());
        Some(changed.map_or(loaded, |(_, code)| code))
    }

    /// Writes a code whose state or owner changed; `was` is its state before.
    pub fn save_code(&mut self, was: CodeState, code: Code) {
        let key = code.place();
        match self.code_updates.get_mut(&key) {
            Some((_, known)) => *known = code,
            None => {
                self.code_updates.insert(key, (was, code));
            }
        }
    }
}

impl Keys {
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

impl World {
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
}

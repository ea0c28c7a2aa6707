//! Move a batch to another SKU, or give it another date, while none of its codes was seen. From the commit on none of its
//! codes is sold where it is; a job first looks at all of them, then takes them over, a slice at a time.

use super::mark_batch::save;
use super::{Import, ImportState, Position, mark, require_pool, retag_slice};
use crate::inventory::fact::BatchRelocated;
use crate::ledger::{AccountKey, AccountKind};
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{ImportId, SkuId, Tenant, Timestamp};
use serde::{Deserialize, Serialize};

/// Where a batch is on its way to, and how far its job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relocation {
    /// Its new pool; the old one when only dates change.
    pub to: SkuId,
    /// The date that all of its codes get; none if each keeps its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Whether all codes were looked at, and nobody saw one.
    pub looked: bool,
    /// Where the first and the last code that is there already stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<(Position, Position)>,
}

/// Sends a batch on its way.
#[derive(Debug, Clone)]
pub struct Relocate {
    /// The import that brought it.
    pub import: ImportId,
    /// Where to; none if it stays.
    pub to: Option<SkuId>,
    /// Its new date; none if each code keeps its own.
    pub until: Option<Timestamp>,
    /// Whether a code of it was seen already when it was asked for.
    pub seen: bool,
    /// The reason, for the journal.
    pub reason: Option<String>,
}

/// The job that takes a batch over.
pub fn job(tenant: Tenant, import: ImportId) -> WorkKey {
    WorkKey { kind: WorkKind::RelocateCodes, tenant, subject: import.0 }
}

fn wrong<T>(detail: &'static str) -> Result<T, Refusal> {
    Err(Refusal::WrongState { code: "batch_state", detail })
}

impl Verb for Relocate {
    const NATURE: Nature = Nature::Mark;
    type Answer = Box<Import>;

    /// The import with its jobs; the pool with the stock account, which is its lock.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.tenant(tenant);
        needs.inventory.imports.insert((tenant, self.import));
        needs.work.keys.extend([job(tenant, self.import), mark::job(tenant, self.import)]);
        needs.work.keys.insert(retag_slice::job(tenant));
        if let Some(import) = world.inventory.imports.get(&(tenant, self.import)) {
            needs.ledger.account(AccountKey::pieces(tenant, import.sku, AccountKind::Stock));
            needs.inventory.pools.insert((tenant, import.sku));
        }
    }

    /// Order of checks: batch, SKU and its kind, currency, date, the state of the batch. One that is there already is left as it is.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let found = world.inventory.imports.get(&(tenant, self.import));
        let mut import = found.ok_or(Refusal::NotFound("batch"))?.clone();
        let to = self.to.unwrap_or(import.sku);
        let sku = require_pool(world, tenant, to, "sku")?;
        let from = world.config.sku(tenant, import.sku).map(|(_, from)| from.terms.kind);
        if from.is_some_and(|kind| kind != sku.terms.kind) {
            let detail = "codes that are sold stay that, and codes of vouchers, too; choose a SKU of the same kind";
            return Err(Refusal::invalid("sku", detail));
        }
        let currency = sku.terms.price.currency;
        if import.unit_cost.is_some_and(|cost| cost.currency != currency) {
            let detail = "what a code of the batch cost is in another currency than the SKU's price; choose a SKU in that currency";
            return Err(Refusal::invalid("sku", detail));
        }
        if self.until.is_some_and(|until| until <= ctx.now) {
            return Err(Refusal::invalid(
                "valid_until",
                "the date is over; give one that is to come",
            ));
        }
        check_state(world, tenant, &import)?;
        let dated = |until| {
            import.span.is_none_or(|(a, b)| [a, b].map(|at| super::until_of(&at)) == [until; 2])
        };
        if to == import.sku && self.until.is_none_or(dated) {
            return Ok(Box::new(import));
        }

        if self.seen {
            let detail =
                "a code of the batch belongs to an order, or did; the batch stays where it is";
            return Err(Refusal::WrongState { code: "batch_seen", detail });
        }

        let from = import.sku;
        let is_out = import.is_being_withdrawn();
        import.relocation_failed = None;
        match import.span {
            Some((first, _)) => {
                import.mark_from = Some(first);
                import.relocation =
                    Some(Relocation { to, until: self.until, looked: false, arrived: None });
                world.work.insert(job(tenant, import.id), Work::due(ctx.now));
            }
            None => import.sku = to,
        }
        save(world, tenant, import.clone(), is_out);
        let fact = BatchRelocated {
            import: import.id,
            batch: import.batch,
            from,
            to,
            valid_until: self.until,
            reason: self.reason,
        };
        world.record(ctx, import.id.0, fact);
        Ok(Box::new(import))
    }
}

/// Whether nothing else is under way with the batch.
fn check_state(world: &World, tenant: Tenant, import: &Import) -> Result<(), Refusal> {
    match import.state {
        ImportState::Uploading | ImportState::Running => {
            wrong("its file is still being read; try again when the import has ended")
        }
        _ if import.is_asked() && import.kept_until.is_some() => {
            wrong("its import waits for a decision; decide it first")
        }
        _ if import.mark_from.is_some() => {
            wrong("a job still brings the batch into another state; try again when it has ended")
        }
        _ if import.verdict.is_some() => {
            wrong("the decisions about its doubts are still being carried out; try again")
        }
        _ if world.work.get(&retag_slice::job(tenant)).is_some() => {
            wrong("codes of before are still being compared; try again when that has ended")
        }
        _ => Ok(()),
    }
}

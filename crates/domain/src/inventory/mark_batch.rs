//! Freeze, unfreeze or void a batch. From the commit on none of its codes is sold against its mark; a job walks
//! the codes themselves, a slice at a time, because a batch may hold a million.

use super::mark::{BatchStatus, job};
use super::{Import, ImportState, pool};
use crate::inventory::fact::BatchMarked;
use crate::ledger::{AccountKey, AccountKind};
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{ImportId, Tenant};

/// Marks a batch.
#[derive(Debug, Clone)]
pub struct MarkBatch {
    /// The import that brought it.
    pub import: ImportId,
    /// What it shall be.
    pub mark: BatchStatus,
    /// The reason, for the journal.
    pub reason: String,
}

impl Verb for MarkBatch {
    const NATURE: Nature = Nature::Mark;
    type Answer = Box<Import>;

    /// The import and its job; the pool with the stock account, which is its lock.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs_of(self.import, at, needs);
    }

    /// Order of checks: the import exists, was read to its end, and is not voided for something else. A batch that
    /// has the mark already is left as it is.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let key = (tenant, self.import);
        let import = world.inventory.imports.get(&key).ok_or(Refusal::NotFound("batch"))?;
        let wrong = |detail| Err(Refusal::WrongState { code: "batch_state", detail });
        match import.state {
            ImportState::Uploading | ImportState::Running => {
                return wrong("its file is still being read; try again when the import has ended");
            }
            _ if import.is_asked() && import.kept_until.is_some() => {
                return wrong("its import waits for a decision; decide it first");
            }
            ImportState::NeedsDecision | ImportState::Done | ImportState::Failed => {}
        }
        if import.relocation.is_some() {
            return wrong(
                "the batch is on its way to another SKU or date; try again when its job has ended",
            );
        }
        if import.mark == self.mark {
            return Ok(Box::new(import.clone()));
        }
        if import.mark == BatchStatus::Voided {
            return wrong("the batch is voided for good");
        }

        let mut import = import.clone();
        let is_out = import.is_being_withdrawn();
        let left_off = import.mark_from;
        import.mark = self.mark;
        import.mark_from = import.span.map(|(first, _)| first);
        if import.mark_from.is_some() {
            world.work.insert(job(tenant, import.id), Work::due(ctx.now));
        }
        save(world, tenant, import.clone(), is_out);
        if self.mark == BatchStatus::Open {
            // Sales passed over what the job had not reached yet, and the timer was set without it.
            if let Some(from) = left_off {
                pool::lower(world, tenant, import.sku, from);
            }
            world.schedule_expiry(tenant, import.sku, ctx.now);
        }
        let fact = BatchMarked {
            import: import.id,
            batch: import.batch,
            sku: import.sku,
            mark: self.mark,
            reason: self.reason,
        };
        world.record(ctx, import.id.0, fact);
        Ok(Box::new(import))
    }
}

/// What every step of a batch's mark needs. The expiry timer is there for codes that are unfrozen.
pub(super) fn needs_of(import: ImportId, at: &At<'_>, needs: &mut Needs) {
    let At { tenant, world, .. } = *at;
    needs.inventory.imports.insert((tenant, import));
    needs.work.keys.insert(job(tenant, import));
    if let Some(import) = world.inventory.imports.get(&(tenant, import)) {
        needs.ledger.account(AccountKey::pieces(tenant, import.sku, AccountKind::Stock));
        needs.inventory.pools.insert((tenant, import.sku));
        let kind = WorkKind::ExpireCodes;
        needs.work.keys.insert(WorkKey { kind, tenant, subject: import.sku.0 });
    }
}

/// Writes the batch; its pool knows how many of its batches sales must walk around.
pub(super) fn save(world: &mut World, tenant: Tenant, import: Import, was_walled: bool) {
    let change = i64::from(import.is_being_withdrawn()) - i64::from(was_walled);
    if change != 0
        && let Some(pool) = world.inventory.pools.change(&(tenant, import.sku))
    {
        pool.batches_being_withdrawn += change;
    }
    if let Some(row) = world.inventory.imports.change(&(tenant, import.id)) {
        *row = import;
    }
}

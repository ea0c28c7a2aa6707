//! Carry a batch's mark to its codes, a slice at a time: codes, pieces and cursor move in one commit, so a crash
//! anywhere costs nothing.
//!
//! Pieces that orders hold stay in stock until the orders end: a hold's promise is kept by the account. The job then
//! stops at the first code whose piece is not free and looks again later; the code is not sold meanwhile.

use super::mark::{BatchStatus, change, job, shift};
use super::{Code, CodeState, Import, Position, expire_codes, mark_batch, pool};
use crate::inventory::fact::BatchAdvanced;
use crate::ledger::transfer::free;
use crate::ledger::{AccountKey, AccountKind};
use crate::work::Work;
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{ImportId, Timestamp};

/// Codes of the pool that one slice looks at.
pub const MARK_SLICE: u32 = 512;

/// When codes whose pieces are held are looked at again, in microseconds: five seconds.
const HELD_PAUSE_US: i64 = 5_000_000;

/// Does the next slice of a batch's mark.
#[derive(Debug, Clone, Copy)]
pub struct MarkSlice {
    /// The import that brought the batch.
    pub import: ImportId,
    /// The job's lease runs until this time.
    pub lease_until: Timestamp,
}

/// The codes of a pool from a place on, at most a slice of them, as they were loaded.
#[derive(Debug, Clone)]
pub struct Window {
    /// The first place that was looked at.
    pub from: Position,
    /// The codes, in order.
    pub codes: Vec<Code>,
}

/// What a slice did.
#[derive(Default)]
struct Slice {
    /// Codes that left stock, and codes that were frozen before.
    from_stock: i64,
    from_frozen: i64,
    /// The first code that may be sold.
    first: Option<Position>,
    /// The first code whose piece is held.
    held: Option<Position>,
}

impl Verb for MarkSlice {
    const NATURE: Nature = Nature::Mark;
    type Answer = Box<Import>;

    /// The batch, its pool with what crossed its date, and the next codes of its part of the pool.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        mark_batch::needs_of(self.import, at, needs);
        needs.tenant(tenant);
        if let Some(import) = world.inventory.imports.get(&(tenant, self.import)) {
            expire_codes::needs_of_sweep(import.sku, at, needs);
        }
        if let Some(import) = world.inventory.imports.get(&(tenant, self.import))
            && let (Some(from), Some((_, last))) = (import.mark_from, import.span)
        {
            needs.inventory.windows.insert(import.id, ((tenant, import.sku, from), last));
        }
    }

    /// Order of checks: the import exists. A job that is done already is taken away.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let found = world.inventory.imports.get(&(tenant, self.import));
        let mut import = found.ok_or(Refusal::NotFound("batch"))?.clone();
        let Some(from) = import.mark_from else {
            world.work.remove(&job(tenant, self.import));
            return Ok(Box::new(import));
        };
        // A command before this one in the batch may have sent the job back to a place that was not loaded.
        let window = world.inventory.windows.get(&import.id).filter(|window| window.from <= from);
        let Some(window) = window else { return Ok(Box::new(import)) };
        let is_out = import.is_being_withdrawn();
        let whole = window.codes.len() < MARK_SLICE as usize;
        let codes: Vec<Code> = window
            .codes
            .iter()
            .filter(|code| code.position() >= from)
            .map(|code| world.inventory.code(&code.place()).unwrap_or(code).clone())
            .collect();
        let next = codes.last().map_or(from, |code| pool::after(&code.position()));
        let slice = walk(world, ctx, &import, codes);

        let mut postings = Vec::new();
        for (from, count) in
            [(CodeState::Available, slice.from_stock), (CodeState::Frozen, slice.from_frozen)]
        {
            postings.extend(shift(world, ctx, &import, import.mark, (from, count)));
        }
        match (slice.first, slice.held) {
            (Some(first), _) => pool::lower(world, tenant, import.sku, first),
            (None, None) => pool::pass(world, tenant, import.sku, (from, next)),
            (None, Some(_)) => {}
        }
        import.mark_from = slice.held.or((!whole).then_some(next));
        self.set_job(world, ctx, &import, slice.held.is_some());
        mark_batch::save(world, tenant, import.clone(), is_out);
        if !postings.is_empty() {
            let fact = BatchAdvanced {
                import: import.id,
                sku: import.sku,
                mark: import.mark,
                count: slice.from_stock + slice.from_frozen,
                postings,
            };
            world.record(ctx, import.id.0, fact);
        }
        if import.mark == BatchStatus::Open {
            expire_codes::sweep(world, ctx, tenant, import.sku);
        }
        Ok(Box::new(import))
    }
}

impl MarkSlice {
    /// The job goes on, waits for holds, or is done.
    fn set_job(&self, world: &mut World, ctx: &Context<'_>, import: &Import, held: bool) {
        let key = job(ctx.origin.tenant, import.id);
        if import.mark_from.is_none() {
            world.work.remove(&key);
        } else if held {
            world.work.insert(key, Work::due(ctx.now.plus_micros(HELD_PAUSE_US)));
        } else if let Some(work) = world.work.change(&key) {
            work.lease_until = self.lease_until;
        }
    }
}

/// Gives the batch's codes their new state, until one's piece is not free.
fn walk(world: &mut World, ctx: &Context<'_>, import: &Import, codes: Vec<Code>) -> Slice {
    let stock = AccountKey::pieces(ctx.origin.tenant, import.sku, AccountKind::Stock);
    let mut left = free(world, &stock);
    let mut slice = Slice::default();
    for code in codes {
        let at = code.position();
        let mut state = code.state;
        let to = import.mark.moves(state).filter(|_| code.batch == import.batch);
        if let Some(to) = to {
            match state {
                CodeState::Available if left == 0 => {
                    slice.held = Some(at);
                    return slice;
                }
                CodeState::Available => {
                    left -= 1;
                    slice.from_stock += 1;
                }
                _ => slice.from_frozen += 1,
            }
            change(world, ctx, code, to);
            state = to;
        }
        if state == CodeState::Available && slice.first.is_none() {
            slice.first = Some(at);
        }
    }
    slice
}

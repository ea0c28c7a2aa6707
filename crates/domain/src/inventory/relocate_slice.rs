//! Take a batch over to where it belongs, a slice at a time. The first walk only looks: one code that somebody has, or
//! had in hand, and the batch stays. The second walk moves; from then on nothing can be seen before it has moved.

use super::mark::{BatchStatus, kind_of};
use super::mark_slice::MARK_SLICE;
use super::relocate::{Relocation, job};
use super::{Code, CodeState, Import, Position, mark_batch, pool};
use crate::inventory::fact::RelocationAdvanced;
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, free, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::order::deliver::sound_alarm;
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Nature, Needs, Refusal, Verb, World, seal};
use kernel::{FOREVER, ImportId, SkuId, Timestamp};
use std::collections::BTreeMap;

/// When a job that waits looks again, in microseconds: five seconds.
const PAUSE_US: i64 = 5_000_000;

/// Why a batch stays where it is.
const SEEN: &str = "batch_seen";

/// Does the next slice of a batch that is on its way.
#[derive(Debug, Clone, Copy)]
pub struct RelocateSlice {
    /// The import that brought the batch.
    pub import: ImportId,
    /// The job's lease runs until this time.
    pub lease_until: Timestamp,
}

/// What a slice moved.
#[derive(Default)]
struct Slice {
    /// Pieces that leave accounts of the old pool, and that come into accounts of the new one.
    left: BTreeMap<AccountKind, i64>,
    came: BTreeMap<AccountKind, i64>,
    count: i64,
    /// Sealed bytes of the largest code.
    largest: i64,
    /// Where the first and the last of the moved codes stand now.
    arrived: Option<(Position, Position)>,
    /// The first code of another batch that may be sold.
    other: Option<Position>,
    /// The first code whose piece is held.
    held: Option<Position>,
}

/// Whether somebody has the code, or had it.
fn is_seen(code: &Code) -> bool {
    code.owner.is_some()
        || matches!(code.state, CodeState::Issued | CodeState::Revealed | CodeState::Voucher)
}

impl Verb for RelocateSlice {
    const NATURE: Nature = Nature::Relocation;
    type Answer = Box<Import>;

    /// The batch, both pools with their stock and timers, the next codes; whether everything is being sealed again.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.tenant(tenant);
        needs.seal.oldest = true;
        needs.work.keys.extend([seal::job(), job(tenant, self.import)]);
        mark_batch::needs_of(self.import, at, needs);
        let Some(import) = world.inventory.imports.get(&(tenant, self.import)) else { return };
        if let Some(relocation) = import.relocation {
            let to = relocation.to;
            needs.ledger.account(AccountKey::pieces(tenant, to, AccountKind::Stock));
            needs.inventory.pools.insert((tenant, to));
            needs.work.keys.insert(WorkKey { kind: WorkKind::ExpireCodes, tenant, subject: to.0 });
        }
        if let (Some(from), Some((_, last))) = (import.mark_from, import.span) {
            needs.inventory.windows.insert(import.id, ((tenant, import.sku, from), last));
        }
    }

    /// Order of checks: the import exists. A job that is done already is taken away.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let found = world.inventory.imports.get(&(tenant, self.import));
        let import = found.ok_or(Refusal::NotFound("batch"))?.clone();
        let (Some(from), Some(relocation)) = (import.mark_from, import.relocation) else {
            world.work.remove(&job(tenant, self.import));
            return Ok(Box::new(import));
        };
        // A code that moves would escape the walk that seals everything again.
        if world.work.get(&seal::job()).is_some() {
            world.work.insert(job(tenant, import.id), Work::due(ctx.now.plus_micros(PAUSE_US)));
            return Ok(Box::new(import));
        }
        // A command before this one in the batch has done what was loaded.
        let window = world.inventory.windows.get(&import.id).filter(|window| window.from == from);
        let Some(window) = window else { return Ok(Box::new(import)) };
        let whole = window.codes.len() < MARK_SLICE as usize;
        let codes = window.codes.clone();
        let next = codes.last().map_or(from, |code| pool::after(&code.position()));
        if relocation.looked {
            self.take_over(world, ctx, import, codes, (!whole).then_some(next))
        } else {
            self.look(world, ctx, import, &codes, (!whole).then_some(next))
        }
    }
}

impl RelocateSlice {
    /// Looks at the next codes; the batch stays if one was seen.
    fn look(
        &self,
        world: &mut World,
        ctx: &mut Context<'_>,
        mut import: Import,
        codes: &[Code],
        next: Option<Position>,
    ) -> Result<Box<Import>, Refusal> {
        let tenant = ctx.origin.tenant;
        let mut of_batch = codes.iter().filter(|code| code.batch == import.batch);
        if of_batch.any(is_seen) {
            let to = import.relocation.map_or(import.sku, |relocation| relocation.to);
            let sku = import.sku;
            import.relocation_failed = Some(SEEN.to_owned());
            end(world, ctx, &mut import, sku);
            let fact = RelocationAdvanced {
                import: import.id,
                from: sku,
                to,
                count: 0,
                postings: Vec::new(),
                failure: Some(SEEN.to_owned()),
            };
            world.record(ctx, import.id.0, fact);
            return Ok(Box::new(import));
        }
        import.mark_from = next.or(import.span.map(|(first, _)| first));
        if let Some(relocation) = &mut import.relocation {
            relocation.looked = next.is_none();
        }
        self.go_on(world, ctx, &import, false);
        mark_batch::save(world, tenant, import.clone(), true);
        Ok(Box::new(import))
    }

    /// Moves the next codes with their pieces.
    fn take_over(
        &self,
        world: &mut World,
        ctx: &mut Context<'_>,
        mut import: Import,
        codes: Vec<Code>,
        next: Option<Position>,
    ) -> Result<Box<Import>, Refusal> {
        let tenant = ctx.origin.tenant;
        let (from, Some(mut relocation)) = (import.sku, import.relocation) else {
            return Ok(Box::new(import));
        };
        let to = relocation.to;
        let stock = AccountKey::pieces(tenant, from, AccountKind::Stock);
        let before = free(world, &stock);
        let slice = walk(world, ctx.now, &import, &relocation, codes);
        let postings = shift(world, ctx, &import, to, &slice);
        relocation.arrived = join(relocation.arrived, slice.arrived);
        if let Some(other) = slice.other {
            pool::lower(world, tenant, from, other);
        }
        if let Some((first, _)) = slice.arrived {
            settle_in(world, ctx, to, first, slice.largest);
        }
        import.relocation = Some(relocation);
        import.mark_from = slice.held.or(next);
        if import.mark_from.is_none() {
            end(world, ctx, &mut import, to);
        } else {
            self.go_on(world, ctx, &import, slice.held.is_some());
            mark_batch::save(world, tenant, import.clone(), true);
        }
        if slice.count > 0 {
            let (import, count) = (import.id, slice.count);
            let fact = RelocationAdvanced { import, from, to, count, postings, failure: None };
            world.record(ctx, import.0, fact);
        }
        let left = free(world, &stock);
        sound_alarm(world, ctx, tenant, from, before, left);
        Ok(Box::new(import))
    }

    /// The job goes on, or waits for holds.
    fn go_on(&self, world: &mut World, ctx: &Context<'_>, import: &Import, held: bool) {
        let key = job(ctx.origin.tenant, import.id);
        if held {
            world.work.insert(key, Work::due(ctx.now.plus_micros(PAUSE_US)));
        } else if let Some(work) = world.work.change(&key) {
            work.lease_until = self.lease_until;
        }
    }
}

/// The batch is where it belongs from now on. What sales passed over is found again, and the sweep looks at once.
fn end(world: &mut World, ctx: &Context<'_>, import: &mut Import, sku: SkuId) {
    let tenant = ctx.origin.tenant;
    let (from, span) = (import.sku, import.span);
    let arrived = import.relocation.take().and_then(|relocation| relocation.arrived);
    import.mark_from = None;
    world.work.remove(&job(tenant, import.id));
    // A frozen or voided batch keeps its mark; no job has to carry it to codes that have it.
    mark_batch::save(world, tenant, import.clone(), true);
    import.sku = sku;
    import.span = arrived.or(span);
    if let Some(row) = world.inventory.imports.change(&(tenant, import.id)) {
        *row = import.clone();
    }
    for (sku, at) in [(from, span), (sku, arrived)] {
        if let Some((first, _)) = at {
            pool::lower(world, tenant, sku, first);
            world.schedule_expiry(tenant, sku, ctx.now);
        }
    }
}

/// Finds the codes of a slice their new places, until one's piece is not free.
fn walk(
    world: &mut World,
    now: Timestamp,
    import: &Import,
    relocation: &Relocation,
    codes: Vec<Code>,
) -> Slice {
    let Some(tenant) = codes.first().map(|code| code.tenant) else { return Slice::default() };
    let mut free = free(world, &AccountKey::pieces(tenant, import.sku, AccountKind::Stock));
    let sku = world.config.sku(tenant, relocation.to);
    let cutoff = sku.map_or(now, |(_, sku)| sku.terms.cutoff(now));
    let mut slice = Slice::default();
    for code in codes {
        let (at, was) = (code.position(), code.state);
        if code.batch != import.batch {
            if was == CodeState::Available && slice.other.is_none() {
                slice.other = Some(at);
            }
            continue;
        }
        let moved = moved(&code, import.mark, relocation, cutoff);
        let to = moved.position();
        if (moved.sku, to) != (code.sku, at) {
            let (leaves, comes) = (piece_of(was), piece_of(moved.state));
            if leaves == Some(AccountKind::Stock) && moved.sku != code.sku {
                if free == 0 {
                    slice.held = Some(at);
                    return slice;
                }
                free -= 1;
            }
            if moved.sku != code.sku || leaves != comes {
                leaves.into_iter().for_each(|kind| *slice.left.entry(kind).or_default() += 1);
                comes.into_iter().for_each(|kind| *slice.came.entry(kind).or_default() += 1);
            }
            slice.count += 1;
            slice.largest = slice.largest.max(code.sealed.len() as i64);
            world.inventory.moved_codes.push((code, moved));
        }
        slice.arrived = join(slice.arrived, Some((to, to)));
    }
    slice
}

/// A code as it is where it goes. One that crossed its date and is good again becomes what its batch is.
fn moved(code: &Code, mark: BatchStatus, relocation: &Relocation, cutoff: Timestamp) -> Code {
    let valid_until = relocation.until.unwrap_or(code.valid_until);
    let state = match (code.state, mark) {
        (CodeState::Expired, BatchStatus::Open) if valid_until > cutoff => CodeState::Available,
        (CodeState::Expired, BatchStatus::Frozen) if valid_until > cutoff => CodeState::Frozen,
        (CodeState::Expired, BatchStatus::Voided) if valid_until > cutoff => CodeState::Voided,
        (state, _) => state,
    };
    Code { sku: relocation.to, valid_until, state, ..code.clone() }
}

/// Where the piece of a code that nobody has lies; doubtful and replaced ones are in no account.
fn piece_of(state: CodeState) -> Option<AccountKind> {
    let counts = !matches!(state, CodeState::Doubtful | CodeState::Replaced);
    counts.then(|| kind_of(state))
}

/// The pieces go back to where they came from, and come in for the new pool.
fn shift(
    world: &mut World,
    ctx: &mut Context<'_>,
    import: &Import,
    to: SkuId,
    slice: &Slice,
) -> Vec<Posting> {
    let (tenant, subject) = (ctx.origin.tenant, import.id.0);
    let out = |(kind, amount): (&AccountKind, &i64)| Move {
        debit: AccountKey::pieces(tenant, import.sku, *kind),
        credit: AccountKey::pieces(tenant, import.sku, AccountKind::Supplied),
        amount: *amount,
        reason: Reason::Relocate,
        subject,
    };
    let into = |(kind, amount): (&AccountKind, &i64)| Move {
        debit: AccountKey::pieces(tenant, to, AccountKind::Supplied),
        credit: AccountKey::pieces(tenant, to, *kind),
        amount: *amount,
        reason: Reason::Arrive,
        subject,
    };
    let moves: Vec<Move> = slice.left.iter().map(out).chain(slice.came.iter().map(into)).collect();
    moves.into_iter().map(|wanted| posting(&transfer(world, ctx, wanted))).collect()
}

/// The new pool finds what came in, and its timer rings in time.
fn settle_in(world: &mut World, ctx: &Context<'_>, sku: SkuId, first: Position, largest: i64) {
    let tenant = ctx.origin.tenant;
    pool::lower(world, tenant, sku, first);
    pool::widen(world, tenant, sku, largest);
    if super::until_of(&first) < FOREVER {
        world.schedule_expiry(tenant, sku, ctx.now);
    }
}

/// The part of a pool that holds both.
fn join(
    one: Option<(Position, Position)>,
    other: Option<(Position, Position)>,
) -> Option<(Position, Position)> {
    match (one, other) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    }
}

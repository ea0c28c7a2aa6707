//! Take codes that crossed their date out of stock, a slice at a time; then sleep until the next does. A command that
//! gives pieces back to stock takes them out itself, without waiting for the timer.

use super::{CodeState, Position, pool, position_after};
use crate::inventory::fact::CodesExpired;
use crate::ledger::transfer::{Move, free, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::work::{WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{FOREVER, SkuId, Tenant, Timestamp};

/// Codes of one slice.
pub const EXPIRY_SLICE: u32 = 500;

/// When codes that orders hold are looked at again, in microseconds: a minute.
const KEPT_PAUSE_US: i64 = 60_000_000;

/// Sweeps one pool.
#[derive(Debug, Clone)]
pub struct ExpireCodes {
    /// Which pool.
    pub sku: SkuId,
}

impl Verb for ExpireCodes {
    type Answer = ();

    /// The pool, its stock, what is past its date, and the first code that is not.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, now } = *at;
        needs.tenant(tenant);
        needs.work.keys.insert(WorkKey {
            kind: WorkKind::ExpireCodes,
            tenant,
            subject: self.sku.0,
        });
        if let Some((_, sku)) = world.config.sku(tenant, self.sku) {
            let cutoff = sku.terms.cutoff(now);
            needs.ledger.account(AccountKey::pieces(tenant, self.sku, AccountKind::Stock));
            needs.inventory.codes(tenant, self.sku, 1, cutoff);
            needs.inventory.sweep(tenant, self.sku, cutoff);
        }
    }

    /// Order of checks: SKU.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let (_, sku) = world.config.sku(tenant, self.sku).ok_or(Refusal::NotFound("sku"))?;
        let (cutoff, days) = (sku.terms.cutoff(ctx.now), i64::from(sku.terms.min_days_left));

        let (more, kept) = take_out(world, ctx, tenant, self.sku, cutoff, EXPIRY_SLICE as usize);
        let due = if more {
            Some(ctx.now)
        } else if kept || is_cut(world, tenant, self.sku) {
            Some(ctx.now.plus_micros(KEPT_PAUSE_US))
        } else {
            next_date(world, tenant, self.sku)
                .filter(|until| *until < FOREVER)
                .map(|until| until.plus_days(-days))
        };
        world.set_expiry(tenant, self.sku, due);
        Ok(())
    }
}

/// When the next code of a pool crosses its date, whether its seal opens or not.
fn next_date(world: &World, tenant: Tenant, sku: SkuId) -> Option<Timestamp> {
    let good = world.inventory.heads.get(&sku).and_then(|head| head.front());
    let damaged = world.inventory.met.get(&(tenant, sku)).and_then(|met| met.damaged.first());
    good.into_iter().chain(damaged).map(|code| code.valid_until).min()
}

/// Whether the walk over a pool's head ended before the next code that can be delivered.
fn is_cut(world: &World, tenant: Tenant, sku: SkuId) -> bool {
    let cut = world.inventory.met.get(&(tenant, sku)).is_some_and(|met| met.ended.is_some());
    cut || pool::is_stopped(world, tenant, sku)
}

/// What [`sweep`] looks at: the pool, its stock, what is past its date, and the timer.
pub fn needs_of_sweep(sku: SkuId, at: &At<'_>, needs: &mut Needs) {
    let At { tenant, world, now } = *at;
    let Some((_, terms)) = world.config.sku(tenant, sku) else { return };
    needs.ledger.account(AccountKey::pieces(tenant, sku, AccountKind::Stock));
    needs.inventory.pools.insert((tenant, sku));
    needs.inventory.sweep(tenant, sku, terms.terms.cutoff(now));
    needs.work.keys.insert(WorkKey { kind: WorkKind::ExpireCodes, tenant, subject: sku.0 });
}

/// Takes out of stock what crossed its date, as far as orders do not hold it. What is left, the timer looks at.
pub fn sweep(world: &mut World, ctx: &mut Context<'_>, tenant: Tenant, sku: SkuId) {
    let Some((_, listed)) = world.config.sku(tenant, sku) else { return };
    let cutoff = listed.terms.cutoff(ctx.now);
    let (more, _) = take_out(world, ctx, tenant, sku, cutoff, EXPIRY_SLICE as usize);
    if more {
        world.schedule_expiry(tenant, sku, ctx.now);
    }
}

/// Takes at most `most` of the loaded codes out of stock. Says whether there may be more, and whether orders hold
/// some of them: those stay until the orders end, because a hold's promise is kept by the account.
fn take_out(
    world: &mut World,
    ctx: &mut Context<'_>,
    tenant: Tenant,
    sku: SkuId,
    cutoff: Timestamp,
    most: usize,
) -> (bool, bool) {
    let free = free(world, &AccountKey::pieces(tenant, sku, AccountKind::Stock));
    let updates = &world.inventory.code_updates;
    let loaded = world.inventory.stale.entry(sku).or_default();
    // A command before this one in the batch may have taken a code out of stock.
    loaded.retain(|code| {
        let now = updates.get(&code.place()).map(|(_, code)| code.state);
        now.is_none_or(|state| state == CodeState::Available)
    });
    let wanted = loaded.len().min(most);
    let slice = wanted.min(usize::try_from(free).unwrap_or(0));
    let (more, kept) = (slice == most, slice < wanted);
    let mut stale: Vec<_> = loaded.drain(..slice).collect();
    for code in &mut stale {
        code.state = CodeState::Expired;
    }
    let swept = match stale.last() {
        Some(last) if more || kept => last.position(),
        None if kept => Position::default(),
        _ => position_after(cutoff),
    };
    if let Some(pool) = world.inventory.pools.change(&(tenant, sku)) {
        pool.swept = pool.swept.max(swept);
    }
    let expired = stale.len() as i64;
    stale.into_iter().for_each(|code| world.inventory.save_code(CodeState::Available, code));
    if expired > 0 {
        let wanted = Move {
            debit: AccountKey::pieces(tenant, sku, AccountKind::Stock),
            credit: AccountKey::pieces(tenant, sku, AccountKind::Expired),
            amount: expired,
            reason: Reason::Expiry,
            subject: sku.0,
        };
        let posting = posting(&transfer(world, ctx, wanted));
        let fact = CodesExpired { sku, count: expired, posting };
        world.record(ctx, sku.0, fact);
    }
    (more, kept)
}

//! Codes that cannot be opened although their key is there: found when they are loaded to be delivered, and set aside
//! after the commands of the batch, whatever became of those.
//!
//! A key that is missing is the node's fault, not the code's: nothing is set aside then.

use super::{Code, CodeState, Position, pool, stop_sku};
use crate::context::{self, Origin};
use crate::inventory::fact::CodesDamaged;
use crate::ledger::transfer::{Move, free, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::order::deliver;
use crate::work::Work;
use crate::{Context, World};
use kernel::{Id16, RequestId, SkuId, Tenant, Timestamp};

/// Damaged codes in a row after which nothing more is taken from a pool until a person has looked at it.
pub const ROW_MAX: i64 = 3;

/// What the seal of a code says to whoever has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// It opens.
    Good,
    /// Its key is there, and it does not open.
    Damaged,
    /// Its key is not there.
    KeyMissing,
}

/// Looks at the seal of a code. The keys are no business of rules or of the store.
pub type Look<'a> = dyn Fn(&Code) -> Seal + Send + Sync + 'a;

/// What a walk over the head of a pool met beside codes that can be delivered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// Codes whose seals fail, in order.
    pub damaged: Vec<Code>,
    /// How many damaged codes stand in a row at the end of the walk, those of walks before included.
    pub row: i64,
    /// Where and why the walk ended before it had what was wanted and before the pool's end.
    pub ended: Option<(Position, Cut)>,
}

/// Why a walk ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Too many damaged codes in a row.
    Row,
    /// A code lies under a key that is not there.
    KeyMissing,
}

/// Whether what is wanted of a pool lies behind a code whose key is not there.
pub fn misses_key(world: &World, tenant: Tenant, sku: SkuId) -> bool {
    let ended = world.inventory.met.get(&(tenant, sku)).and_then(|met| met.ended);
    matches!(ended, Some((_, Cut::KeyMissing)))
}

/// Whether any code that the batch wants lies under a key that is not there.
pub fn misses_keys(world: &World) -> bool {
    let ended = |met: &Met| matches!(met.ended, Some((_, Cut::KeyMissing)));
    world.inventory.met.values().any(ended)
        || world.inventory.seals.values().any(|seal| *seal == Seal::KeyMissing)
}

/// Sets aside what the walks of a batch found damaged. Infallible: only pieces that are free leave stock.
pub fn set_aside(world: &mut World, now: Timestamp, draw: &mut dyn FnMut() -> Id16) {
    for ((tenant, sku), met) in std::mem::take(&mut world.inventory.met) {
        let origin = Origin { tenant, request: RequestId(draw()), actor: None, address: None };
        set_aside_of(
            world,
            &mut Context {
                now,
                draw: &mut *draw,
                voucher_tag: &context::no_vouchers,
                origin,
                approved: false,
            },
            sku,
            met,
        );
    }
}

fn set_aside_of(world: &mut World, ctx: &mut Context<'_>, sku: SkuId, mut met: Met) {
    let tenant = ctx.origin.tenant;
    let stock = AccountKey::pieces(tenant, sku, AccountKind::Stock);
    // A piece that an order holds stays, and its code with it: the order's end will find it again.
    let before = free(world, &stock);
    let count = met.damaged.len().min(usize::try_from(before).unwrap_or(0));
    let kept = met.damaged.split_off(count);
    let cut = met.ended.map(|(at, _)| at);
    if let Some(passed) = kept.first().map(Code::position).into_iter().chain(cut).min() {
        pool::lower(world, tenant, sku, passed);
    }
    let stopped = matches!(met.ended, Some((_, Cut::Row)));
    if let Some(pool) = world.inventory.pools.change(&(tenant, sku)) {
        // What stays is met again, and counts only once.
        let row = (met.row - kept.len() as i64).max(0);
        pool.damaged_row = if stopped { ROW_MAX } else { row };
    }
    if stopped {
        world.work.insert(stop_sku::job(tenant, sku), Work::due(ctx.now));
    }
    if met.damaged.is_empty() {
        return;
    }
    let amount = count as i64;
    let wanted = Move {
        debit: stock,
        credit: AccountKey::pieces(tenant, sku, AccountKind::Damaged),
        amount,
        reason: Reason::Damage,
        subject: sku.0,
    };
    let posting = posting(&transfer(world, ctx, wanted));
    let codes = met.damaged.iter().map(|code| code.id).collect();
    for mut code in met.damaged {
        code.state = CodeState::Damaged;
        world.inventory.save_code(CodeState::Available, code);
    }
    world.record(ctx, sku.0, CodesDamaged { sku, codes, posting });
    deliver::sound_alarm(world, ctx, tenant, sku, before, before - amount);
}

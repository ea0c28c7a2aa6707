//! Hand over the codes of an order's lines. Callers have checked that they are there.

use super::{Line, Order};
use crate::catalog::Sku;
use crate::inventory::fact::StockLow;
use crate::inventory::{Code, CodeState, damaged, pool};
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, free, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, HoldState, Reason, hold};
use crate::voucher::VoucherTerms;
use crate::{Context, Refusal, World};
use kernel::{SkuId, Tenant};

/// Takes codes for a line from the head of the pool and its pieces out of free stock. What becomes vouchers is not the line's
/// as codes.
pub fn from_stock(
    world: &mut World,
    ctx: &mut Context<'_>,
    order: &Order,
    line: &mut Line,
    state: CodeState,
) -> (Vec<Code>, Posting) {
    let (stock, issued) = accounts(order.tenant, line.sku);
    let before = free(world, &stock);
    let codes = take_codes(world, order, line, state);
    let amount = i64::from(line.quantity);
    let wanted =
        Move { debit: stock, credit: issued, amount, reason: Reason::Issue, subject: order.id.0 };
    let moved = transfer(world, ctx, wanted);
    sound_alarm(world, ctx, order.tenant, line.sku, before, before - amount);
    (codes, posting(&moved))
}

/// Takes codes for a line whose pieces are held, and ends the hold.
pub fn from_hold(
    world: &mut World,
    ctx: &mut Context<'_>,
    order: &Order,
    line: &mut Line,
    state: CodeState,
) -> Option<(Vec<Code>, Posting)> {
    let held = *line.hold.and_then(|id| world.ledger.holds.get(&(order.tenant, id)))?;
    let codes = take_codes(world, order, line, state);
    let ended = hold::end(world, &held, HoldState::Posted, held.amount);
    let wanted = Move {
        debit: ended.debit,
        credit: ended.credit,
        amount: ended.amount,
        reason: Reason::HoldPosted,
        subject: ended.id.0,
    };
    Some((codes, posting(&transfer(world, ctx, wanted))))
}

/// Whether the head of a pool has codes for a line now that open. A pool that is stopped has none; a key that is missing
/// is not `out` of stock.
pub fn check_ready(
    world: &World,
    ctx: &Context<'_>,
    sku: &Sku,
    quantity: u32,
    out: impl FnOnce() -> Refusal,
) -> Result<(), Refusal> {
    let tenant = ctx.origin.tenant;
    if pool::is_stopped(world, tenant, sku.id) {
        Err(out())
    } else if pool::ready(world, sku.id, sku.terms.cutoff(ctx.now)) >= quantity as usize {
        Ok(())
    } else if damaged::misses_key(world, tenant, sku.id) {
        Err(Refusal::KeyMissing)
    } else {
        Err(out())
    }
}

/// Whether vouchers that are delivered now are good for something. `at` is the line's place.
pub fn check_vouchers(ctx: &Context<'_>, terms: &VoucherTerms, at: usize) -> Result<(), Refusal> {
    if terms.earliest_end(ctx.now) > ctx.now {
        return Ok(());
    }
    Err(Refusal::NotOnSale { field: format!("lines[{at}].sku"), from: None })
}

/// Whether the pieces of what has no stock can be delivered now: vouchers are good for something, and there is a content
/// to share. `at` is the line's place.
pub fn check_unstocked(ctx: &Context<'_>, sku: &Sku, at: usize) -> Result<(), Refusal> {
    match &sku.terms.voucher {
        Some(terms) => check_vouchers(ctx, terms, at),
        None if sku.content > 0 => Ok(()),
        None => Err(Refusal::OutOfStock { field: format!("lines[{at}].sku") }),
    }
}

/// Whether a SKU's pieces are counted and picked from a pool.
pub fn is_stocked(world: &World, tenant: Tenant, sku: SkuId) -> bool {
    world.config.sku(tenant, sku).is_none_or(|(_, sku)| sku.terms.is_stocked())
}

/// Records that free stock fell to the alarm line.
pub fn sound_alarm(
    world: &mut World,
    ctx: &Context<'_>,
    tenant: Tenant,
    sku: SkuId,
    before: i64,
    left: i64,
) {
    let terms = world.config.sku(tenant, sku).map(|(_, sku)| sku.terms.stock_alarm);
    if let Some(line) = terms.flatten().map(i64::from)
        && before > line
        && left <= line
    {
        world.record(ctx, sku.0, StockLow { sku, left, line });
    }
}

/// Where a SKU's pieces lie before and after they are handed over.
pub fn accounts(tenant: Tenant, sku: SkuId) -> (AccountKey, AccountKey) {
    let of = |kind| AccountKey::pieces(tenant, sku, kind);
    (of(AccountKind::Stock), of(AccountKind::Issued))
}

fn take_codes(world: &mut World, order: &Order, line: &mut Line, state: CodeState) -> Vec<Code> {
    let owner = (state != CodeState::Voucher).then_some((order.id, line.number));
    let wanted = line.quantity as usize;
    let codes = pool::issue(world, order.tenant, line.sku, owner, wanted, state);
    if owner.is_some() {
        line.codes = codes.iter().map(Code::position).collect();
    }
    line.delivered = line.quantity;
    codes
}

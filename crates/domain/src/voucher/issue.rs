//! Give out vouchers of a template. Callers have checked that they may.

use super::moves::Shift;
use super::terms::Present;
use super::{Voucher, VoucherState, VoucherTerms};
use crate::ledger::fact::Posting;
use crate::ledger::{AccountKind, Reason};
use crate::order::{Line, Order};
use crate::{Context, World};
use kernel::{Id16, Money, OrderId, SkuId, VoucherId};

/// Vouchers that are wanted.
pub struct Wanted<'a> {
    /// Their SKU.
    pub sku: SkuId,
    /// Their template.
    pub terms: &'a VoucherTerms,
    /// How many, at least one.
    pub quantity: u32,
    /// What was paid for each.
    pub price: Money,
    /// The order and the line that deliver them.
    pub source: Option<(OrderId, u32)>,
    /// What made them.
    pub subject: Id16,
    /// The id of the first one, where it is known; those of the others follow it, so that it and their number name them all.
    pub first: Option<Id16>,
}

/// Delivers the vouchers of an order's line.
pub fn for_line(
    world: &mut World,
    ctx: &mut Context<'_>,
    order: &Order,
    line: &mut Line,
    terms: &VoucherTerms,
    postings: &mut Vec<Posting>,
) -> Vec<Voucher> {
    let wanted = Wanted {
        sku: line.sku,
        terms,
        quantity: line.quantity,
        price: Money::new(line.unit_price, order.currency),
        source: Some((order.id, line.number)),
        subject: order.id.0,
        first: None,
    };
    let made = give(world, ctx, wanted, postings);
    line.vouchers = made.iter().map(|voucher| voucher.id).collect();
    line.delivered = line.quantity;
    made
}

/// Makes vouchers, with what they are worth in their template's account and what was paid among what is unearned.
pub fn give(
    world: &mut World,
    ctx: &mut Context<'_>,
    wanted: Wanted<'_>,
    postings: &mut Vec<Posting>,
) -> Vec<Voucher> {
    let tenant = ctx.origin.tenant;
    let (total, price) = (wanted.terms.worth.total(), wanted.price.to_ledger().unwrap_or(0));
    let (valid_from, valid_until) = wanted.terms.window(ctx.now);
    let first = u128::from_be_bytes(wanted.first.unwrap_or_else(|| (ctx.draw)()));
    let made: Vec<Voucher> = (0..wanted.quantity)
        .map(|i| Voucher {
            id: VoucherId(first.wrapping_add(u128::from(i)).to_be_bytes()),
            tenant,
            sku: wanted.sku,
            source: wanted.source,
            counts: wanted.terms.worth.counts(),
            currency: wanted.price.currency,
            total,
            remaining: total,
            price,
            unearned: price,
            state: VoucherState::Effective,
            valid_from,
            valid_until,
            on_expiry: wanted.terms.on_expiry,
            use_days: wanted.terms.use_days(),
            live: wanted.terms.present == Present::Live,
            created_at: ctx.now,
        })
        .collect();
    let Some(first) = made.first() else { return made };
    let quantity = i64::from(wanted.quantity);
    let shift = Shift {
        from: AccountKind::Granted,
        to: AccountKind::Outstanding,
        amount: total.saturating_mul(quantity),
        unearned: price.saturating_mul(quantity),
        reason: if wanted.source.is_some() { Reason::Deliver } else { Reason::Make },
        subject: wanted.subject,
    };
    shift.carry_out(world, ctx, first, postings);
    for voucher in &made {
        let tag = (ctx.voucher_tag)(tenant, voucher.id);
        world.voucher.new_vouchers.push((voucher.clone(), tag));
    }
    made
}

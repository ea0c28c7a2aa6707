//! Give out vouchers of a template. Callers have checked that they may.

use super::expire;
use super::moves::Shift;
use super::terms::Present;
use super::{Voucher, VoucherState, VoucherTerms};
use crate::inventory::Code;
use crate::ledger::fact::Posting;
use crate::ledger::{AccountKind, Reason};
use crate::order::{Line, Order};
use crate::{Context, World};
use kernel::{FOREVER, Id16, Money, OrderId, SkuId, Timestamp, VoucherId};

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
    /// Their codes.
    pub codes: Codes<'a>,
}

/// Where the codes of vouchers come from.
#[derive(Debug, Clone, Copy)]
pub enum Codes<'a> {
    /// They follow from ids. That of the first one may be known; those of the others follow it, so that it and their number
    /// name them all.
    Made(Option<Id16>),
    /// The merchant brought them. Each voucher has the id of its code, and ends with it at the latest.
    Imported(&'a [Code]),
}

/// Delivers the vouchers of an order's line. `imported` are the codes that they become, where there is a stock of them.
pub fn for_line(
    world: &mut World,
    ctx: &mut Context<'_>,
    order: &Order,
    line: &mut Line,
    terms: &VoucherTerms,
    imported: &[Code],
    postings: &mut Vec<Posting>,
) -> Vec<Voucher> {
    let is_imported = terms.present == Present::Imported;
    let wanted = Wanted {
        sku: line.sku,
        terms,
        quantity: line.quantity,
        price: Money::new(line.unit_price, order.currency),
        source: Some((order.id, line.number)),
        subject: order.id.0,
        codes: if is_imported { Codes::Imported(imported) } else { Codes::Made(None) },
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
    let ids: Vec<(Id16, Timestamp)> = match wanted.codes {
        Codes::Made(first) => {
            let first = u128::from_be_bytes(first.unwrap_or_else(|| (ctx.draw)()));
            let id = |i| first.wrapping_add(u128::from(i)).to_be_bytes();
            (0..wanted.quantity).map(|i| (id(i), FOREVER)).collect()
        }
        Codes::Imported(codes) => codes.iter().map(|code| (code.id.0, code.valid_until)).collect(),
    };
    let made: Vec<Voucher> = ids
        .into_iter()
        .map(|(id, until)| Voucher {
            id: VoucherId(id),
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
            valid_until: valid_until.min(until),
            on_expiry: wanted.terms.on_expiry,
            use_days: wanted.terms.use_days(),
            live: wanted.terms.present == Present::Live,
            imported: wanted.terms.present == Present::Imported,
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
    for (i, voucher) in made.iter().enumerate() {
        let tag = match wanted.codes {
            Codes::Made(_) => (ctx.voucher_tag)(tenant, voucher.id),
            Codes::Imported(codes) => codes[i].tag,
        };
        world.voucher.new_vouchers.push((voucher.clone(), tag));
    }
    // The timer knows when vouchers of the template end; codes may end earlier.
    let end = made.iter().map(|voucher| voucher.valid_until).min();
    if let (Codes::Imported(_), Some(end)) = (wanted.codes, end.filter(|end| *end < FOREVER)) {
        expire::ring_by(world, tenant, wanted.sku, end);
    }
    made
}

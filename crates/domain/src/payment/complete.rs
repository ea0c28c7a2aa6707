//! Hand over a placed order's goods, now that its money is here.
//!
//! An order that waits gives its holds, and takes from free stock where it has none; one that was closed takes from
//! free stock, within the limits, as a new order would.

use super::{Payment, Receipt};
use crate::catalog::{Listed, SkuKind};
use crate::content::share;
use crate::inventory::CodeState;
use crate::ledger::HoldState;
use crate::ledger::fact::Posting;
use crate::ledger::transfer::free;
use crate::order::fact::{HeldFact, OrderPaid};
use crate::order::{Line, Order, deliver, limit, reserve};
use crate::refund::Refund;
use crate::voucher::{Voucher, expire, issue};
use crate::{At, Context, Needs, Refusal, World};
use kernel::{OrderId, PaymentId};

/// An order that was just completed, for its fact.
pub struct Completed {
    order: Order,
    lines: Vec<Line>,
    held: Vec<HeldFact>,
    vouchers: Vec<Voucher>,
    postings: Vec<Posting>,
}

/// Everything that the delivery of an unpaid order touches.
pub fn needs(order: OrderId, at: &At<'_>, needs: &mut Needs) {
    let At { tenant, world, now } = *at;
    needs.order.orders.insert((tenant, order));
    let Some(order) = world.order.orders.get(&(tenant, order)).filter(|order| !order.is_paid())
    else {
        return;
    };
    let lines = world.order.lines.get(&order.key()).map_or(&[][..], Vec::as_slice);
    reserve::needs(order, lines, at, needs);
    for line in lines {
        let Some((_, sku)) = world.config.sku(tenant, line.sku) else { continue };
        if !sku.terms.is_stocked() {
            continue;
        }
        needs.inventory.codes(tenant, line.sku, line.quantity, sku.terms.cutoff(now));
        // Imported codes of vouchers may end before the timer rings.
        let timer = || expire::timer(tenant, line.sku);
        needs.work.keys.extend(sku.terms.voucher.as_ref().map(|_| timer()));
    }
}

/// Whether the goods can be handed over now. Order of checks, a line after the other: limits and free stock
/// where the order was closed, hold or free stock where it waits, codes that open.
pub fn check(
    world: &World,
    ctx: &Context<'_>,
    order: &Order,
    lines: &[Line],
) -> Result<(), Refusal> {
    for (i, line) in lines.iter().enumerate() {
        let out = || Refusal::OutOfStock { field: format!("lines[{i}].sku") };
        let (_, sku) = world.config.sku(order.tenant, line.sku).ok_or_else(out)?;
        if !order.waits() {
            let who = limit::who(Some(order.buyer), order.visit);
            limit::check_sku(world, order.tenant, who, sku, line.quantity, i)?;
        }
        if !sku.terms.is_stocked() {
            deliver::check_unstocked(ctx, sku, i)?;
            continue;
        }
        if let Some(terms) = &sku.terms.voucher {
            deliver::check_vouchers(ctx, terms, i)?;
        }
        let kept = match line.hold.filter(|_| order.waits()) {
            Some(id) => {
                let hold = world.ledger.holds.get(&(order.tenant, id));
                hold.is_some_and(|hold| hold.state == HoldState::Pending)
            }
            None => {
                let (stock, _) = deliver::accounts(order.tenant, line.sku);
                free(world, &stock) >= i64::from(line.quantity)
            }
        };
        if !kept {
            return Err(out());
        }
        deliver::check_ready(world, ctx, sku, line.quantity, out)?;
    }
    Ok(())
}

/// Delivers every line. The caller has checked that it can be, and moved the money.
pub fn complete(
    world: &mut World,
    ctx: &mut Context<'_>,
    mut order: Order,
    mut lines: Vec<Line>,
    payment: PaymentId,
    mut postings: Vec<Posting>,
) -> Completed {
    let (mut held, mut vouchers) = (Vec::new(), Vec::new());
    let waited = order.waits();
    for line in &mut lines {
        let amount = i64::from(line.quantity);
        let listed = world.config.listed(order.tenant, line.sku);
        let sku = listed.as_ref().map(Listed::sku);
        if let Some(sku) = sku.filter(|sku| sku.terms.kind == SkuKind::Content) {
            postings.push(share::with(world, ctx, &order, line, sku));
        } else {
            let terms = sku.and_then(|sku| sku.terms.voucher.as_deref());
            let mut codes = Vec::new();
            if sku.is_none_or(|sku| sku.terms.is_stocked()) {
                let becomes = terms.map_or(CodeState::Issued, |_| CodeState::Voucher);
                if waited && line.hold.is_some() {
                    let hold = line.hold.and_then(|id| world.ledger.holds.get(&(order.tenant, id)));
                    held.extend(hold.map(reserve::held_fact));
                    let given = deliver::from_hold(world, ctx, &order, line, becomes);
                    let (taken, moved) = given.unzip();
                    codes = taken.unwrap_or_default();
                    postings.extend(moved);
                    limit::count_held(world, &order, line.sku, -amount);
                } else {
                    let (taken, moved) = deliver::from_stock(world, ctx, &order, line, becomes);
                    codes = taken;
                    postings.push(moved);
                }
            }
            if let Some(terms) = terms {
                let made = issue::for_line(world, ctx, &order, line, terms, &codes, &mut postings);
                vouchers.extend(made);
            }
        }
        if !waited {
            limit::count_taken(world, &order, line.sku, amount);
        }
    }
    if waited {
        reserve::end_wait(world, &order);
    }
    order.paid = order.total;
    order.expires_at = None;
    order.closed = None;
    order.payment = Some(payment);
    world.order.save_order(order.clone());
    world.order.lines.insert(order.key(), lines.clone());
    Completed { order, lines, held, vouchers, postings }
}

impl Completed {
    /// Records it with the payment that did it.
    pub fn record(
        self,
        world: &mut World,
        ctx: &Context<'_>,
        payment: Payment,
        receipt: Option<Receipt>,
        refunds: Vec<Refund>,
    ) {
        let subject = self.order.id.0;
        let fact = OrderPaid {
            order: self.order,
            lines: self.lines.iter().map(Line::fact).collect(),
            payment,
            receipt,
            refunds,
            vouchers: self.vouchers,
            held: self.held,
            postings: self.postings,
        };
        world.record(ctx, subject, fact);
    }
}

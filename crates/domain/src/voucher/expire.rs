//! End vouchers whose time is over, a slice at a time: money back, kept by the merchant, or more time. Each ends once,
//! because its row says how it stands.

use super::fact::VouchersExpired;
use super::{OnExpiry, Voucher, VoucherState, moves};
use crate::ledger::{AccountKey, Reason};
use crate::order;
use crate::refund::expired;
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{FOREVER, OrderId, SkuId, Tenant, Timestamp, VoucherId};
use std::collections::BTreeMap;

/// Vouchers of one slice.
pub const SLICE: u32 = 100;

/// Ends vouchers of a SKU.
#[derive(Debug, Clone)]
pub struct ExpireVouchers {
    /// The SKU.
    pub sku: SkuId,
    /// Vouchers whose time seems over, with the orders that delivered them. None: nothing is left to do now.
    pub due: Vec<(VoucherId, Option<OrderId>)>,
    /// When the next one's time is over.
    pub next: Option<Timestamp>,
    /// The end of the lease under which this was read.
    pub lease: Timestamp,
}

/// The timer of a SKU's vouchers.
pub fn timer(tenant: Tenant, sku: SkuId) -> WorkKey {
    WorkKey { kind: WorkKind::ExpireVouchers, tenant, subject: sku.0 }
}

/// The timer rings at a time, or earlier. A lease ends: who holds it has read what was before, and must not set the
/// timer by that.
pub fn ring_by(world: &mut World, tenant: Tenant, sku: SkuId, at: Timestamp) {
    let key = timer(tenant, sku);
    match world.work.change(&key) {
        Some(work) => (work.due_at, work.lease_until) = (work.due_at.min(at), Timestamp(0)),
        None => world.work.insert(key, Work::due(at)),
    }
}

impl Verb for ExpireVouchers {
    type Answer = ();

    /// Orders before vouchers, as everywhere; then payments and wallets.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.tenant(tenant);
        needs.work.keys.insert(timer(tenant, self.sku));
        for (voucher, order) in &self.due {
            needs.voucher.vouchers.insert((tenant, *voucher));
            let Some(order) = order else { continue };
            needs.order.orders.insert((tenant, *order));
            if let Some(order) = world.order.orders.get(&(tenant, *order)) {
                needs.payment.payments.extend(order.payment.map(|payment| (tenant, payment)));
                needs.ledger.account(AccountKey::wallet(tenant, order.buyer, order.currency));
            }
        }
    }

    /// Always succeeds. What is not over, or ended before, stays as it is.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let mut back: BTreeMap<OrderId, Vec<Voucher>> = BTreeMap::new();
        let (mut ended, mut postings) = (Vec::new(), Vec::new());
        for (id, order) in &self.due {
            let Some(voucher) = world.voucher.vouchers.get(&(tenant, *id)) else { continue };
            if !voucher.is_effective() || ctx.now < voucher.valid_until {
                continue;
            }
            let mut voucher = voucher.clone();
            match (voucher.on_expiry, *order) {
                (OnExpiry::Refund, Some(order)) if voucher.refundable() > 0 => {
                    back.entry(order).or_default().push(voucher);
                    continue;
                }
                (OnExpiry::Extend(days), _) => {
                    voucher.valid_until = voucher.valid_until.plus_days(i64::from(days));
                    voucher.on_expiry = OnExpiry::Forfeit;
                }
                _ => {
                    moves::end(
                        world,
                        ctx,
                        &mut voucher,
                        (Reason::Lapse, self.sku.0),
                        &mut postings,
                    );
                    voucher.state = VoucherState::Expired;
                }
            }
            world.voucher.save(voucher.clone());
            ended.push(voucher);
        }
        if !ended.is_empty() {
            let fact = VouchersExpired { sku: self.sku, vouchers: ended, postings };
            world.record(ctx, self.sku.0, fact);
        }
        for (id, vouchers) in back {
            let (order, lines) = order::require(world, tenant, id)?;
            expired::give_back(world, ctx, order, lines, vouchers);
        }
        self.wind(world, tenant, ctx.now);
        Ok(())
    }
}

impl ExpireVouchers {
    /// Sets the timer: at once as long as something may be over, then when the next voucher's time is over, be it one that
    /// is there or one that is delivered from now on. Where the lease is another's by now, so is the timer.
    fn wind(&self, world: &mut World, tenant: Tenant, now: Timestamp) {
        let work = world.work.get(&timer(tenant, self.sku));
        if work.is_none_or(|work| work.lease_until != self.lease || self.lease <= Timestamp(0)) {
            return;
        }
        let terms = world.config.sku(tenant, self.sku);
        let terms = terms.and_then(|(_, sku)| sku.terms.voucher.as_ref());
        let later = terms.map(|terms| terms.earliest_end(now)).filter(|end| *end > now);
        let due = if self.due.is_empty() {
            self.next.into_iter().chain(later).min().filter(|due| *due < FOREVER)
        } else {
            Some(now)
        };
        match due {
            Some(due) => world.work.insert(timer(tenant, self.sku), Work::due(due)),
            None => world.work.remove(&timer(tenant, self.sku)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The timer of a SKU whose last reader found nothing, and what the reader then made of it.
    fn wound(rung: bool, claimed_again: bool) -> Option<Work> {
        let (tenant, sku) = (crate::identity::operator(), SkuId([1; 16]));
        let (mut world, lease) = (World::default(), Timestamp(10));
        let work = Work { due_at: Timestamp(1), lease_until: lease, attempts: 1 };
        world.work.loaded(timer(tenant, sku), Some(work));
        if rung {
            ring_by(&mut world, tenant, sku, Timestamp(3));
        }
        if claimed_again && let Some(work) = world.work.change(&timer(tenant, sku)) {
            work.lease_until = Timestamp(20);
        }
        let expire = ExpireVouchers { sku, due: Vec::new(), next: None, lease };
        expire.wind(&mut world, tenant, Timestamp(5));
        world.work.get(&timer(tenant, sku)).copied()
    }

    #[test]
    fn a_timer_that_rings_while_vouchers_are_read_rings_again() {
        assert_eq!(wound(false, false), None, "nothing is left to do");
        let rung = wound(true, false).expect("a timer");
        assert_eq!((rung.due_at, rung.lease_until), (Timestamp(1), Timestamp(0)));
        let taken = wound(true, true).expect("a timer");
        assert_eq!(taken.lease_until, Timestamp(20), "whoever claimed it sets it");
    }
}

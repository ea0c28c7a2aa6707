//! Take a redemption back: what was taken is left again.

use super::fact::RedemptionReversed;
use super::moves::Shift;
use super::{Redemption, VoucherState, expire, wrong_state};
use crate::ledger::{AccountKind, Reason};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::RedemptionId;

/// How long a redemption can be taken back, in microseconds: 24 hours.
pub const WINDOW_US: i64 = 86_400_000_000;

/// Takes a redemption back.
#[derive(Debug, Clone)]
pub struct ReverseRedemption {
    /// Which one.
    pub redemption: RedemptionId,
    /// Why, where somebody says so.
    pub reason: Option<String>,
}

impl Verb for ReverseRedemption {
    type Answer = Redemption;

    /// The redemption, its voucher, and the timer of the voucher's end.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.tenant(tenant);
        needs.voucher.redemptions.insert((tenant, self.redemption));
        if let Some(redemption) = world.voucher.redemptions.get(&(tenant, self.redemption)) {
            needs.voucher.vouchers.insert((tenant, redemption.voucher));
            needs.work.keys.insert(expire::timer(tenant, redemption.sku));
        }
    }

    /// Order of checks: the redemption exists, was not taken back, its window, the voucher's state. A voucher whose time is
    /// over meanwhile gets back what was taken, and expires with it.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let redemption = world.voucher.redemptions.get(&(tenant, self.redemption));
        let mut redemption = redemption.ok_or(Refusal::NotFound("redemption"))?.clone();
        let voucher = world.voucher.vouchers.get(&(tenant, redemption.voucher));
        let mut voucher = voucher.ok_or(Refusal::NotFound("voucher"))?.clone();
        if redemption.reversed_at.is_some() {
            return Err(wrong_state("voucher_state", "the redemption was taken back before"));
        }
        if ctx.now >= redemption.at.plus_micros(WINDOW_US) {
            return Err(wrong_state("voucher_state", "the time to take it back is over"));
        }
        match voucher.state {
            VoucherState::Effective | VoucherState::Used => {}
            VoucherState::Expired => {
                return Err(wrong_state("voucher_expired", "the voucher expired"));
            }
            VoucherState::Voided => {
                return Err(wrong_state("voucher_state", "the voucher was taken back"));
            }
        }

        voucher.remaining += redemption.taken;
        voucher.state = VoucherState::Effective;
        let unearned = voucher.unearned_at(voucher.remaining);
        let lost = unearned - voucher.unearned;
        voucher.unearned = unearned;
        (redemption.reversed_at, redemption.remaining) = (Some(ctx.now), voucher.remaining);
        let mut postings = Vec::with_capacity(2);
        let shift = Shift {
            from: AccountKind::Redeemed,
            to: AccountKind::Outstanding,
            amount: redemption.taken,
            unearned: lost,
            reason: Reason::Reverse,
            subject: redemption.id.0,
        };
        shift.carry_out(world, ctx, &voucher, &mut postings);
        if voucher.valid_until <= ctx.now {
            expire::ring_by(world, tenant, voucher.sku, ctx.now);
        }
        world.voucher.save(voucher.clone());
        world.voucher.redemptions.insert(redemption.key(), redemption.clone());
        let fact = RedemptionReversed {
            redemption: redemption.clone(),
            voucher,
            reason: self.reason,
            postings,
        };
        world.record(ctx, redemption.id.0, fact);
        Ok(redemption)
    }
}

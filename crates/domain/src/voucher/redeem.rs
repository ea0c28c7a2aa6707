//! Redeem a voucher: take some of what is left of it.

use super::fact::VoucherRedeemed;
use super::moves::Shift;
use super::terms::find_store;
use super::{Redemption, Voucher, VoucherState, VoucherType, wrong_state};
use crate::ledger::{AccountKind, Reason};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{Id16, Money, RedemptionId, StoreId, Tenant, Timestamp};

/// Takes some of a voucher.
#[derive(Debug, Clone, Copy)]
pub struct RedeemVoucher {
    /// The tag of its code.
    pub tag: Id16,
    /// How much.
    pub take: Take,
    /// Where, if it is said.
    pub store: Option<StoreId>,
}

/// How much is taken of a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// So many uses.
    Uses(u32),
    /// So much money.
    Amount(Money),
}

impl Verb for RedeemVoucher {
    type Answer = Redemption;

    /// The voucher, by the tag of its code.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.tenant(tenant);
        needs.voucher.tags.insert((tenant, self.tag));
        if let Some(id) = world.voucher.tags.get(&(tenant, self.tag)) {
            needs.voucher.vouchers.insert((tenant, *id));
        }
    }

    /// Order of checks: the voucher exists, its state, its time, the store, what is taken, what is left.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let id = world.voucher.tags.get(&(tenant, self.tag));
        let voucher = id.and_then(|id| world.voucher.vouchers.get(&(tenant, *id)));
        let mut voucher = voucher.ok_or(Refusal::NotFound("voucher"))?.clone();
        check_state(&voucher, ctx.now)?;
        check_store(world, tenant, &voucher, self.store)?;
        let taken = self.taken(&voucher)?;
        if taken > voucher.remaining {
            return Err(wrong_state("voucher_used_up", "less is left of the voucher"));
        }

        voucher.remaining -= taken;
        let unearned = voucher.unearned_at(voucher.remaining);
        let earned = voucher.unearned - unearned;
        voucher.unearned = unearned;
        if voucher.remaining == 0 {
            voucher.state = VoucherState::Used;
        }
        let redemption = Redemption {
            id: RedemptionId((ctx.draw)()),
            tenant,
            voucher: voucher.id,
            sku: voucher.sku,
            store: self.store,
            counts: voucher.counts,
            currency: voucher.currency,
            taken,
            remaining: voucher.remaining,
            earned,
            at: ctx.now,
            reversed_at: None,
        };
        let mut postings = Vec::with_capacity(2);
        let shift = Shift {
            from: AccountKind::Outstanding,
            to: AccountKind::Redeemed,
            amount: taken,
            unearned: -earned,
            reason: Reason::Redeem,
            subject: redemption.id.0,
        };
        shift.carry_out(world, ctx, &voucher, &mut postings);
        world.voucher.save(voucher.clone());
        world.voucher.redemptions.insert(redemption.key(), redemption.clone());
        let fact = VoucherRedeemed { redemption: redemption.clone(), voucher, postings };
        world.record(ctx, redemption.id.0, fact);
        Ok(redemption)
    }
}

impl RedeemVoucher {
    /// Uses, or ledger units.
    fn taken(&self, voucher: &Voucher) -> Result<i64, Refusal> {
        match (self.take, voucher.counts) {
            (Take::Uses(0), VoucherType::Count) => Err(Refusal::invalid("uses", "send at least 1")),
            (Take::Uses(uses), VoucherType::Count) => Ok(i64::from(uses)),
            (Take::Amount(amount), VoucherType::Amount) => {
                if amount.currency != voucher.currency {
                    let detail = "use the currency of the voucher";
                    return Err(Refusal::invalid("amount.currency", detail));
                }
                let units = amount.to_ledger().ok().filter(|units| *units > 0);
                units.ok_or_else(|| Refusal::invalid("amount.amount", "send a positive amount"))
            }
            (_, VoucherType::Count) => {
                Err(Refusal::invalid("amount", "this voucher counts uses; send `uses`"))
            }
            (_, VoucherType::Amount) => {
                Err(Refusal::invalid("uses", "this voucher holds money; send `amount`"))
            }
        }
    }
}

/// Whether something can be taken of a voucher now.
pub fn check_state(voucher: &Voucher, now: Timestamp) -> Result<(), Refusal> {
    match voucher.state {
        VoucherState::Voided => Err(wrong_state("voucher_state", "the voucher was taken back")),
        VoucherState::Used => Err(wrong_state("voucher_used_up", "the voucher is used up")),
        VoucherState::Expired => Err(wrong_state("voucher_expired", "the voucher expired")),
        VoucherState::Effective if now >= voucher.valid_until => {
            Err(wrong_state("voucher_expired", "the voucher expired"))
        }
        VoucherState::Effective if now < voucher.valid_from => {
            Err(wrong_state("voucher_state", "the voucher is not valid yet"))
        }
        VoucherState::Effective => Ok(()),
    }
}

/// Stores are those of the template as it is now, so that one which opened later counts.
fn check_store(
    world: &World,
    tenant: Tenant,
    voucher: &Voucher,
    store: Option<StoreId>,
) -> Result<(), Refusal> {
    if store.is_some_and(|store| find_store(world, tenant, store).is_none()) {
        return Err(Refusal::invalid("store", "there is no such store"));
    }
    let terms =
        world.config.sku(tenant, voucher.sku).and_then(|(_, sku)| sku.terms.voucher.as_ref());
    let only = terms.map_or(&[][..], |terms| &terms.stores);
    if only.is_empty() || store.is_some_and(|store| only.contains(&store)) {
        Ok(())
    } else {
        Err(wrong_state("voucher_not_here", "the voucher is redeemed in other stores"))
    }
}

//! Redeem a voucher: take some of what is left of it.

use super::fact::VoucherRedeemed;
use super::moves::Shift;
use super::terms::find_store;
use super::{
    Redemption, Voucher, VoucherState, VoucherType, code, expire, hours, show, wrong_state,
};
use crate::ledger::{AccountKind, Reason};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{FOREVER, Id16, Money, RedemptionId, StoreId, Timestamp};

/// Takes some of a voucher.
#[derive(Debug, Clone, Copy)]
pub struct RedeemVoucher {
    /// What was shown of it.
    pub shown: Shown,
    /// How much.
    pub take: Take,
    /// The bill, if it is said.
    pub spend: Option<Money>,
    /// Where, if it is said.
    pub store: Option<StoreId>,
}

/// What is shown of a voucher to redeem it, as far as it can be told from what was typed: a token, a code of ours, or one that
/// the merchant brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The digits of a token.
    pub token: Option<u32>,
    /// Tags of codes; what is more likely comes first.
    tags: [Option<Id16>; 4],
}

impl Shown {
    /// Reads what was typed; none where nothing was. `ours` gives the tag of a code that we made, `imported` that of one which
    /// is what was typed. Whoever types a code that was brought need not know its case; one of ours is folded anyway.
    pub fn read(
        typed: &str,
        ours: impl FnOnce(&code::Bits) -> Id16,
        imported: impl Fn(&str) -> Id16,
    ) -> Option<Self> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        let (token, made) = (show::read(typed), code::read(typed).map(|bits| ours(&bits)));
        let case = |other: String| {
            let differs = made.is_none() && other != typed;
            differs.then(|| imported(&other))
        };
        let (upper, lower) = (case(typed.to_uppercase()), case(typed.to_lowercase()));
        Some(Self { token, tags: [made, Some(imported(typed)), upper, lower] })
    }

    /// Tags of the codes that it may be; what is more likely comes first.
    pub fn tags(&self) -> impl Iterator<Item = Id16> {
        self.tags.into_iter().flatten()
    }
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

    /// The voucher, by the tag of its code or by the digits of its token; the timer of what is valid from its first use on.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs_of(self.shown, at, needs);
    }

    /// Order of checks: the voucher exists, what is shown of it, its state, its time, the store, the hours, the bill, what is
    /// taken, what is left.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let place = Place { store: self.store, spend: self.spend };
        let checked = check(world, ctx, self.shown, self.take, place)?;
        let id = RedemptionId((ctx.draw)());
        Ok(take(world, ctx, checked, id, place))
    }
}

/// What [`check`] looks at.
pub(super) fn needs_of(shown: Shown, at: &At<'_>, needs: &mut Needs) {
    let At { tenant, world, .. } = *at;
    needs.tenant(tenant);
    let mut found = Vec::new();
    if let Some(digits) = shown.token {
        needs.voucher.digits.insert((tenant, digits));
        found.extend(world.voucher.digits.get(&(tenant, digits)).into_iter().flatten());
        needs.voucher.tokens.extend(found.iter().map(|id| (tenant, *id)));
    }
    for tag in shown.tags() {
        needs.voucher.tags.insert((tenant, tag));
        found.extend(world.voucher.tags.get(&(tenant, tag)));
    }
    for id in found {
        needs.voucher.vouchers.insert((tenant, id));
        if let Some(voucher) = world.voucher.vouchers.get(&(tenant, id))
            && voucher.use_days > 0
        {
            needs.work.keys.insert(expire::timer(tenant, voucher.sku));
        }
    }
}

/// Where something is redeemed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The store, if it is said.
    pub store: Option<StoreId>,
    /// The bill, if it is said.
    pub spend: Option<Money>,
}

/// A voucher of which something may be taken.
#[derive(Debug)]
pub(super) struct Checked {
    /// As it stands before.
    pub voucher: Voucher,
    /// Uses, or ledger units.
    taken: i64,
    /// A token was shown, which is over then.
    by_token: bool,
}

/// Whether so much may be taken here of what is shown; nothing is taken yet.
pub(super) fn check(
    world: &World,
    ctx: &Context<'_>,
    shown: Shown,
    take: Take,
    place: Place,
) -> Result<Checked, Refusal> {
    let (voucher, by_token) = shown.found(world, ctx)?;
    check_state(&voucher, ctx.now)?;
    check_place(world, ctx, &voucher, place)?;
    let taken = take.of(&voucher)?;
    if taken > voucher.remaining {
        return Err(wrong_state("voucher_used_up", "less is left of the voucher"));
    }
    Ok(Checked { voucher, taken, by_token })
}

/// Takes what was checked.
pub(super) fn take(
    world: &mut World,
    ctx: &mut Context<'_>,
    Checked { mut voucher, taken, by_token }: Checked,
    id: RedemptionId,
    place: Place,
) -> Redemption {
    let tenant = ctx.origin.tenant;
    voucher.remaining -= taken;
    let unearned = voucher.unearned_at(voucher.remaining);
    let earned = voucher.unearned - unearned;
    voucher.unearned = unearned;
    if voucher.remaining == 0 {
        voucher.state = VoucherState::Used;
    }
    if voucher.use_days > 0 && voucher.valid_until == FOREVER {
        voucher.valid_until = ctx.now.plus_days(i64::from(voucher.use_days));
        expire::ring_by(world, tenant, voucher.sku, voucher.valid_until);
    }
    if by_token {
        show::spend(world, &voucher);
    }
    let redemption = Redemption {
        id,
        tenant,
        voucher: voucher.id,
        sku: voucher.sku,
        store: place.store,
        by: ctx.origin.actor,
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
    redemption
}

impl Shown {
    /// The voucher that is shown, and whether by a token. One that is shown by tokens is never redeemed by its code.
    fn found(self, world: &World, ctx: &Context<'_>) -> Result<(Voucher, bool), Refusal> {
        let (tenant, rows) = (ctx.origin.tenant, &world.voucher);
        let row =
            |id| rows.vouchers.get(&(tenant, id)).cloned().ok_or(Refusal::NotFound("voucher"));
        let coded = self.tags().find_map(|tag| rows.tags.get(&(tenant, tag)).copied());
        let Some(id) = coded else {
            let digits = self.token.ok_or(Refusal::NotFound("voucher"))?;
            let shown = show::alive(world, tenant, digits, ctx.now)?;
            return Ok((row(shown.ok_or(Refusal::NotFound("voucher"))?)?, true));
        };
        if self.token.is_some_and(|digits| show::is_alive(world, tenant, digits, ctx.now)) {
            let detail = "a token and a code have these digits; let the holder show a new token";
            return Err(wrong_state("voucher_state", detail));
        }
        let voucher = row(id)?;
        if voucher.live {
            let detail = "the voucher is redeemed by the token on its page, which lives a minute";
            return Err(wrong_state("voucher_state", detail));
        }
        Ok((voucher, false))
    }
}

impl Take {
    /// Uses, or ledger units.
    fn of(self, voucher: &Voucher) -> Result<i64, Refusal> {
        match (self, voucher.counts) {
            (Self::Uses(0), VoucherType::Count) => Err(Refusal::invalid("uses", "send at least 1")),
            (Self::Uses(uses), VoucherType::Count) => Ok(i64::from(uses)),
            (Self::Amount(amount), VoucherType::Amount) => {
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

/// Stores, hours and the least bill are those of the template as it is now, so that a store which opened later counts.
fn check_place(
    world: &World,
    ctx: &Context<'_>,
    voucher: &Voucher,
    Place { store, spend }: Place,
) -> Result<(), Refusal> {
    let tenant = ctx.origin.tenant;
    if store.is_some_and(|store| find_store(world, tenant, store).is_none()) {
        return Err(Refusal::invalid("store", "there is no such store"));
    }
    let terms =
        world.config.sku(tenant, voucher.sku).and_then(|(_, sku)| sku.terms.voucher.as_ref());
    let Some(terms) = terms else { return Ok(()) };
    let only = &terms.stores;
    if !only.is_empty() && store.is_none_or(|store| !only.contains(&store)) {
        return Err(wrong_state("voucher_not_here", "the voucher is redeemed in other stores"));
    }
    let zone = world.config.tenant(tenant).map_or("UTC", |merchant| merchant.zone());
    if !hours::allow(&terms.hours, zone, ctx.now) {
        return Err(wrong_state("voucher_not_here", "the voucher is redeemed at other hours"));
    }
    match (terms.min_spend, spend) {
        (None, _) => Ok(()),
        (Some(_), None) => Err(Refusal::invalid("spend", "send the bill: the voucher has a least")),
        (Some(least), Some(spend)) if spend.currency != least.currency => {
            Err(Refusal::invalid("spend.currency", "use the currency of the voucher"))
        }
        (Some(least), Some(spend)) if spend.amount < least.amount => {
            Err(wrong_state("voucher_not_here", "the bill is below the least of the voucher"))
        }
        (Some(_), Some(_)) => Ok(()),
    }
}

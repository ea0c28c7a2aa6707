//! What moves with vouchers: what they are worth, and the money that was paid for it.

use super::{Voucher, VoucherType};
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason, Unit};
use crate::{Context, World};
use kernel::{Currency, Id16, SkuId, Tenant};

/// An account of what a SKU's vouchers are worth.
pub fn worth_of(
    tenant: Tenant,
    sku: SkuId,
    (counts, currency): (VoucherType, Currency),
    kind: AccountKind,
) -> AccountKey {
    let unit = match counts {
        VoucherType::Count => Unit::Pieces,
        VoucherType::Amount => Unit::Money(currency),
    };
    AccountKey { tenant, owner: sku.0, kind, unit }
}

/// Moves what vouchers of one template are worth from one of its accounts to another, and the money that was paid for
/// that part between what is earned and what is not.
pub struct Shift {
    /// The account that gives; the control account unless vouchers get worth.
    pub from: AccountKind,
    /// The account that receives.
    pub to: AccountKind,
    /// How much: uses, or ledger units.
    pub amount: i64,
    /// Money that becomes unearned when positive, earned when negative, in ledger units.
    pub unearned: i64,
    /// The reason.
    pub reason: Reason,
    /// What made it.
    pub subject: Id16,
}

impl Shift {
    /// Does it for the template of a voucher.
    pub fn carry_out(
        self,
        world: &mut World,
        ctx: &mut Context<'_>,
        of: &Voucher,
        postings: &mut Vec<Posting>,
    ) {
        let Self { from, to, amount, unearned, reason, subject } = self;
        let worth = |kind| worth_of(of.tenant, of.sku, (of.counts, of.currency), kind);
        let own = |kind| AccountKey::own(of.tenant, kind, of.currency);
        let (earned, not) = (own(AccountKind::Sales), own(AccountKind::Unearned));
        let (debit, credit) = if unearned > 0 { (earned, not) } else { (not, earned) };
        for (debit, credit, amount) in
            [(worth(from), worth(to), amount), (debit, credit, unearned.abs())]
        {
            if amount > 0 {
                let wanted = Move { debit, credit, amount, reason, subject };
                postings.push(posting(&transfer(world, ctx, wanted)));
            }
        }
    }
}

/// Takes what is left of a voucher out of its template's account, and its money out of what is unearned.
pub fn end(
    world: &mut World,
    ctx: &mut Context<'_>,
    voucher: &mut Voucher,
    (reason, subject): (Reason, Id16),
    postings: &mut Vec<Posting>,
) {
    let shift = Shift {
        from: AccountKind::Outstanding,
        to: AccountKind::Lapsed,
        amount: voucher.remaining,
        unearned: -voucher.unearned,
        reason,
        subject,
    };
    shift.carry_out(world, ctx, voucher, postings);
    voucher.unearned = 0;
}

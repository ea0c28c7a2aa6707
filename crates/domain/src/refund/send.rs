//! Put money on its way back.

use super::Refund;
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::work::{Work, WorkKey, WorkKind};
use crate::{Context, World};
use kernel::{BuyerId, Money, RefundId, Tenant};

/// The work that talks to the channel.
pub fn sending(tenant: Tenant, refund: RefundId) -> WorkKey {
    WorkKey { kind: WorkKind::SendRefund, tenant, subject: refund.0 }
}

/// Keeps a refund that goes through a channel, moves `amount` of it from one of the merchant's accounts,
/// and sets it to work.
pub fn start(
    world: &mut World,
    ctx: &mut Context<'_>,
    refund: &Refund,
    amount: i64,
    from: AccountKind,
) -> Posting {
    world.work.insert(sending(refund.tenant, refund.id), Work::due(ctx.now));
    world.refund.refunds.insert(refund.key(), refund.clone());
    let to = AccountKey::own(refund.tenant, AccountKind::Refunding, refund.currency);
    give(world, ctx, refund, amount, from, to)
}

/// Gives `amount` of a refund to the buyer's wallet at once.
pub fn to_wallet(
    world: &mut World,
    ctx: &mut Context<'_>,
    refund: &Refund,
    amount: i64,
    from: AccountKind,
    buyer: BuyerId,
) -> Posting {
    world.refund.refunds.insert(refund.key(), refund.clone());
    let to = AccountKey::wallet(refund.tenant, buyer, refund.currency);
    give(world, ctx, refund, amount, from, to)
}

fn give(
    world: &mut World,
    ctx: &mut Context<'_>,
    refund: &Refund,
    amount: i64,
    from: AccountKind,
    to: AccountKey,
) -> Posting {
    let wanted = Move {
        debit: AccountKey::own(refund.tenant, from, refund.currency),
        credit: to,
        amount: Money::new(amount, refund.currency).to_ledger().unwrap_or(0),
        reason: Reason::Refund,
        subject: refund.id.0,
    };
    posting(&transfer(world, ctx, wanted))
}

//! Let an order's line hold what its SKU's buyers share, or take it back. How many hold it is an account.

use crate::catalog::Sku;
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::order::{Line, Order};
use crate::{Context, World};
use kernel::{RefundId, SkuId, Tenant};

/// Delivers the newest version to a line. Callers have checked that there is one.
pub fn with(
    world: &mut World,
    ctx: &mut Context<'_>,
    order: &Order,
    line: &mut Line,
    sku: &Sku,
) -> Posting {
    line.content = Some(sku.content);
    line.delivered = line.quantity;
    let (debit, credit) = (AccountKind::Shared, AccountKind::Held);
    let wanted = Move {
        debit: of(order.tenant, line.sku, debit),
        credit: of(order.tenant, line.sku, credit),
        amount: i64::from(line.quantity),
        reason: Reason::Deliver,
        subject: order.id.0,
    };
    posting(&transfer(world, ctx, wanted))
}

/// Takes it back from a line that holds it.
pub fn take_back(
    world: &mut World,
    ctx: &mut Context<'_>,
    refund: RefundId,
    line: &mut Line,
) -> Posting {
    let tenant = ctx.origin.tenant;
    line.content = None;
    line.delivered = 0;
    let (debit, credit) = (AccountKind::Held, AccountKind::Shared);
    let wanted = Move {
        debit: of(tenant, line.sku, debit),
        credit: of(tenant, line.sku, credit),
        amount: i64::from(line.quantity),
        reason: Reason::TakeBack,
        subject: refund.0,
    };
    posting(&transfer(world, ctx, wanted))
}

/// The account of how many hold it.
pub fn holders(tenant: Tenant, sku: SkuId) -> AccountKey {
    of(tenant, sku, AccountKind::Held)
}

fn of(tenant: Tenant, sku: SkuId, kind: AccountKind) -> AccountKey {
    AccountKey::pieces(tenant, sku, kind)
}

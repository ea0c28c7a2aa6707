//! Give back what was paid for vouchers that expired unused.

use super::request::{Part, carry_out};
use super::{Refund, RefundCause, RefundState};
use crate::order::{Line, Order};
use crate::payment::PayMethod;
use crate::voucher::{Voucher, VoucherState};
use crate::{Context, World};
use kernel::RefundId;

/// Ends vouchers of one order and gives back what is left of their price. The caller has checked that something is.
pub fn give_back(
    world: &mut World,
    ctx: &mut Context<'_>,
    order: Order,
    lines: Vec<Line>,
    vouchers: Vec<Voucher>,
) {
    let paid_by = order.payment.and_then(|id| world.payment.payments.get(&(order.tenant, id)));
    let method = paid_by.map_or(PayMethod::Wallet, |payment| payment.method);
    let at_once = method == PayMethod::Wallet;
    let mut parts: Vec<Part> = Vec::new();
    for voucher in vouchers {
        let number = voucher.source.map_or(0, |(_, line)| line);
        let Some(at) = lines.iter().position(|line| line.number == number) else { continue };
        let amount = voucher.refundable();
        match parts.iter_mut().find(|part| part.at == at) {
            Some(part) => {
                part.quantity += 1;
                part.amount += amount;
                part.vouchers.push(voucher);
            }
            None => parts.push(Part {
                at,
                quantity: 1,
                amount,
                loss: 0,
                unseen: Vec::new(),
                vouchers: vec![voucher],
                becomes: VoucherState::Expired,
                content: false,
            }),
        }
    }
    let refund = Refund {
        id: RefundId((ctx.draw)()),
        tenant: order.tenant,
        order: Some(order.id),
        payment: order.payment,
        receipt: None,
        method,
        currency: order.currency,
        amount: parts.iter().map(|part| part.amount).sum(),
        loss: 0,
        cause: RefundCause::Expired,
        reason: None,
        overridden: false,
        state: if at_once { RefundState::Succeeded } else { RefundState::Processing },
        lines: parts.iter().map(|part| part.line(&lines)).collect(),
        created_at: ctx.now,
        ended_at: at_once.then_some(ctx.now),
    };
    carry_out(world, ctx, refund, (order, lines), parts);
}

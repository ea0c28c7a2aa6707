//! Refunds as callers see them.

use domain::refund;
use edge::wire::{
    CodeId, Money, OrderId, PaymentId, PaymentMethod, RefundCause, RefundId, RefundState, Time,
    VoucherId, Wire,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A refund.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refund {
    /// Its id.
    pub id: RefundId,
    /// The order; null when it is of a recharge.
    pub order: Option<OrderId>,
    /// Where it stands.
    pub state: RefundState,
    /// What goes back.
    pub amount: Money,
    /// The part of it that pays for codes that stayed with the buyer.
    pub loss: Money,
    /// Through what it goes.
    pub method: PaymentMethod,
    /// Which payment gives back; null when the order was bought in one call.
    pub payment: Option<PaymentId>,
    /// The channel's number of the transaction that is given back; null when the order itself is refunded.
    pub receipt: Option<String>,
    /// The cause.
    pub cause: RefundCause,
    /// What the person said who asked.
    pub reason: Option<String>,
    /// Whether the product's rule was overridden.
    pub overridden: bool,
    /// What is refunded of the order; empty when the money was for no goods.
    pub lines: Vec<RefundedLine>,
    /// When it was made.
    pub created_at: Time,
    /// When it ended.
    pub ended_at: Option<Time>,
}

/// A part of a line that is refunded.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundedLine {
    /// Which line.
    pub line: u32,
    /// How many pieces.
    pub quantity: u32,
    /// The codes that were taken back.
    pub codes: Vec<CodeId>,
    /// The vouchers that were taken back, or expired.
    pub vouchers: Vec<VoucherId>,
}

impl Refund {
    /// A refund as it is stored.
    pub fn of(refund: &refund::Refund) -> Self {
        let line = |line: &refund::RefundLine| RefundedLine {
            line: line.line,
            quantity: line.quantity,
            codes: line.codes.iter().copied().map(Wire).collect(),
            vouchers: line.vouchers.iter().copied().map(Wire).collect(),
        };
        Self {
            id: Wire(refund.id),
            order: refund.order.map(Wire),
            state: Wire(refund.state),
            amount: refund.money().into(),
            loss: Money::new(refund.loss, refund.currency),
            method: Wire(refund.method),
            payment: refund.payment.map(Wire),
            receipt: refund.receipt.clone(),
            cause: Wire(refund.cause),
            reason: refund.reason.clone(),
            overridden: refund.overridden,
            lines: refund.lines.iter().map(line).collect(),
            created_at: Wire(refund.created_at),
            ended_at: refund.ended_at.map(Wire),
        }
    }
}

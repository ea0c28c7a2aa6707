//! Refunds (退款): money that goes back, by a rule of ours or because somebody asked.
//!
//! To a wallet it goes in the command that decides it. Through a channel it is on its way until the channel
//! says how it ended; an answer that nobody understands is asked for again, never taken for a failure.

pub mod by_hand;
pub mod expired;
pub mod fact;
pub mod request;
pub mod retry;
pub mod rule;
pub mod send;
pub mod settle;
pub mod world;

use crate::Context;
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use crate::payment::{PayMethod, Receipt};
use kernel::{CodeId, Currency, Money, OrderId, PaymentId, RefundId, Tenant, Timestamp, VoucherId};
use serde::{Deserialize, Serialize};

crate::dispatch::verbs! {
    Refund:
    "request_refund" => request::RequestRefund,
    "settle_refund" => settle::SettleRefund,
    "retry_refund" => retry::RetryRefund,
    "confirm_refund" => by_hand::ConfirmRefund,
}

crate::numbered::numbered! {
    /// Why money goes back. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum RefundCause {
        /// Somebody asked for it.
        Requested = 1,
        /// Less came than is due.
        Underpaid = 2,
        /// More came than is due.
        Overpaid = 3,
        /// The order was paid already.
        PaidTwice = 4,
        /// There are no goods for it any more, or the recharge that it is for is over.
        NoGoods = 5,
        /// The channel had given back a part of it before we heard of it.
        ReturnedElsewhere = 6,
        /// Vouchers expired unused.
        Expired = 10,
    }
}

crate::numbered::numbered! {
    /// Where a refund stands. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum RefundState {
        /// On its way through the channel.
        Processing = 1,
        /// The buyer has it.
        Succeeded = 2,
        /// The channel will not do it; the money waits for a person's decision.
        Failed = 3,
    }
}

/// A part of a line that is refunded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundLine {
    /// Which line.
    pub line: u32,
    /// How many pieces.
    pub quantity: u32,
    /// The codes that were taken back; fewer than pieces when codes were seen.
    pub codes: Vec<CodeId>,
    /// The vouchers that were taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vouchers: Vec<VoucherId>,
}

/// A refund's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its id, which is also its number at the channel.
    pub id: RefundId,
    /// The tenant of the book.
    #[serde(skip, default = "crate::identity::operator")]
    pub tenant: Tenant,
    /// The order; none of a recharge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// Which payment gives back; none for the wallet of an order that was bought in one call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentId>,
    /// The transaction that came in for nothing, when that is the cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// Through what it goes.
    pub method: PayMethod,
    /// The currency of its amounts.
    pub currency: Currency,
    /// What goes back, in minor units.
    pub amount: i64,
    /// The part of it that pays for codes that stayed with the buyer.
    pub loss: i64,
    /// The cause.
    pub cause: RefundCause,
    /// What the person said who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether the product's rule was overridden.
    pub overridden: bool,
    /// Where it stands.
    pub state: RefundState,
    /// What is refunded of the order.
    pub lines: Vec<RefundLine>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}

impl Answer for Refund {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Refund, self.id.0))
    }
}

impl Refund {
    /// Its key among the loaded rows.
    pub fn key(&self) -> (Tenant, RefundId) {
        (self.tenant, self.id)
    }

    /// Under which order's id it is found: that of its order, else its payment's own. One has the other.
    pub fn found_under(&self) -> Option<OrderId> {
        self.order.or(self.payment.map(|payment| OrderId(payment.0)))
    }

    /// What goes back.
    pub fn money(&self) -> Money {
        Money::new(self.amount, self.currency)
    }

    /// Gives back what came in for no goods.
    pub fn of_receipt(
        ctx: &mut Context<'_>,
        receipt: &Receipt,
        amount: i64,
        cause: RefundCause,
    ) -> Self {
        Self {
            id: RefundId((ctx.draw)()),
            tenant: ctx.origin.tenant,
            order: receipt.order,
            payment: Some(receipt.payment),
            receipt: Some(receipt.number.clone()),
            method: receipt.method,
            currency: receipt.currency,
            amount,
            loss: 0,
            cause,
            reason: None,
            overridden: false,
            state: RefundState::Processing,
            lines: Vec::new(),
            created_at: ctx.now,
            ended_at: None,
        }
    }
}

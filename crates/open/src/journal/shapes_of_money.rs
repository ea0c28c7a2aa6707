//! The parts of facts about payments and refunds. Amounts are minor units of their currency.

use edge::wire::{
    AccountId, BuyerId, CodeId, Currency, HoldId, OrderId, PaymentId, PaymentMethod, PaymentState,
    RefundCause, RefundId, RefundState, Time, VoucherId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A hold of an order's pieces.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactHeld {
    /// The hold.
    hold: HoldId,
    /// The account that keeps it.
    account: AccountId,
    /// How many pieces.
    amount: i64,
}

/// A payment as it is after the fact.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactPayment {
    /// Its id.
    id: PaymentId,
    /// The order that it pays; absent of a recharge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order: Option<OrderId>,
    /// The buyer whose wallet it recharges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wallet: Option<BuyerId>,
    /// The payment method.
    method: PaymentMethod,
    /// The currency of its amount.
    currency: Currency,
    /// What is to be paid.
    amount: i64,
    /// Where it stands.
    state: PaymentState,
    /// The channel's number of the transaction that ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    channel_number: Option<String>,
    /// When it was begun.
    created_at: Time,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_at: Option<Time>,
}

/// Money that came in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactReceipt {
    /// The channel's number of the transaction.
    number: String,
    /// Through which channel.
    method: PaymentMethod,
    /// The payment.
    payment: PaymentId,
    /// The order; absent of a recharge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order: Option<OrderId>,
    /// The currency of its amounts.
    currency: Currency,
    /// What came in.
    amount: i64,
    /// The part of it that paid the order or went to the wallet.
    applied: i64,
    /// When it was taken in.
    at: Time,
}

/// A refund as it is after the fact.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactRefund {
    /// Its id.
    id: RefundId,
    /// The order; absent of a recharge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order: Option<OrderId>,
    /// Which payment gives back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    payment: Option<PaymentId>,
    /// The transaction that came in for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    receipt: Option<String>,
    /// Through what it goes.
    method: PaymentMethod,
    /// The currency of its amounts.
    currency: Currency,
    /// What goes back.
    amount: i64,
    /// The part of it that pays for codes that stayed with the buyer.
    loss: i64,
    /// The cause.
    cause: RefundCause,
    /// What the person said who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Whether the product's rule was overridden.
    overridden: bool,
    /// Where it stands.
    state: RefundState,
    /// What is refunded of the order.
    lines: Vec<FactRefundLine>,
    /// When it was made.
    created_at: Time,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_at: Option<Time>,
}

/// A part of a line that is refunded.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactRefundLine {
    /// Which line.
    line: u32,
    /// How many pieces.
    quantity: u32,
    /// The codes that were taken back.
    codes: Vec<CodeId>,
    /// The vouchers that were taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    vouchers: Vec<VoucherId>,
}

/// What a payment through a channel of others has beside its row.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactChannelPayment {
    /// The payment.
    pub payment: PaymentId,
    /// The account that it is bound to.
    pub account: String,
    /// What the channel keeps of it, in basis points.
    pub fee_rate: u32,
    /// When nobody may pay it any more.
    pub closes_at: Time,
    /// What the channel offered, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// The channel's handle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

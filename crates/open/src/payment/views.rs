//! Payments as callers see them.

use domain::payment;
use edge::auth::Caller;
use edge::link::cashier_path;
use edge::wire::{Money, OrderId, PaymentId, PaymentMethod, PaymentState, Time, Wire};
use serde::Serialize;
use utoipa::ToSchema;

/// A payment: one attempt to pay an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// What it pays.
    pub order: OrderId,
    /// The payment method.
    pub method: PaymentMethod,
    /// Where it stands.
    pub state: PaymentState,
    /// What is to be paid.
    pub amount: Money,
    /// Where the buyer pays, as long as he can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cashier_url: Option<String>,
    /// When it was begun.
    pub created_at: Time,
    /// When it ended.
    pub ended_at: Option<Time>,
}

/// A payment with the money that came in for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentWithReceipts {
    /// The payment.
    #[serde(flatten)]
    pub payment: Payment,
    /// The channel's number of the transaction that ended it; null when nothing came.
    pub channel_number: Option<String>,
    /// What came in, oldest first.
    pub receipts: Vec<Receipt>,
}

/// Money that came in through a channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    /// The channel's number of the transaction.
    pub channel_number: String,
    /// What came in.
    pub amount: Money,
    /// The part of it that paid the order; the rest goes back.
    pub applied: Money,
    /// When we took it in.
    pub at: Time,
}

impl PaymentWithReceipts {
    /// A payment as it is stored, with its receipts among those of the order.
    pub fn of(caller: &Caller, payment: &payment::Payment, of_order: &[payment::Receipt]) -> Self {
        let own = of_order.iter().filter(|receipt| receipt.payment == payment.id);
        Self {
            payment: Payment::of(caller, payment),
            channel_number: payment.channel_number.clone(),
            receipts: own.map(Receipt::of).collect(),
        }
    }
}

impl Receipt {
    fn of(receipt: &payment::Receipt) -> Self {
        Self {
            channel_number: receipt.number.clone(),
            amount: Money::new(receipt.amount, receipt.currency),
            applied: Money::new(receipt.applied, receipt.currency),
            at: Wire(receipt.at),
        }
    }
}

impl Payment {
    /// A payment as it is stored.
    pub fn of(caller: &Caller, payment: &payment::Payment) -> Self {
        Self {
            id: Wire(payment.id),
            order: Wire(payment.order),
            method: Wire(payment.method),
            state: Wire(payment.public_state()),
            amount: payment.money().into(),
            cashier_url: cashier_url(caller, payment),
            created_at: Wire(payment.created_at),
            ended_at: payment.ended_at.map(Wire),
        }
    }
}

fn cashier_url(caller: &Caller, payment: &payment::Payment) -> Option<String> {
    match payment.method {
        payment::PayMethod::Test if payment.state.is_open() => {
            let path = cashier_path(&caller.vault(), payment.tenant, payment.id);
            Some(format!("{}{path}", caller.settings().base_url))
        }
        payment::PayMethod::Test | payment::PayMethod::Wallet => None,
    }
}

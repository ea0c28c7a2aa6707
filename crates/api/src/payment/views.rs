//! Payments as callers see them.

use crate::auth::Caller;
use crate::h5::cashier_path;
use crate::wire::{Money, OrderId, PaymentId, PaymentMethod, PaymentState, Time, Wire};
use domain::payment;
use serde::Serialize;
use utoipa::ToSchema;

/// A payment: one attempt to pay an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// What it pays.
    pub order: OrderId,
    /// By what.
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

impl Payment {
    /// A payment as it is stored.
    pub fn of(caller: &Caller, payment: &payment::Payment) -> Self {
        Self {
            id: Wire(payment.id),
            order: Wire(payment.order),
            method: Wire(payment.method),
            state: Wire(payment.state),
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

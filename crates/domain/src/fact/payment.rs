//! Facts about attempts to pay, and about money that is for no goods.

use super::Posting;
use crate::payment::{Payment, Receipt};
use crate::refund::Refund;
use serde::{Deserialize, Serialize};

/// Somebody began to pay through a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentStarted {
    /// The payment.
    pub payment: Payment,
}

/// A channel said that nothing will come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentEnded {
    /// The payment.
    pub payment: Payment,
}

/// Money came in that is for no goods, and goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentReturned {
    /// The payment.
    pub payment: Payment,
    /// The money that came in.
    pub receipt: Receipt,
    /// The refund that takes it back.
    pub refund: Refund,
    /// What moved.
    pub postings: Vec<Posting>,
}

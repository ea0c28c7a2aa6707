//! A notice, whatever channel it came through, after its signature was checked.

use kernel::{Money, OrderId, PaymentId};

/// What a channel tells of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Our number of the payment.
    pub payment: PaymentId,
    /// The order that it is for; none of a recharge.
    pub order: Option<OrderId>,
    /// The channel's number of the transaction, the same in every repetition.
    pub number: String,
    /// What it says.
    pub said: Said,
}

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// So much arrived.
    Paid(Money),
    /// Nothing will arrive: it was refused.
    Failed,
    /// Nothing will arrive: it was closed.
    Closed,
}

/// Why a notice is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// The signature is missing, or not the channel's.
    #[error("the signature is not the channel's")]
    Forged,
    /// It was signed too long ago, or for a time that is yet to come.
    #[error("the notice is too old, or from the future")]
    Stale,
    /// The signature is right and the body makes no sense.
    #[error("the body of the notice cannot be read")]
    Unreadable,
}

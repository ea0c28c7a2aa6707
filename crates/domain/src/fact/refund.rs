//! Facts about money that goes back because somebody asked for it.

use super::LineFact;
use super::Posting;
use crate::order::Order;
use crate::refund::Refund;
use serde::{Deserialize, Serialize};

/// An order was refunded in whole or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundMade {
    /// The refund.
    pub refund: Refund,
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<LineFact>,
    /// What moved: codes first, then money.
    pub postings: Vec<Posting>,
}

/// A channel said how a refund ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundSettled {
    /// The refund.
    pub refund: Refund,
    /// What moved.
    pub posting: Posting,
}

/// A refund that its channel refused was sent again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRetried {
    /// The refund.
    pub refund: Refund,
    /// What moved.
    pub posting: Posting,
}

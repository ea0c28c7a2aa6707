//! Facts about money that goes back because somebody asked for it.

use crate::fact::FactBody;
use crate::fold::Folded;
use crate::ledger::fact::Posting;
use crate::order::Order;
use crate::order::fact::LineFact;
use crate::refund::Refund;
use crate::voucher::Voucher;
use kernel::{Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Refund:
    "refund.made" 1 => RefundMade,
    "refund.settled" 1 => RefundSettled,
    "refund.retried" 1 => RefundRetried,
}

/// An order was refunded in whole or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundMade {
    /// The refund.
    pub refund: Refund,
    /// The order.
    pub order: Order,
    /// Its lines.
    pub lines: Vec<LineFact>,
    /// Vouchers that were taken back, or expired.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vouchers: Vec<Voucher>,
    /// What moved: codes first, then money.
    pub postings: Vec<Posting>,
}

impl FactBody for RefundMade {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.order(tenant, self.order, self.lines);
        rows.refund(tenant, self.refund);
        rows.vouchers(tenant, self.vouchers);
    }
}

/// A channel said how a refund ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundSettled {
    /// The refund.
    pub refund: Refund,
    /// What moved.
    pub posting: Posting,
}

impl FactBody for RefundSettled {
    fn postings(&self) -> &[Posting] {
        std::slice::from_ref(&self.posting)
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.refund(tenant, self.refund);
    }
}

/// A refund that its channel refused was sent again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRetried {
    /// The refund.
    pub refund: Refund,
    /// What moved.
    pub posting: Posting,
}

impl FactBody for RefundRetried {
    fn postings(&self) -> &[Posting] {
        std::slice::from_ref(&self.posting)
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.refund(tenant, self.refund);
    }
}

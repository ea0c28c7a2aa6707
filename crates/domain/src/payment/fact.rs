//! Facts about attempts to pay, and about money that is for no goods.

use crate::fact::FactBody;
use crate::fold::Folded;
use crate::ledger::fact::Posting;
use crate::payment::{Payment, Receipt};
use crate::refund::Refund;
use kernel::{Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Payment:
    "payment.started" 1 => PaymentStarted,
    "payment.ended" 1 => PaymentEnded,
    "payment.returned" 1 => PaymentReturned,
}

/// Somebody began to pay through a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentStarted {
    /// The payment.
    pub payment: Payment,
}

impl FactBody for PaymentStarted {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.payment(tenant, self.payment);
    }
}

/// A channel said that nothing will come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentEnded {
    /// The payment.
    pub payment: Payment,
}

impl FactBody for PaymentEnded {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.payment(tenant, self.payment);
    }
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

impl FactBody for PaymentReturned {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.payment(tenant, self.payment);
        rows.refund(tenant, self.refund);
    }
}

//! When an order's facts moved money and pieces, and under which names: so its transfers are found without an index that the
//! batch which sells would write. A transfer's id begins with the time of its fact.

use crate::fact::Fact;
use crate::order::fact::Fact as OrderFact;
use crate::payment::fact::Fact as PaymentFact;
use crate::refund::fact::Fact as RefundFact;
use kernel::{Id16, Timestamp};
use std::collections::BTreeSet;

/// What the facts of an order say of its transfers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// When something moved, in milliseconds since 1970.
    pub moments: BTreeSet<i64>,
    /// What made it: the order, its payments, refunds and holds.
    pub subjects: BTreeSet<Id16>,
}

impl Moved {
    /// Takes in a fact of the order's story.
    pub fn take(&mut self, at: Timestamp, fact: &Fact) {
        if fact.postings().is_empty() {
            return;
        }
        self.moments.insert(at.millis());
        match fact {
            Fact::Order(OrderFact::OrderBought(fact)) => {
                self.subjects.insert(fact.order.id.0);
            }
            Fact::Order(OrderFact::OrderPaid(fact)) => {
                self.subjects.extend([fact.order.id.0, fact.payment.id.0]);
                self.subjects.extend(fact.refunds.iter().map(|refund| refund.id.0));
                self.subjects.extend(fact.held.iter().map(|held| held.hold.0));
            }
            Fact::Payment(PaymentFact::PaymentReturned(fact)) => {
                self.subjects.extend([fact.payment.id.0, fact.refund.id.0]);
            }
            Fact::Refund(fact) => {
                let refund = match fact {
                    RefundFact::RefundMade(fact) => &fact.refund,
                    RefundFact::RefundSettled(fact) => &fact.refund,
                    RefundFact::RefundRetried(fact) => &fact.refund,
                };
                self.subjects.insert(refund.id.0);
            }
            _ => {}
        }
    }
}

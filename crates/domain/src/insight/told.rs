//! What facts say of orders.

use super::sales::Sales;
use super::{KeyName, OrderKey, amount_key, payment_key, refund_key, state_key};
use crate::fact::Fact;
use crate::inventory::{CodePlace, position};
use crate::order::fact::{Fact as OrderFact, LineFact};
use crate::order::{Order, OrderState};
use crate::payment::fact::Fact as PaymentFact;
use crate::payment::{Payment, PaymentState, found_under};
use crate::people::fact::Fact as PeopleFact;
use crate::refund::fact::Fact as RefundFact;
use crate::refund::{Refund, RefundState};
use kernel::{ApprovalId, OrderId, Tenant, Timestamp};
use std::collections::BTreeMap;

/// Beginnings of the kinds that say something of orders.
const KINDS: [&str; 5] = ["order.", "codes.", "payment.", "refund.", "approval."];

/// What a run of facts of one book says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Keys that orders have from now on, or have no more.
    pub keys: BTreeMap<OrderKey, bool>,
    /// Orders with the numbers of their facts, in the order of the facts.
    pub facts: Vec<(OrderId, i64)>,
    /// What was sold.
    pub sales: Sales,
    /// Codes that were delivered: whoever follows looks up their batches.
    pub delivered: Vec<(OrderId, CodePlace)>,
    /// Facts about acts that wait for a second person: whoever follows looks up which orders they are about.
    pub approvals: Vec<(ApprovalId, i64)>,
    /// New orders: whoever follows looks up what their buyers answered.
    pub placed: Vec<OrderId>,
}

impl Told {
    /// Whether facts of a kind say anything here, so that others need not be read.
    pub fn wants(kind: &str) -> bool {
        KINDS.iter().any(|start| kind.starts_with(start))
    }

    /// Takes in the next fact.
    pub fn take(&mut self, tenant: Tenant, seq: i64, at: Timestamp, fact: &Fact) {
        self.sales.take(at, fact);
        match fact {
            Fact::Order(fact) => self.take_order(tenant, seq, fact),
            Fact::Payment(fact) => {
                let payment = match fact {
                    PaymentFact::PaymentStarted(fact) => &fact.payment,
                    PaymentFact::PaymentEnded(fact) => &fact.payment,
                    PaymentFact::PaymentRecharged(fact) => {
                        fact.refunds.iter().for_each(|refund| self.refund(refund, true));
                        &fact.payment
                    }
                    PaymentFact::PaymentOffered(_)
                    | PaymentFact::NoticeRefused(_)
                    | PaymentFact::AccountUnreadable(_) => return,
                    PaymentFact::PaymentReturned(fact) => {
                        self.refund(&fact.refund, true);
                        &fact.payment
                    }
                };
                self.payment(payment, matches!(fact, PaymentFact::PaymentStarted(_)));
                self.facts.extend(payment.order().map(|order| (order, seq)));
            }
            Fact::Refund(fact) => self.take_refund(seq, fact),
            Fact::Approval(fact) => self.approvals.push((fact.approval(), seq)),
            Fact::People(PeopleFact::OrderUnmasked(fact)) => self.facts.push((fact.order, seq)),
            _ => {}
        }
    }

    fn take_order(&mut self, tenant: Tenant, seq: i64, fact: &OrderFact) {
        let order = match fact {
            OrderFact::OrderBought(fact) => {
                self.new_order(&fact.order, &fact.lines);
                self.delivered(tenant, &fact.order, &fact.lines);
                fact.order.id
            }
            OrderFact::OrderPlaced(fact) => {
                self.new_order(&fact.order, &fact.lines);
                fact.order.id
            }
            OrderFact::OrderPaid(fact) => {
                self.state(&fact.order, &fact.lines);
                self.delivered(tenant, &fact.order, &fact.lines);
                self.payment(&fact.payment, false);
                fact.refunds.iter().for_each(|refund| self.refund(refund, true));
                fact.order.id
            }
            OrderFact::OrderClosed(fact) => {
                self.state(&fact.order, &fact.lines);
                fact.order.id
            }
            OrderFact::OrderRetimed(fact) => fact.order.id,
            OrderFact::OrderNoted(fact) => fact.order,
            OrderFact::OrderLinkGiven(fact) => fact.order,
            OrderFact::CodesRevealed(fact) => fact.order,
            OrderFact::CodesUnreadable(fact) => fact.order,
        };
        self.facts.push((order, seq));
    }

    fn take_refund(&mut self, seq: i64, fact: &RefundFact) {
        let refund: &Refund = match fact {
            RefundFact::RefundMade(fact) => {
                self.state(&fact.order, &fact.lines);
                &fact.refund
            }
            RefundFact::RefundSettled(fact) => &fact.refund,
            RefundFact::RefundRetried(fact) => &fact.refund,
        };
        self.refund(refund, matches!(fact, RefundFact::RefundMade(_)));
        self.facts.extend(refund.order.map(|order| (order, seq)));
    }

    /// A payment stands there now. What is new had no key before.
    fn payment(&mut self, payment: &Payment, is_new: bool) {
        let now = payment_key(payment.public_state());
        let under = found_under(payment.order(), payment.id);
        for name in PaymentState::ALL.into_iter().filter_map(payment_key) {
            let there = now == Some(name);
            if there || !is_new {
                self.keys.insert((name, payment.id.0, under), there);
            }
        }
    }

    /// The same of a refund.
    fn refund(&mut self, refund: &Refund, is_new: bool) {
        let now = refund_key(refund.state);
        let Some(under) = refund.found_under() else { return };
        for name in RefundState::ALL.into_iter().filter_map(refund_key) {
            let there = now == Some(name);
            if there || !is_new {
                self.keys.insert((name, refund.id.0, under), there);
            }
        }
    }

    fn new_order(&mut self, order: &Order, lines: &[LineFact]) {
        self.placed.push(order.id);
        self.keys.insert((KeyName::Buyer, order.buyer.0, order.id), true);
        self.keys.insert((KeyName::Amount, amount_key(order.total), order.id), true);
        for line in lines {
            self.keys.insert((KeyName::Sku, line.sku.0, order.id), true);
        }
        if let Some(key) = state_key(order.state_told(lines)) {
            self.keys.insert((KeyName::State, key, order.id), true);
        }
    }

    /// An order that was there before has another state, perhaps.
    fn state(&mut self, order: &Order, lines: &[LineFact]) {
        let now = state_key(order.state_told(lines));
        for key in OrderState::ALL.into_iter().filter_map(state_key) {
            self.keys.insert((KeyName::State, key, order.id), now == Some(key));
        }
    }

    fn delivered(&mut self, tenant: Tenant, order: &Order, lines: &[LineFact]) {
        for line in lines {
            for (code, until) in &line.codes {
                let place = (tenant, line.sku, position(Timestamp(*until), *code));
                self.delivered.push((order.id, place));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::PayMethod;
    use crate::payment::fact::{PaymentEnded, PaymentReturned, PaymentStarted};
    use crate::payment::{Goal, PaymentState, Receipt};
    use crate::refund::RefundCause;
    use crate::refund::fact::RefundSettled;
    use kernel::{Currency, PaymentId, RefundId};

    const ORDER: OrderId = OrderId([1; 16]);

    fn payment(state: PaymentState) -> Payment {
        Payment {
            id: PaymentId([2; 16]),
            tenant: crate::identity::operator(),
            goal: Goal::Order(ORDER),
            method: PayMethod::Test,
            currency: Currency::Cny,
            amount: 5,
            state,
            channel_number: None,
            created_at: Timestamp(0),
            ended_at: None,
        }
    }

    fn refund(state: RefundState) -> Refund {
        Refund {
            id: RefundId([3; 16]),
            tenant: crate::identity::operator(),
            order: Some(ORDER),
            payment: None,
            receipt: None,
            method: PayMethod::Test,
            currency: Currency::Cny,
            amount: 5,
            loss: 0,
            cause: RefundCause::PaidTwice,
            reason: None,
            overridden: false,
            state,
            lines: Vec::new(),
            created_at: Timestamp(0),
            ended_at: None,
        }
    }

    fn keys(told: &Told) -> Vec<KeyName> {
        let there = told.keys.iter().filter(|(_, there)| **there);
        there.filter(|((_, _, order), _)| *order == ORDER).map(|((name, ..), _)| *name).collect()
    }

    fn take(told: &mut Told, fact: impl Into<Fact>) -> Vec<KeyName> {
        told.take(crate::identity::operator(), 1, Timestamp(0), &fact.into());
        keys(told)
    }

    #[test]
    fn money_that_is_not_in_its_usual_state_is_found_by_it() {
        use KeyName::{FailedPayment, OpenPayment, RefundUnderWay, ReturnedPayment, StuckRefund};
        let mut told = Told::default();
        let started = PaymentStarted { payment: payment(PaymentState::Pending), channel: None };
        assert_eq!(take(&mut told, started), [OpenPayment]);
        assert_eq!(told.keys.len(), 1, "what is new had no key that goes");
        let failed = PaymentEnded { payment: payment(PaymentState::Failed) };
        assert_eq!(take(&mut told, failed), [FailedPayment]);
        let posting = crate::ledger::fact::Posting {
            debit: kernel::AccountId([4; 16]),
            credit: kernel::AccountId([5; 16]),
            amount: 5,
        };
        let receipt = Receipt {
            number: "t-1".into(),
            method: PayMethod::Test,
            payment: PaymentId([2; 16]),
            order: Some(ORDER),
            currency: Currency::Cny,
            amount: 5,
            applied: 0,
            at: Timestamp(0),
        };
        let returned = PaymentReturned {
            payment: payment(PaymentState::Returned),
            receipt,
            refund: refund(RefundState::Processing),
            postings: vec![posting],
        };
        assert_eq!(take(&mut told, returned), [ReturnedPayment, RefundUnderWay]);
        let settled = |state| RefundSettled { refund: refund(state), posting };
        let stuck = take(&mut told, settled(RefundState::Failed));
        assert_eq!(stuck, [StuckRefund, ReturnedPayment]);
        assert_eq!(take(&mut told, settled(RefundState::Succeeded)), [ReturnedPayment]);
    }
}

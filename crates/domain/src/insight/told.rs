//! What facts say of orders.

use super::{KeyName, OrderKey, SumKey, SumName, amount_key, slot_of, state_key};
use crate::fact::Fact;
use crate::inventory::{CodePlace, position};
use crate::order::fact::{Fact as OrderFact, LineFact};
use crate::order::{Order, OrderState};
use crate::payment::fact::Fact as PaymentFact;
use crate::people::fact::Fact as PeopleFact;
use crate::refund::fact::Fact as RefundFact;
use crate::refund::{Refund, RefundState};
use kernel::{OrderId, Tenant, Timestamp};
use std::collections::BTreeMap;

/// Beginnings of the kinds that say something of orders.
const KINDS: [&str; 4] = ["order.", "codes.", "payment.", "refund."];

/// What a run of facts of one book says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Keys that orders have from now on, or have no more.
    pub keys: BTreeMap<OrderKey, bool>,
    /// Orders with the numbers of their facts, in the order of the facts.
    pub facts: Vec<(OrderId, i64)>,
    /// What sums grow by.
    pub sums: BTreeMap<SumKey, i64>,
    /// Codes that were delivered: whoever follows looks up their batches.
    pub delivered: Vec<(OrderId, CodePlace)>,
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
        match fact {
            Fact::Order(fact) => self.take_order(tenant, seq, at, fact),
            Fact::Payment(fact) => {
                let payment = match fact {
                    PaymentFact::PaymentStarted(fact) => &fact.payment,
                    PaymentFact::PaymentEnded(fact) => &fact.payment,
                    PaymentFact::PaymentReturned(fact) => &fact.payment,
                };
                self.facts.push((payment.order, seq));
            }
            Fact::Refund(fact) => self.take_refund(seq, at, fact),
            Fact::People(PeopleFact::OrderUnmasked(fact)) => self.facts.push((fact.order, seq)),
            _ => {}
        }
    }

    fn take_order(&mut self, tenant: Tenant, seq: i64, at: Timestamp, fact: &OrderFact) {
        let order = match fact {
            OrderFact::OrderBought(fact) => {
                self.new_order(&fact.order, &fact.lines, at);
                self.paid(tenant, &fact.order, &fact.lines, at);
                fact.order.id
            }
            OrderFact::OrderPlaced(fact) => {
                self.new_order(&fact.order, &fact.lines, at);
                fact.order.id
            }
            OrderFact::OrderPaid(fact) => {
                self.state(&fact.order, &fact.lines);
                self.paid(tenant, &fact.order, &fact.lines, at);
                fact.order.id
            }
            OrderFact::OrderClosed(fact) => {
                self.state(&fact.order, &fact.lines);
                self.add(at, SumName::Closed, 0, 1);
                fact.order.id
            }
            OrderFact::OrderRetimed(fact) => fact.order.id,
            OrderFact::CodesRevealed(fact) => fact.order,
            OrderFact::CodesUnreadable(fact) => fact.order,
        };
        self.facts.push((order, seq));
    }

    fn take_refund(&mut self, seq: i64, at: Timestamp, fact: &RefundFact) {
        let refund: &Refund = match fact {
            RefundFact::RefundMade(fact) => {
                self.state(&fact.order, &fact.lines);
                let (currency, amount) = (fact.refund.currency.number(), fact.refund.amount);
                self.add(at, SumName::MoneyReturned, currency, amount);
                &fact.refund
            }
            RefundFact::RefundSettled(fact) => &fact.refund,
            RefundFact::RefundRetried(fact) => &fact.refund,
        };
        let stuck = refund.state == RefundState::Failed;
        if stuck || !matches!(fact, RefundFact::RefundMade(_)) {
            self.keys.insert((KeyName::StuckRefund, refund.id.0, refund.order), stuck);
        }
        self.facts.push((refund.order, seq));
    }

    fn new_order(&mut self, order: &Order, lines: &[LineFact], at: Timestamp) {
        self.add(at, SumName::Placed, 0, 1);
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

    fn paid(&mut self, tenant: Tenant, order: &Order, lines: &[LineFact], at: Timestamp) {
        self.add(at, SumName::Paid, 0, 1);
        self.add(at, SumName::MoneyPaid, order.currency.number(), order.paid);
        for line in lines {
            for (code, until) in &line.codes {
                let place = (tenant, line.sku, position(Timestamp(*until), *code));
                self.delivered.push((order.id, place));
            }
        }
    }

    fn add(&mut self, at: Timestamp, name: SumName, currency: i64, more: i64) {
        if more != 0 {
            *self.sums.entry((slot_of(at), name, currency)).or_default() += more;
        }
    }
}

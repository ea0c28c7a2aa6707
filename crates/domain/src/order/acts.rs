//! What can be done with an order as it stands, by the rules of the verbs that do it. For whoever shows an order; the verb
//! itself decides again.

use super::close::check_waits;
use super::{Line, Order};
use crate::catalog::RefundRule;
use crate::refund::request::check_paid;
use crate::refund::rule::barred;
use kernel::Timestamp;

/// What can be done with an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Acts {
    /// A payment can be started.
    pub pay: bool,
    /// It can be cancelled.
    pub cancel: bool,
    /// Some of it can be refunded by the rule.
    pub refund: bool,
    /// Some of it can be refunded by somebody who may override the rule.
    pub override_refund: bool,
    /// It has codes that can be shown, or shares a content.
    pub reveal: bool,
}

/// A line with what its refund depends on.
#[derive(Debug, Clone, Copy)]
pub struct Refundable<'a> {
    /// The line.
    pub line: &'a Line,
    /// The rule under which it was ordered.
    pub rule: RefundRule,
    /// Pieces of it whose codes or content nobody saw, or vouchers of which something is left.
    pub unseen: u32,
}

/// What can be done with an order at a time.
pub fn acts(order: &Order, lines: &[Refundable<'_>], now: Timestamp) -> Acts {
    let waits = check_waits(order).is_ok();
    let paid = check_paid(order).is_ok();
    let left = |one: &&Refundable<'_>| one.line.refunded < one.line.quantity;
    let allowed =
        |one: &Refundable<'_>| one.unseen > 0 && barred(one.rule, order.created_at, now).is_none();
    Acts {
        pay: waits && order.expires_at.is_some_and(|until| now < until),
        cancel: waits,
        refund: paid && lines.iter().filter(left).any(allowed),
        override_refund: paid && lines.iter().any(|one| left(&one)),
        reveal: lines.iter().any(|one| one.line.delivered > 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::{Channel, Closed};
    use kernel::{BuyerId, Currency, OrderId, ProductId, SkuId};

    fn order(expires_at: Option<i64>, closed: Option<Closed>) -> Order {
        Order {
            id: OrderId([1; 16]),
            tenant: crate::identity::operator(),
            buyer: BuyerId([2; 16]),
            channel: Channel::Api,
            external_id: None,
            currency: Currency::Cny,
            total: 900,
            paid: if expires_at.is_none() && closed.is_none() { 900 } else { 0 },
            refunded: 0,
            created_at: Timestamp(0),
            expires_at: expires_at.map(Timestamp),
            closed,
            payment: None,
            consent: None,
            link: None,
            visit: None,
        }
    }

    fn line(refunded: u32) -> Line {
        Line {
            number: 1,
            sku: SkuId([3; 16]),
            product: ProductId([4; 16]),
            product_version: 1,
            quantity: 2,
            unit_price: 450,
            delivered: 2 - refunded,
            refunded,
            hold: None,
            codes: vec![[0; 24]],
            vouchers: Vec::new(),
            content: None,
        }
    }

    fn check(order: &Order, refunded: u32, rule: RefundRule, unseen: u32, expected: &str) {
        let line = line(refunded);
        let can = acts(order, &[Refundable { line: &line, rule, unseen }], Timestamp(5));
        let names = [
            ("pay", can.pay),
            ("cancel", can.cancel),
            ("refund", can.refund),
            ("override", can.override_refund),
        ];
        let names: Vec<_> = names.iter().filter(|(_, can)| *can).map(|(name, _)| *name).collect();
        assert_eq!(names.join(" "), expected, "{refunded} {rule:?} {unseen}");
    }

    #[test]
    fn what_can_be_done_follows_from_the_state_the_rule_and_what_was_seen() {
        use RefundRule::{BeforeReveal, Days, None as Never};
        let (waits, paid) = (order(Some(9), None), order(None, None));
        let closed = order(None, Some(Closed::Cancelled));
        check(&waits, 0, BeforeReveal, 0, "pay cancel");
        check(&closed, 0, BeforeReveal, 0, "");
        check(&paid, 0, BeforeReveal, 2, "refund override");
        check(&paid, 0, BeforeReveal, 0, "override");
        check(&paid, 0, Never, 2, "override");
        check(&paid, 0, Days(1), 2, "refund override");
        check(&paid, 2, BeforeReveal, 0, "");
    }
}

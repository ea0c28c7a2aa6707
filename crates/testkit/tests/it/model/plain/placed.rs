//! Orders that wait: what they keep, and how the wait ends.

use super::order::Wanted;
use super::pool::job;
use super::{Got, Kept, Plain, Step, differs, done, refuse, same};
use domain::Outcome;
use domain::inventory::CodeState;
use domain::ledger::{HoldState, Reason};
use domain::order::close::{CancelOrder, ExpireOrder};
use domain::order::place::{PlaceOrder, Wait};
use domain::order::{Closed, Line, Order};
use domain::work::{Work, WorkKind};
use kernel::{BuyerId, Id16, Money, OrderId, PaymentId, Tenant, Timestamp};

/// Orders that may wait at the same time: of a buyer, from an address, from a device.
const WAITING_MAX: [(&[u8; 16], i64); 3] =
    [(b"unpaid of buyer.", 20), (b"unpaid of adres.", 50), (b"unpaid of devic.", 5)];

impl Plain {
    /// The rest of the ladder for an order that waits, and the order.
    pub(super) fn keep(
        &mut self,
        tenant: Tenant,
        c: &PlaceOrder,
        wanted: &[Wanted],
        total: Money,
        (buyer, wait): (Option<BuyerId>, Wait),
        got: &Got,
    ) -> Step {
        let tags =
            [buyer.map(|b| b.0), wait.visit.map(|v| v.address), wait.visit.map(|v| v.device)];
        for ((scope, max), tag) in WAITING_MAX.into_iter().zip(tags) {
            let counters = &self.book(tenant).counters;
            let used = tag.and_then(|tag| counters.get(&(*scope, tag)).copied()).unwrap_or(0);
            if used >= max {
                return refuse("limit_exceeded");
            }
        }
        for line in wanted {
            if self.free_stock(tenant, line.sku) < i64::from(line.quantity) {
                return refuse("out_of_stock");
            }
        }
        let Ok(Outcome::Placed(placed)) = got else { return differs(got) };
        let buyer = placed.order.buyer;
        self.meet(tenant, &c.buyer, buyer)?;
        let until = self.now.plus_micros(wait.hold_us);
        let order = Order {
            id: wait.order,
            tenant,
            buyer,
            channel: c.channel,
            external_id: c.external_id.clone(),
            currency: total.currency,
            total: total.amount,
            paid: 0,
            refunded: 0,
            created_at: self.now,
            expires_at: Some(until),
            closed: None,
            payment: None,
            consent: self.consent(c),
            link: Some(wait.link),
            visit: wait.visit,
        };
        same("the order", &order, &placed.order)?;
        let mut lines = Vec::new();
        for (i, wanted) in wanted.iter().enumerate() {
            let mut line = wanted.line(i as u32 + 1);
            line.hold = placed.lines.get(i).and_then(|line| line.hold);
            let Some(hold) = line.hold else { return differs(got) };
            let (before, amount) = (self.free_stock(tenant, line.sku), i64::from(line.quantity));
            let kept =
                Kept { sku: line.sku, amount, posted: 0, state: HoldState::Pending, at: self.now };
            self.book(tenant).kept.insert(hold, kept);
            self.count_taken(tenant, buyer, line.sku, amount);
            self.sound_alarm(tenant, line.sku, before);
            lines.push(line);
        }
        same("the lines", &lines, &placed.lines)?;
        self.count_waiting(&order, 1);
        self.work.insert(job(WorkKind::ExpireOrder, tenant, order.id.0), Work::due(until));
        self.keep_answers(tenant, c, order.id);
        self.fact(tenant, "order.placed", order.id.0);
        self.book(tenant).orders.push((order, lines));
        Ok(())
    }

    pub(super) fn cancel_order(&mut self, tenant: Tenant, c: &CancelOrder, got: &Got) -> Step {
        let (order, _) = self.order(tenant, c.order)?;
        if order.expires_at.is_none() {
            return refuse("order_state");
        }
        let (order, lines) = self.end(tenant, c.order, Closed::Cancelled)?;
        let Ok(Outcome::Placed(placed)) = got else { return differs(got) };
        same("the order", (&order, &lines), (&placed.order, &placed.lines))
    }

    pub(super) fn expire_order(&mut self, tenant: Tenant, c: &ExpireOrder, got: &Got) -> Step {
        let (order, _) = self.order(tenant, c.order)?;
        let timer = job(WorkKind::ExpireOrder, tenant, c.order.0);
        match order.expires_at {
            Some(until) if until <= self.now => {
                self.end(tenant, c.order, Closed::Expired)?;
            }
            Some(until) => {
                if let Some(work) = self.work.get_mut(&timer) {
                    (work.due_at, work.lease_until) = (until, Timestamp(0));
                }
            }
            None => {
                self.work.remove(&timer);
            }
        }
        done(got)
    }

    /// An order with its lines.
    pub(super) fn order(&mut self, tenant: Tenant, id: OrderId) -> Step<(Order, Vec<Line>)> {
        let found = self.book(tenant).orders.iter().find(|(order, _)| order.id == id);
        found.cloned().map_or_else(|| refuse("not_found"), Ok)
    }

    /// Puts an order and its lines in the place of what they were.
    pub(super) fn put(&mut self, order: &Order, lines: &[Line]) {
        let orders = &mut self.book(order.tenant).orders;
        if let Some(at) = orders.iter_mut().find(|(known, _)| known.id == order.id) {
            *at = (order.clone(), lines.to_vec());
        }
    }

    /// An order that waits is closed; what it kept is free.
    pub(super) fn end(
        &mut self,
        tenant: Tenant,
        id: OrderId,
        reason: Closed,
    ) -> Step<(Order, Vec<Line>)> {
        let (mut order, lines) = self.order(tenant, id)?;
        for line in &lines {
            self.end_kept(tenant, line, HoldState::Voided);
            let then = self.terms_then(tenant, line);
            if then.is_some_and(|terms| terms.limits.per_user.is_some()) {
                let key = (line.sku.0, order.buyer.0);
                let taken = self.book(tenant).counters.entry(key).or_default();
                *taken -= i64::from(line.quantity);
            }
        }
        self.stop_waiting(&order);
        (order.expires_at, order.closed) = (None, Some(reason));
        self.put(&order, &lines);
        self.fact(tenant, "order.closed", id.0);
        Ok((order, lines))
    }

    /// Whether an order that is not paid can be delivered.
    pub(super) fn deliverable(&mut self, order: &Order, lines: &[Line]) -> Step {
        for line in lines {
            let Some((_, sku)) = self.sku(order.tenant, line.sku) else {
                return refuse("out_of_stock");
            };
            let terms = sku.terms.clone();
            let wanted = i64::from(line.quantity);
            if order.expires_at.is_none() {
                let counters = &self.book(order.tenant).counters;
                let used = counters.get(&(line.sku.0, order.buyer.0)).copied().unwrap_or(0);
                let over = terms.limits.per_order.is_some_and(|limit| line.quantity > limit)
                    || terms.limits.per_user.is_some_and(|limit| used + wanted > i64::from(limit));
                if over {
                    return refuse("limit_exceeded");
                }
                if self.free_stock(order.tenant, line.sku) < wanted {
                    return refuse("out_of_stock");
                }
            }
            if (self.sellable(order.tenant, line.sku, &terms).len() as i64) < wanted {
                return refuse("out_of_stock");
            }
        }
        Ok(())
    }

    /// The codes of an order that is paid now.
    pub(super) fn hand_over(
        &mut self,
        mut order: Order,
        mut lines: Vec<Line>,
        payment: PaymentId,
    ) -> (Order, Vec<Line>) {
        let tenant = order.tenant;
        let waited = order.expires_at.is_some();
        for line in &mut lines {
            let (before, quantity) = (self.free_stock(tenant, line.sku), i64::from(line.quantity));
            self.take_codes(tenant, (order.id, line.number), line, CodeState::Issued);
            if waited {
                self.end_kept(tenant, line, HoldState::Posted);
                self.moved(tenant, Reason::HoldPosted, None, quantity);
            } else {
                self.moved(tenant, Reason::Issue, None, quantity);
                self.sound_alarm(tenant, line.sku, before);
                self.count_taken(tenant, order.buyer, line.sku, quantity);
            }
        }
        if waited {
            self.stop_waiting(&order);
        }
        order.paid = order.total;
        (order.expires_at, order.closed, order.payment) = (None, None, Some(payment));
        self.put(&order, &lines);
        self.fact(tenant, "order.paid", order.id.0);
        (order, lines)
    }

    fn end_kept(&mut self, tenant: Tenant, line: &Line, state: HoldState) {
        let kept = line.hold.and_then(|hold| self.book(tenant).kept.get_mut(&hold));
        if let Some(kept) = kept.filter(|kept| kept.state == HoldState::Pending) {
            kept.state = state;
            kept.posted = if state == HoldState::Posted { kept.amount } else { 0 };
        }
    }

    fn stop_waiting(&mut self, order: &Order) {
        self.count_waiting(order, -1);
        self.work.remove(&job(WorkKind::ExpireOrder, order.tenant, order.id.0));
    }

    fn count_waiting(&mut self, order: &Order, by: i64) {
        let visit = order.visit;
        let tags: [Option<Id16>; 3] =
            [Some(order.buyer.0), visit.map(|v| v.address), visit.map(|v| v.device)];
        let counters = &mut self.book(order.tenant).counters;
        for ((scope, _), tag) in WAITING_MAX.into_iter().zip(tags) {
            if let Some(tag) = tag {
                *counters.entry((*scope, tag)).or_default() += by;
            }
        }
    }
}

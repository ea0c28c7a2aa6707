//! Orders that wait: what they keep, and how the wait ends.

use super::order::Wanted;
use super::{Got, Kept, Plain, Step, answer, differs, refuse, same};
use domain::inventory::CodeState;
use domain::order::answer::Sold;
use domain::order::close::{CancelOrder, ExpireOrder};
use domain::order::place::{PlaceOrder, Wait};
use domain::order::{Closed, Line, Order};
use kernel::{BuyerId, Id16, Money, OrderId, PaymentId, SkuId, Tenant};

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
            let sellable = self.sellable(tenant, line.sku, &line.terms).len();
            let stale = self.past_their_date(tenant, line.sku).len() as i64;
            let free = self.free_stock(tenant, line.sku) - stale;
            if sellable < line.quantity as usize || free < i64::from(line.quantity) {
                return refuse("out_of_stock");
            }
        }
        let Sold::Placed(placed) = answer::<PlaceOrder>(got)? else { return differs(got) };
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
            let amount = i64::from(line.quantity);
            self.count_taken(tenant, counted(&order), line.sku, amount);
            if !self.may_keep(tenant, wanted, &order) {
                lines.push(line);
                continue;
            }
            line.hold = placed.lines.get(i).and_then(|line| line.hold);
            let Some(hold) = line.hold else { return differs(got) };
            self.book(tenant).kept.insert(hold, Kept { sku: line.sku, amount });
            self.count_kept(&order, line.sku, amount);
            lines.push(line);
        }
        same("the lines", &lines, &placed.lines)?;
        self.count_waiting(&order, 1);
        self.book(tenant).orders.push((order, lines));
        Ok(())
    }

    pub(super) fn cancel_order(&mut self, tenant: Tenant, c: &CancelOrder, got: &Got) -> Step {
        let (order, _) = self.order(tenant, c.order)?;
        if order.expires_at.is_none() {
            return refuse("order_state");
        }
        let (order, lines) = self.end(tenant, c.order, Closed::Cancelled)?;
        let placed = answer::<CancelOrder>(got)?;
        same("the order", (&order, &lines), (&placed.order, &placed.lines))
    }

    pub(super) fn expire_order(&mut self, tenant: Tenant, c: &ExpireOrder, got: &Got) -> Step {
        let (order, _) = self.order(tenant, c.order)?;
        if order.expires_at.is_some_and(|until| until <= self.now) {
            self.end(tenant, c.order, Closed::Expired)?;
        }
        answer::<ExpireOrder>(got)
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
            if self.end_kept(tenant, line) {
                self.count_kept(&order, line.sku, -i64::from(line.quantity));
            }
            let then = self.terms_then(tenant, line);
            if then.is_some_and(|terms| terms.limits.per_user.is_some()) {
                let key = (line.sku.0, counted(&order));
                let taken = self.book(tenant).counters.entry(key).or_default();
                *taken -= i64::from(line.quantity);
            }
        }
        self.count_waiting(&order, -1);
        (order.expires_at, order.closed) = (None, Some(reason));
        self.put(&order, &lines);
        for line in &lines {
            self.sweep_now(tenant, line.sku);
        }
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
                let used = counters.get(&(line.sku.0, counted(order))).copied().unwrap_or(0);
                let over = terms.limits.per_order.is_some_and(|limit| line.quantity > limit)
                    || terms.limits.per_user.is_some_and(|limit| used + wanted > i64::from(limit));
                if over {
                    return refuse("limit_exceeded");
                }
            }
            let kept = order.expires_at.is_some() && line.hold.is_some();
            if !kept && self.free_stock(order.tenant, line.sku) < wanted {
                return refuse("out_of_stock");
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
            let quantity = i64::from(line.quantity);
            self.take_codes(tenant, order.id, line, CodeState::Issued);
            if waited && line.hold.is_some() {
                self.end_kept(tenant, line);
                self.count_kept(&order, line.sku, -quantity);
            }
            if !waited {
                self.count_taken(tenant, counted(&order), line.sku, quantity);
            }
        }
        if waited {
            self.count_waiting(&order, -1);
        }
        order.paid = order.total;
        (order.expires_at, order.closed, order.payment) = (None, None, Some(payment));
        self.put(&order, &lines);
        (order, lines)
    }

    /// Whether something was kept, and no longer is.
    fn end_kept(&mut self, tenant: Tenant, line: &Line) -> bool {
        line.hold.and_then(|hold| self.book(tenant).kept.remove(&hold)).is_some()
    }

    /// Whether a guest may keep so many more pieces without money.
    fn may_keep(&mut self, tenant: Tenant, wanted: &Wanted, order: &Order) -> bool {
        let limits = wanted.terms.limits;
        let stock = self.book(tenant).available(wanted.sku).len() as i64;
        let max = [
            limits.held_per_browser.map_or(20, i64::from),
            limits.held_per_address.map_or(200, i64::from),
            limits.held_by_guests.map_or(if stock > 3 { stock / 2 } else { 1 }, i64::from),
        ];
        let counters = &self.book(tenant).counters;
        keeping(order, wanted.sku).into_iter().zip(max).all(|(key, max)| {
            counters.get(&key).copied().unwrap_or(0) + i64::from(wanted.quantity) <= max
        })
    }

    fn count_kept(&mut self, order: &Order, sku: SkuId, by: i64) {
        for key in keeping(order, sku) {
            *self.book(order.tenant).counters.entry(key).or_default() += by;
        }
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

/// Who the limits of one buyer count.
fn counted(order: &Order) -> Id16 {
    order.visit.and_then(|visit| visit.person).unwrap_or(order.buyer.0)
}

/// What counts the pieces that a guest keeps: his device, his address, all guests. Nothing for other callers.
fn keeping(order: &Order, sku: SkuId) -> Vec<(Id16, Id16)> {
    let Some(visit) = order.visit else { return Vec::new() };
    let with = |tag: Id16| {
        let mut both = sku.0;
        both.iter_mut().zip(tag).for_each(|(byte, other)| *byte ^= other);
        both
    };
    vec![
        (*b"held by devices.", with(visit.device)),
        (*b"held by adresses", with(visit.address)),
        (*b"held by guests..", sku.0),
    ]
}

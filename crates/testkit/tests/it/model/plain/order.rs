//! Orders: the ladder of refusals, the choice of codes, what is paid.

use super::money::ledger;
use super::{Got, Plain, Step, differs, refuse, same};
use domain::Outcome;
use domain::catalog::SkuTerms;
use domain::inventory::{CodeState, Position};
use domain::ledger::Reason;
use domain::order::place::PlaceOrder;
use domain::order::reveal::RevealCodes;
use domain::order::{Line, Order};
use kernel::{BuyerId, CodeId, Currency, Money, OrderId, ProductId, SkuId, Tenant, Timestamp};

/// A line with the terms in force.
struct Wanted {
    sku: SkuId,
    quantity: u32,
    terms: SkuTerms,
    product: ProductId,
    version: i64,
}

impl Plain {
    /// The first check that fails is the answer.
    pub(super) fn place_order(&mut self, tenant: Tenant, c: &PlaceOrder, got: &Got) -> Step {
        let mut orders = self.book(tenant).orders.iter();
        if c.external_id.is_some() && orders.any(|(order, _)| order.external_id == c.external_id) {
            return refuse("external_id_taken");
        }
        let buyer = self.buyer(tenant, &c.buyer)?;
        let lines = self.on_sale(tenant, c)?;
        let total = total(&lines, c.max_amount)?;
        for line in &lines {
            self.within_limits(tenant, buyer, line)?;
        }
        for line in &lines {
            if self.sellable(tenant, line).len() < line.quantity as usize {
                return refuse("out_of_stock");
            }
        }
        let amount = ledger(total).unwrap_or(i64::MAX);
        let free = buyer.map_or(0, |buyer| self.free(tenant, buyer, total.currency));
        if free < amount {
            return refuse("insufficient_funds");
        }
        self.sell(tenant, c, &lines, total, got)
    }

    fn on_sale(&self, tenant: Tenant, c: &PlaceOrder) -> Step<Vec<Wanted>> {
        let mut lines = Vec::new();
        for line in &c.lines {
            let Some((product, sku)) = self.sku(tenant, line.sku) else {
                return refuse("not_found");
            };
            let terms = sku.terms.clone();
            let begun = terms.sale_from.is_none_or(|from| from <= self.now);
            let over = terms.sale_until.is_some_and(|until| until <= self.now);
            if !product.on_shelf || !terms.on_shelf || !begun || over {
                return refuse("not_on_sale");
            }
            lines.push(Wanted {
                sku: line.sku,
                quantity: line.quantity,
                terms,
                product: product.id,
                version: product.version,
            });
        }
        Ok(lines)
    }

    fn within_limits(&mut self, tenant: Tenant, buyer: Option<BuyerId>, line: &Wanted) -> Step {
        if line.terms.limits.per_order.is_some_and(|limit| line.quantity > limit) {
            return refuse("limit_exceeded");
        }
        let counters = &self.book(tenant).counters;
        let used = buyer.and_then(|buyer| counters.get(&(line.sku, buyer)).copied()).unwrap_or(0);
        let wanted = used + i64::from(line.quantity);
        if line.terms.limits.per_user.is_some_and(|limit| wanted > i64::from(limit)) {
            return refuse("limit_exceeded");
        }
        Ok(())
    }

    /// Codes that this line could get, in the order of sale.
    fn sellable(&mut self, tenant: Tenant, line: &Wanted) -> Vec<usize> {
        let cutoff = self.now.plus_days(i64::from(line.terms.min_days_left));
        let book = self.book(tenant);
        let mut found = book.available(line.sku);
        found.retain(|i| book.codes[*i].valid_until > cutoff);
        found
    }

    fn sell(
        &mut self,
        tenant: Tenant,
        c: &PlaceOrder,
        lines: &[Wanted],
        total: Money,
        got: &Got,
    ) -> Step {
        let Ok(Outcome::Bought(bought)) = got else { return differs(got) };
        let (id, buyer) = (bought.order.id, bought.order.buyer);
        self.meet(tenant, &c.buyer, buyer)?;
        let order = Order {
            id,
            tenant,
            buyer,
            channel: c.channel,
            external_id: c.external_id.clone(),
            currency: total.currency,
            total: total.amount,
            paid: total.amount,
            refunded: 0,
            created_at: self.now,
        };
        same("the order", &order, &bought.order)?;
        if total.amount > 0 {
            let amount = ledger(total).unwrap_or(0);
            let wallets = &mut self.book(tenant).wallets;
            wallets.entry((buyer, total.currency)).or_default().balance -= amount;
            self.moved(tenant, Reason::Sale, Some(total.currency), amount);
        }
        let mut sold = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            sold.push(self.deliver(tenant, (id, i as u32 + 1), buyer, line));
        }
        same("the lines", &sold, &bought.lines)?;
        let clear = |(line, code): &(u32, domain::inventory::Code)| (*line, code.position());
        let codes: Vec<(u32, Position)> = bought.codes.iter().map(clear).collect();
        let at = |line: &Line| line.codes.iter().map(|at| (line.number, *at)).collect::<Vec<_>>();
        same("the codes", sold.iter().flat_map(at).collect(), codes)?;
        self.fact(tenant, "order.bought", id.0);
        self.book(tenant).orders.push((order, sold));
        Ok(())
    }

    fn deliver(
        &mut self,
        tenant: Tenant,
        owner: (OrderId, u32),
        buyer: BuyerId,
        line: &Wanted,
    ) -> Line {
        let quantity = i64::from(line.quantity);
        let chosen = self.sellable(tenant, line);
        let book = self.book(tenant);
        let before = book.available(line.sku).len() as i64;
        let mut codes = Vec::new();
        for i in chosen.into_iter().take(line.quantity as usize) {
            let code = &mut book.codes[i];
            code.state = CodeState::Revealed;
            code.owner = Some(owner);
            codes.push(position(code.valid_until, code.id));
        }
        if line.terms.limits.per_user.is_some() {
            *book.counters.entry((line.sku, buyer)).or_default() += quantity;
        }
        self.moved(tenant, Reason::Issue, None, quantity);
        let alarm = line.terms.stock_alarm.map(i64::from);
        if alarm.is_some_and(|alarm| before > alarm && before - quantity <= alarm) {
            self.fact(tenant, "stock.low", line.sku.0);
        }
        Line {
            number: owner.1,
            sku: line.sku,
            product: line.product,
            product_version: line.version,
            quantity: line.quantity,
            unit_price: line.terms.price.amount,
            delivered: line.quantity,
            codes,
        }
    }

    pub(super) fn reveal_codes(&mut self, tenant: Tenant, c: &RevealCodes, got: &Got) -> Step {
        if !self.book(tenant).orders.iter().any(|(order, _)| order.id == c.order) {
            return refuse("not_found");
        }
        let Ok(Outcome::Order(order)) = got else { return differs(got) };
        self.fact(tenant, "codes.revealed", order.0);
        same("the order", c.order, *order)
    }
}

/// What the lines cost, in one currency, within what the caller allows.
fn total(lines: &[Wanted], max: Option<Money>) -> Step<Money> {
    let currency = lines.first().map_or(Currency::Cny, |line| line.terms.price.currency);
    let mut total = 0_i64;
    for line in lines {
        total += line.terms.price.amount * i64::from(line.quantity);
        if line.terms.price.currency != currency || total > 100_000_000_000 {
            return refuse("invalid");
        }
    }
    match max {
        Some(max) if max.currency != currency => refuse("invalid"),
        Some(max) if max.amount < total => refuse("limit_exceeded"),
        _ => Ok(Money::new(total, currency)),
    }
}

/// Where a code stands in its pool: its date, then its id.
pub fn position(valid_until: Timestamp, id: CodeId) -> Position {
    let mut at = [0; 24];
    at[..8].copy_from_slice(&valid_until.0.to_be_bytes());
    at[8..].copy_from_slice(&id.0);
    at
}

//! Orders: the ladder of refusals, the choice of codes, what is paid.

use super::money::ledger;
use super::{Got, Plain, Step, answer, differs, refuse, same};
use domain::catalog::SkuTerms;
use domain::catalog::input::InputKind;
use domain::inventory::{CodeState, Position};
use domain::order::answer::Sold;
use domain::order::consent::Agreed;
use domain::order::place::{PlaceOrder, Steps};
use domain::order::reveal::RevealCodes;
use domain::order::{Consent, Line, Order};
use kernel::{
    BuyerId, CodeId, Currency, Id16, Money, OrderId, ProductId, SkuId, Tenant, Timestamp,
};

/// A line with the terms in force.
pub struct Wanted {
    pub sku: SkuId,
    pub quantity: u32,
    pub terms: SkuTerms,
    product: ProductId,
    version: i64,
}

impl Wanted {
    /// The line before anything was delivered.
    pub fn line(&self, number: u32) -> Line {
        Line {
            number,
            sku: self.sku,
            product: self.product,
            product_version: self.version,
            quantity: self.quantity,
            unit_price: self.terms.price.amount,
            delivered: 0,
            refunded: 0,
            hold: None,
            codes: Vec::new(),
            vouchers: Vec::new(),
            content: None,
        }
    }
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
        self.agreed(c)?;
        self.answered(tenant, c)?;
        let visit = if let Steps::Two(wait) = c.steps { wait.visit } else { None };
        let who = visit.and_then(|visit| visit.person).or(buyer.map(|buyer| buyer.0));
        for line in &lines {
            self.within_limits(tenant, who, line)?;
        }
        if let Steps::Two(wait) = c.steps {
            return self.keep(tenant, c, &lines, total, (buyer, wait), got);
        }
        for line in &lines {
            let wanted = line.quantity as usize;
            let free = self.free_stock(tenant, line.sku);
            let sellable = self.sellable(tenant, line.sku, &line.terms).len();
            if sellable < wanted || free < i64::from(line.quantity) {
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

    /// Nobody agrees later than now.
    fn agreed(&self, c: &PlaceOrder) -> Step {
        match c.consent.as_ref().and_then(|consent| consent.at) {
            Some(at) if at > self.now => refuse("invalid"),
            _ => Ok(()),
        }
    }

    /// The consent as the order keeps it.
    pub(super) fn consent(&self, c: &PlaceOrder) -> Option<Consent> {
        let (version, now) = (|agreed: &Agreed| agreed.version.clone(), self.now);
        let keep = |agreed| Consent { version: version(agreed), at: agreed.at.unwrap_or(now) };
        c.consent.as_ref().map(keep)
    }

    /// Products ask for one field, if any: it is answered as it should be, and nothing else is.
    fn answered(&self, tenant: Tenant, c: &PlaceOrder) -> Step {
        let products = c.lines.iter().filter_map(|line| self.sku(tenant, line.sku));
        let asked: Vec<_> = products.flat_map(|(p, _)| p.presentation.input.clone()).collect();
        let Some(answers) = &c.input else {
            let missing = asked.iter().any(|field| field.required);
            return if missing { refuse("invalid") } else { Ok(()) };
        };
        let known = |code: &String| asked.iter().any(|field| field.code == *code);
        let good = answers.unfit.is_empty()
            && answers.given.iter().all(|(code, kind)| known(code) && *kind == InputKind::Text)
            && asked
                .iter()
                .filter(|field| field.required)
                .all(|field| answers.given.iter().any(|(code, _)| *code == field.code));
        if good { Ok(()) } else { refuse("invalid") }
    }

    fn on_sale(&self, tenant: Tenant, c: &PlaceOrder) -> Step<Vec<Wanted>> {
        let mut lines = Vec::new();
        for line in &c.lines {
            if line.quantity == 0 {
                return refuse("invalid");
            }
            let Some((product, sku)) = self.sku(tenant, line.sku) else {
                return refuse("not_found");
            };
            let terms = sku.terms.clone();
            let begun = terms.sale_from.is_none_or(|from| from <= self.now);
            let over = terms.sale_until.is_some_and(|until| until <= self.now);
            if !product.on_shelf || !terms.on_shelf || !begun || over {
                return refuse("not_on_sale");
            }
            if line.shown.is_some_and(|shown| shown != terms.price) {
                return refuse("price_changed");
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

    fn within_limits(&mut self, tenant: Tenant, who: Option<Id16>, line: &Wanted) -> Step {
        if line.terms.limits.per_order.is_some_and(|limit| line.quantity > limit) {
            return refuse("limit_exceeded");
        }
        let counters = &self.book(tenant).counters;
        let used = who.and_then(|who| counters.get(&(line.sku.0, who)).copied());
        let used = used.unwrap_or(0);
        let wanted = used + i64::from(line.quantity);
        if line.terms.limits.per_user.is_some_and(|limit| wanted > i64::from(limit)) {
            return refuse("limit_exceeded");
        }
        Ok(())
    }

    /// Codes that this line could get, in the order of sale.
    pub(super) fn sellable(&mut self, tenant: Tenant, sku: SkuId, terms: &SkuTerms) -> Vec<usize> {
        let cutoff = self.now.plus_days(i64::from(terms.min_days_left));
        let book = self.book(tenant);
        let mut found = book.for_sale(sku);
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
        let Sold::Bought(bought) = answer::<PlaceOrder>(got)? else { return differs(got) };
        let (id, buyer) = (bought.order.id, bought.order.buyer);
        let drawn = c.input.as_ref().map_or(id, |answers| answers.order);
        same("the order's id", drawn, id)?;
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
            expires_at: None,
            closed: None,
            payment: None,
            consent: self.consent(c),
            link: None,
            visit: None,
        };
        same("the order", &order, &bought.order)?;
        if total.amount > 0 {
            let amount = ledger(total).unwrap_or(0);
            let wallets = &mut self.book(tenant).wallets;
            wallets.entry((buyer, total.currency)).or_default().balance -= amount;
        }
        let mut sold = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            sold.push(self.deliver(tenant, id, i as u32 + 1, buyer, line));
        }
        same("the lines", &sold, &bought.lines)?;
        let clear = |(line, code): &(u32, domain::inventory::Code)| (*line, code.position());
        let codes: Vec<(u32, Position)> = bought.codes.iter().map(clear).collect();
        let at = |line: &Line| line.codes.iter().map(|at| (line.number, *at)).collect::<Vec<_>>();
        same("the codes", sold.iter().flat_map(at).collect(), codes)?;
        self.book(tenant).orders.push((order, sold));
        Ok(())
    }

    fn deliver(
        &mut self,
        tenant: Tenant,
        order: OrderId,
        number: u32,
        buyer: BuyerId,
        wanted: &Wanted,
    ) -> Line {
        let mut line = wanted.line(number);
        self.take_codes(tenant, order, &mut line, CodeState::Revealed);
        self.count_taken(tenant, buyer.0, line.sku, i64::from(line.quantity));
        line
    }

    /// The first codes that can be sold go to a line.
    pub(super) fn take_codes(
        &mut self,
        tenant: Tenant,
        owner: OrderId,
        line: &mut Line,
        state: CodeState,
    ) {
        let terms = self.sku(tenant, line.sku).map(|(_, sku)| sku.terms.clone());
        let chosen = terms.map(|terms| self.sellable(tenant, line.sku, &terms));
        let book = self.book(tenant);
        for i in chosen.into_iter().flatten().take(line.quantity as usize) {
            let code = &mut book.codes[i];
            code.state = state;
            code.owner = Some(owner);
            line.codes.push(position(code.valid_until, code.id));
        }
        line.delivered = line.quantity;
    }

    /// What somebody took of a SKU with a limit.
    pub(super) fn count_taken(&mut self, tenant: Tenant, who: Id16, sku: SkuId, pieces: i64) {
        let limited = self.sku(tenant, sku).is_some_and(|(_, s)| s.terms.limits.per_user.is_some());
        if limited {
            *self.book(tenant).counters.entry((sku.0, who)).or_default() += pieces;
        }
    }

    /// The terms that a line was placed under.
    pub(super) fn terms_then(&mut self, tenant: Tenant, line: &Line) -> Option<SkuTerms> {
        let mut editions = self.book(tenant).editions.iter();
        let then = editions
            .find(|product| product.id == line.product && product.version == line.product_version);
        then?.skus.iter().find(|sku| sku.id == line.sku).map(|sku| sku.terms.clone())
    }

    pub(super) fn reveal_codes(&mut self, tenant: Tenant, c: &RevealCodes, got: &Got) -> Step {
        let book = self.book(tenant);
        if !book.orders.iter().any(|(order, _)| order.id == c.order) {
            return refuse("not_found");
        }
        for code in book.codes.iter_mut().filter(|code| code.owner == Some(c.order)) {
            code.state = CodeState::Revealed;
        }
        let order = answer::<RevealCodes>(got)?;
        same("the order", c.order, order)
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

//! Place an order: pay it from a wallet and get its codes in one call, or let it wait for money.
//!
//! Checks, in this order: external id, buyer, each line's quantity, SKU, shelf and window, the price that was shown,
//! currency, total, `max_amount`, consent, input, per-order and per-user limits, bytes of the codes, orders that wait
//! already, stock, funds. The first that fails is the answer. Unpaid orders are counted only for orders that wait, funds
//! only for the others.

use super::answer::{Bought, Placed, Sold};
use super::consent::Agreed;
use super::input::{self, Answers, OrderInput};
use super::{Channel, Line, Order, Visit, deliver, limit, reserve};
use crate::catalog::{Listed, Sku};
use crate::content::share;
use crate::identity::buyer::{self, BuyerRef};
use crate::identity::terms;
use crate::inventory::CodeState;
use crate::ledger::fact::Posting;
use crate::ledger::transfer::{Move, check_room, free, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::order::fact::{OrderBought, OrderPlaced};
use crate::voucher::{self, issue};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{BuyerId, Currency, Id16, Money, OrderId, Tenant, Timestamp, limits};

/// Orders codes.
#[derive(Debug, Clone)]
pub struct PlaceOrder {
    /// Who buys.
    pub buyer: BuyerRef,
    /// Where it comes from.
    pub channel: Channel,
    /// The caller's own id for it.
    pub external_id: Option<String>,
    /// What is wanted; no SKU twice.
    pub lines: Vec<WantedLine>,
    /// Refuse when it would cost more.
    pub max_amount: Option<Money>,
    /// The buyer's consent, if he was asked for it.
    pub consent: Option<Agreed>,
    /// What the products ask of him.
    pub input: Option<Answers>,
    /// When it is paid.
    pub steps: Steps,
}

/// When an order is paid.
#[derive(Debug, Clone, Copy)]
pub enum Steps {
    /// At once, from the buyer's wallet; the caller gets the codes.
    One,
    /// Later; its pieces are held meanwhile.
    Two(Wait),
}

/// How an order waits for money.
#[derive(Debug, Clone, Copy)]
pub struct Wait {
    /// The order's id, drawn by the edge because the link is made of it.
    pub order: OrderId,
    /// What its row keeps of the link that opens its page.
    pub link: Id16,
    /// How long it waits, in microseconds.
    pub hold_us: i64,
    /// The visitor, if it is placed on a page.
    pub visit: Option<Visit>,
}

/// A line as it is wanted.
#[derive(Debug, Clone, Copy)]
pub struct WantedLine {
    /// Which SKU.
    pub sku: kernel::SkuId,
    /// How many pieces, at least one.
    pub quantity: u32,
    /// What one piece costs as the buyer was shown it; refuse when it costs something else.
    pub shown: Option<Money>,
}

impl WantedLine {
    /// So many pieces at whatever price is in force.
    pub fn new(sku: kernel::SkuId, quantity: u32) -> Self {
        Self { sku, quantity, shown: None }
    }
}

/// A line that passed the catalogue's checks.
struct Priced {
    listed: Listed,
    quantity: u32,
    total: Money,
}

impl Priced {
    fn sku(&self) -> &Sku {
        self.listed.sku()
    }

    fn line(&self, i: usize) -> Line {
        Line {
            number: i as u32 + 1,
            sku: self.sku().id,
            product: self.listed.product().id,
            product_version: self.listed.product().version,
            quantity: self.quantity,
            unit_price: self.sku().terms.price.amount,
            delivered: 0,
            refunded: 0,
            hold: None,
            codes: Vec::new(),
            vouchers: Vec::new(),
            content: None,
        }
    }
}

impl Verb for PlaceOrder {
    type Answer = Sold;

    /// Buyer, external id, stock, counters; wallet and heads of the pools if it is paid at once.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, now } = *at;
        needs.tenant(tenant);
        needs.seal.oldest |= self.input.is_some();
        if let Some(id) = &self.external_id {
            needs.order.external_orders.insert((tenant, id.clone()));
        }
        let buyer = buyer::look_up(&self.buyer, at, needs);
        if let Steps::Two(wait) = &self.steps {
            limit::needs_of_unpaid(tenant, buyer, wait.visit, needs);
        }
        for line in &self.lines {
            let Some((_, sku)) = world.config.sku(tenant, line.sku) else { continue };
            if sku.terms.is_stocked() {
                needs.ledger.account(deliver::accounts(tenant, line.sku).0);
                needs.inventory.codes(tenant, line.sku, line.quantity, sku.terms.cutoff(now));
                // Imported codes of vouchers may end before the timer rings.
                let timer = || voucher::expire::timer(tenant, line.sku);
                needs.work.keys.extend(sku.terms.voucher.as_ref().map(|_| timer()));
            }
            if let Steps::Two(wait) = &self.steps
                && sku.terms.is_stocked()
            {
                needs.inventory.sweep(tenant, line.sku, sku.terms.cutoff(now));
                limit::needs_of_held(tenant, line.sku, wait.visit, needs);
            }
            if sku.terms.limits.per_user.is_some()
                && let Some(who) = limit::who(buyer, self.visit())
            {
                needs.order.counters.insert(limit::per_user(tenant, line.sku, who));
            }
            if let (Steps::One, Some(buyer)) = (self.steps, buyer) {
                needs.ledger.account(AccountKey::wallet(tenant, buyer, sku.terms.price.currency));
            }
        }
    }

    /// The ladder above; after it everything succeeds.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        if let Some(id) = &self.external_id
            && world.order.external_orders.get(&(tenant, id.clone())).is_some()
        {
            return Err(Refusal::ExternalIdTaken);
        }
        let known = buyer::find(&self.buyer, tenant, world)?;
        let priced = self.price(world, tenant, ctx.now)?;
        let total = self.total(&priced)?;
        let consent = self.consent.as_ref().map(|agreed| agreed.by(ctx.now)).transpose()?;
        let asked = priced.iter().flat_map(|line| &line.listed.product().presentation.input);
        input::check(world, self.input.as_ref(), asked)?;
        for (i, line) in priced.iter().enumerate() {
            let who = limit::who(known, self.visit());
            limit::check_sku(world, tenant, who, line.sku(), line.quantity, i)?;
        }
        let pieces = priced.iter().map(|line| (line.sku().id, line.quantity));
        limit::check_bytes(world, tenant, pieces)?;
        if let Steps::Two(wait) = &self.steps {
            limit::check_unpaid(world, tenant, known, wait.visit)?;
        }
        for (i, line) in priced.iter().enumerate() {
            check_stock(world, ctx, line, i, self.steps)?;
        }
        if let Steps::One = self.steps {
            check_funds(world, tenant, known, total)?;
        }

        let buyer = match known {
            Some(buyer) => buyer,
            None => buyer::create(self.buyer, tenant, world, ctx),
        };
        let id = match (self.steps, &self.input) {
            (Steps::Two(wait), _) => wait.order,
            (Steps::One, Some(answers)) => answers.order,
            (Steps::One, None) => OrderId((ctx.draw)()),
        };
        let order = Order {
            id,
            tenant,
            buyer,
            channel: self.channel,
            external_id: self.external_id,
            currency: total.currency,
            total: total.amount,
            paid: 0,
            refunded: 0,
            created_at: ctx.now,
            expires_at: None,
            closed: None,
            payment: None,
            consent,
            link: None,
            visit: None,
        };
        if let Some(id) = &order.external_id {
            world.order.external_orders.insert((tenant, id.clone()), order.id);
        }
        if let Some(Answers { sealed, .. }) = self.input {
            world.order.new_inputs.push(OrderInput { tenant, order: id, sealed });
        }
        Ok(match self.steps {
            Steps::One => sell(world, ctx, order, &priced),
            Steps::Two(wait) => keep(world, ctx, order, &priced, wait),
        })
    }
}

impl PlaceOrder {
    fn visit(&self) -> Option<Visit> {
        match &self.steps {
            Steps::One => None,
            Steps::Two(wait) => wait.visit,
        }
    }

    fn price(&self, world: &World, tenant: Tenant, now: Timestamp) -> Result<Vec<Priced>, Refusal> {
        terms::check_may_sell(world, tenant)?;
        let mut priced = Vec::with_capacity(self.lines.len());
        for (i, line) in self.lines.iter().enumerate() {
            if line.quantity == 0 {
                let field = format!("lines[{i}].quantity");
                return Err(Refusal::invalid(field, "order at least one piece"));
            }
            let listed = world.config.listed(tenant, line.sku).ok_or(Refusal::NotFound("sku"))?;
            let (product, sku) = (listed.product(), listed.sku());
            if !(product.on_shelf && sku.terms.on_shelf && sku.terms.in_window(now)) {
                let from = sku.terms.sale_from.filter(|from| *from > now);
                return Err(Refusal::NotOnSale { field: format!("lines[{i}].sku"), from });
            }
            if line.shown.is_some_and(|shown| shown != sku.terms.price) {
                return Err(Refusal::PriceChanged { field: format!("lines[{i}].sku") });
            }
            let total = sku.terms.price.times(line.quantity).map_err(|_| too_large(i))?;
            priced.push(Priced { listed, quantity: line.quantity, total });
        }
        Ok(priced)
    }

    fn total(&self, priced: &[Priced]) -> Result<Money, Refusal> {
        let currency = priced.first().map_or(Currency::Cny, |line| line.total.currency);
        let mut total = 0_i64;
        for (i, line) in priced.iter().enumerate() {
            if line.total.currency != currency {
                let detail = "every line of an order has the same currency";
                return Err(Refusal::invalid(format!("lines[{i}].sku"), detail));
            }
            total = total
                .checked_add(line.total.amount)
                .filter(|sum| *sum <= limits::AMOUNT_MINOR_MAX)
                .ok_or_else(|| too_large(i))?;
        }
        match self.max_amount {
            Some(max) if max.currency != currency => {
                Err(Refusal::invalid("max_amount.currency", "use the currency of the SKU"))
            }
            Some(max) if total > max.amount => {
                Err(Refusal::LimitExceeded { field: "max_amount".into(), limit: max.amount })
            }
            _ => Ok(Money::new(total, currency)),
        }
    }
}

fn too_large(line: usize) -> Refusal {
    Refusal::invalid(format!("lines[{line}].quantity"), "the order's amount is too large")
}

/// The codes of an order that waits are picked when it is paid; until then it needs as many that could be sold now,
/// beside those that others hold and those that crossed their date and were not taken out yet.
fn check_stock(
    world: &World,
    ctx: &Context<'_>,
    line: &Priced,
    i: usize,
    steps: Steps,
) -> Result<(), Refusal> {
    let tenant = ctx.origin.tenant;
    if !line.sku().terms.is_stocked() {
        return deliver::check_unstocked(ctx, line.sku(), i);
    }
    if let Some(terms) = &line.sku().terms.voucher {
        deliver::check_vouchers(ctx, terms, i)?;
    }
    let (stock, _) = deliver::accounts(tenant, line.sku().id);
    let out = || Refusal::OutOfStock { field: format!("lines[{i}].sku") };
    let stale = match steps {
        Steps::One => 0,
        Steps::Two(_) => world.inventory.stale.get(&line.sku().id).map_or(0, Vec::len) as i64,
    };
    if free(world, &stock) - stale < i64::from(line.quantity) {
        return Err(out());
    }
    deliver::check_ready(world, ctx, line.sku(), line.quantity, out)
}

/// Whether a buyer's wallet can pay, and sales can take it.
pub fn check_funds(
    world: &World,
    tenant: Tenant,
    buyer: Option<BuyerId>,
    total: Money,
) -> Result<(), Refusal> {
    let amount = total.to_ledger().map_err(|_| too_large(0))?;
    if amount == 0 {
        return Ok(());
    }
    let buyer = buyer.ok_or(Refusal::InsufficientFunds)?;
    let wallet = AccountKey::wallet(tenant, buyer, total.currency);
    if free(world, &wallet) < amount {
        return Err(Refusal::InsufficientFunds);
    }
    check_room(world, &AccountKey::own(tenant, AccountKind::Sales, total.currency), amount)
}

/// Moves an order's price from the buyer's wallet to sales; nothing for an order that is free.
pub fn pay_from_wallet(world: &mut World, ctx: &mut Context<'_>, order: &Order) -> Option<Posting> {
    let amount = order.total_money().to_ledger().unwrap_or(0);
    if amount == 0 {
        return None;
    }
    let wanted = Move {
        debit: AccountKey::wallet(order.tenant, order.buyer, order.currency),
        credit: AccountKey::own(order.tenant, AccountKind::Sales, order.currency),
        amount,
        reason: Reason::Sale,
        subject: order.id.0,
    };
    Some(posting(&transfer(world, ctx, wanted)))
}

/// Pays, delivers and records. Infallible: `decide` has checked every precondition.
fn sell(world: &mut World, ctx: &mut Context<'_>, mut order: Order, priced: &[Priced]) -> Sold {
    order.paid = order.total;
    let mut postings: Vec<Posting> = pay_from_wallet(world, ctx, &order).into_iter().collect();
    let mut lines = Vec::with_capacity(priced.len());
    let (mut codes, mut vouchers) = (Vec::new(), Vec::new());
    for (i, wanted) in priced.iter().enumerate() {
        let mut line = wanted.line(i);
        if !wanted.sku().terms.is_stocked() {
            match &wanted.sku().terms.voucher {
                Some(terms) => vouchers.extend(issue::for_line(
                    world,
                    ctx,
                    &order,
                    &mut line,
                    terms,
                    &[],
                    &mut postings,
                )),
                None => postings.push(share::with(world, ctx, &order, &mut line, wanted.sku())),
            }
            limit::count_taken(world, &order, line.sku, i64::from(line.quantity));
            lines.push(line);
            continue;
        }
        let terms = wanted.sku().terms.voucher.as_deref();
        let becomes = terms.map_or(CodeState::Revealed, |_| CodeState::Voucher);
        let (issued, moved) = deliver::from_stock(world, ctx, &order, &mut line, becomes);
        postings.push(moved);
        limit::count_taken(world, &order, line.sku, i64::from(line.quantity));
        match terms {
            Some(terms) => vouchers.extend(issue::for_line(
                world,
                ctx,
                &order,
                &mut line,
                terms,
                &issued,
                &mut postings,
            )),
            None => codes.extend(issued.into_iter().map(|code| (line.number, code))),
        }
        lines.push(line);
    }
    let facts = lines.iter().map(Line::fact).collect();
    let fact =
        OrderBought { order: order.clone(), lines: facts, vouchers: vouchers.clone(), postings };
    world.record(ctx, order.id.0, fact);
    world.order.new_orders.push((order.clone(), lines.clone()));
    Sold::Bought(Box::new(Bought { order, lines, codes, vouchers }))
}

/// Keeps the pieces, as far as they may be held without money, and waits. Infallible: `decide` has checked every
/// precondition.
fn keep(
    world: &mut World,
    ctx: &mut Context<'_>,
    mut order: Order,
    priced: &[Priced],
    wait: Wait,
) -> Sold {
    let until = ctx.now.plus_micros(wait.hold_us);
    order.expires_at = Some(until);
    order.link = Some(wait.link);
    order.visit = wait.visit;
    let mut lines: Vec<Line> = priced.iter().enumerate().map(|(i, p)| p.line(i)).collect();
    let held = reserve::hold(world, ctx, &order, &mut lines, until);
    let facts = lines.iter().map(Line::fact).collect();
    let fact = OrderPlaced { order: order.clone(), lines: facts, held };
    world.record(ctx, order.id.0, fact);
    world.order.new_orders.push((order.clone(), lines.clone()));
    Sold::Placed(Box::new(Placed { order, lines }))
}

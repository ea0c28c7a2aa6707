//! Place an order, pay it from a wallet and deliver its codes: one command, one commit.
//!
//! Checks, in this order: external id, buyer, each line's SKU, shelf and window, currency, total,
//! `max_amount`, per-order and per-user limits, stock, funds. The first that fails is the answer.

use super::{Channel, CounterKey, Line, Order};
use crate::catalog::{Listed, Sku};
use crate::fact::{LineFact, Posting};
use crate::identity::buyer::{self, BuyerRef};
use crate::inventory::{self, Code, code_of, pool};
use crate::ledger::transfer::{Move, check_room, free, posting, transfer};
use crate::ledger::{AccountKey, AccountKind, Reason};
use crate::outcome::Bought;
use crate::{Context, Fact, Needs, Outcome, Refusal, World};
use kernel::{BuyerId, Currency, Money, OrderId, SkuId, Tenant, Timestamp, limits};

/// Buys codes from a wallet.
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
}

/// A line as it is wanted.
#[derive(Debug, Clone, Copy)]
pub struct WantedLine {
    /// Which SKU.
    pub sku: SkuId,
    /// How many pieces, at least one.
    pub quantity: u32,
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
}

impl PlaceOrder {
    /// Buyer, external id, wallet, stock, counters, and the heads of the pools.
    pub fn needs(&self, tenant: Tenant, world: &World, now: Timestamp, needs: &mut Needs) {
        needs.tenant(tenant);
        if let Some(id) = &self.external_id {
            needs.external_orders.insert((tenant, id.clone()));
        }
        let buyer = buyer::look_up(&self.buyer, tenant, world, needs);
        for line in &self.lines {
            let Some((_, sku)) = world.catalog.sku(tenant, line.sku) else { continue };
            needs.account(AccountKey::pieces(tenant, line.sku, AccountKind::Stock));
            needs.codes(tenant, line.sku, line.quantity, sku.terms.cutoff(now));
            if let Some(buyer) = buyer {
                needs.account(AccountKey::wallet(tenant, buyer, sku.terms.price.currency));
                if sku.terms.limits.per_user.is_some() {
                    needs.counters.insert(per_user(tenant, line.sku, buyer));
                }
            }
        }
    }

    /// The ladder above; after it everything succeeds.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let tenant = ctx.origin.tenant;
        if let Some(id) = &self.external_id
            && world.external_orders.get(&(tenant, id.clone())).is_some()
        {
            return Err(Refusal::ExternalIdTaken);
        }
        let known = buyer::find(&self.buyer, tenant, world)?;
        let priced = self.price(world, tenant, ctx.now)?;
        let total = self.total(&priced)?;
        for (i, line) in priced.iter().enumerate() {
            check_limits(world, tenant, known, line, i)?;
        }
        for (i, line) in priced.iter().enumerate() {
            check_stock(world, tenant, line, ctx.now, i)?;
        }
        check_funds(world, tenant, known, total)?;

        let buyer = match known {
            Some(buyer) => buyer,
            None => buyer::create(self.buyer, tenant, world, ctx),
        };
        let order = Order {
            id: OrderId((ctx.draw)()),
            tenant,
            buyer,
            channel: self.channel,
            external_id: self.external_id,
            currency: total.currency,
            total: total.amount,
            paid: total.amount,
            refunded: 0,
            created_at: ctx.now,
        };
        Ok(sell(world, ctx, order, &priced))
    }

    fn price(&self, world: &World, tenant: Tenant, now: Timestamp) -> Result<Vec<Priced>, Refusal> {
        let mut priced = Vec::with_capacity(self.lines.len());
        for (i, line) in self.lines.iter().enumerate() {
            let listed = world.catalog.listed(tenant, line.sku).ok_or(Refusal::NotFound("sku"))?;
            let (product, sku) = (listed.product(), listed.sku());
            if !(product.on_shelf && sku.terms.on_shelf && sku.terms.in_window(now)) {
                let from = sku.terms.sale_from.filter(|from| *from > now);
                return Err(Refusal::NotOnSale { field: format!("lines[{i}].sku"), from });
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

fn per_user(tenant: Tenant, sku: SkuId, buyer: BuyerId) -> CounterKey {
    CounterKey { tenant, scope: sku.0, key: buyer.0, window: 0 }
}

fn check_limits(
    world: &World,
    tenant: Tenant,
    buyer: Option<BuyerId>,
    line: &Priced,
    i: usize,
) -> Result<(), Refusal> {
    let limits = line.sku().terms.limits;
    let exceeded = |limit: u32| {
        let field = format!("lines[{i}].quantity");
        Err(Refusal::LimitExceeded { field, limit: i64::from(limit) })
    };
    match limits.per_order {
        Some(limit) if line.quantity > limit => return exceeded(limit),
        _ => {}
    }
    let Some(limit) = limits.per_user else { return Ok(()) };
    let used = buyer
        .and_then(|buyer| world.counters.get(&per_user(tenant, line.sku().id, buyer)))
        .copied()
        .unwrap_or(0);
    if used + i64::from(line.quantity) > i64::from(limit) { exceeded(limit) } else { Ok(()) }
}

fn check_stock(
    world: &World,
    tenant: Tenant,
    line: &Priced,
    now: Timestamp,
    i: usize,
) -> Result<(), Refusal> {
    let stock = AccountKey::pieces(tenant, line.sku().id, AccountKind::Stock);
    let cutoff = line.sku().terms.cutoff(now);
    let short = free(world, &stock) < i64::from(line.quantity)
        || pool::ready(world, line.sku().id, cutoff) < line.quantity as usize;
    if short { Err(Refusal::OutOfStock { field: format!("lines[{i}].sku") }) } else { Ok(()) }
}

fn check_funds(
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

/// Pays, delivers and records. Nothing here can fail.
fn sell(world: &mut World, ctx: &mut Context<'_>, order: Order, priced: &[Priced]) -> Outcome {
    let mut postings = pay(world, ctx, &order);
    let mut lines = Vec::with_capacity(priced.len());
    let mut codes = Vec::new();
    for (i, wanted) in priced.iter().enumerate() {
        let number = i as u32 + 1;
        let issued = deliver(world, ctx, &order, number, wanted, &mut postings);
        lines.push(Line {
            number,
            sku: wanted.sku().id,
            product: wanted.listed.product().id,
            product_version: wanted.listed.product().version,
            quantity: wanted.quantity,
            unit_price: wanted.sku().terms.price.amount,
            delivered: wanted.quantity,
            codes: issued.iter().map(Code::position).collect(),
        });
        codes.extend(issued.into_iter().map(|code| (number, code)));
    }
    if let Some(id) = &order.external_id {
        world.external_orders.insert((order.tenant, id.clone()), order.id);
    }
    let facts = lines.iter().map(line_fact).collect();
    world.record(
        ctx,
        order.id.0,
        Fact::OrderBought { order: order.clone(), lines: facts, postings },
    );
    world.new_orders.push((order.clone(), lines.clone()));
    Outcome::Bought(Box::new(Bought { order, lines, codes }))
}

fn pay(world: &mut World, ctx: &mut Context<'_>, order: &Order) -> Vec<Posting> {
    let amount = order.total_money().to_ledger().unwrap_or(0);
    if amount == 0 {
        return Vec::new();
    }
    let moved = transfer(
        world,
        ctx,
        Move {
            debit: AccountKey::wallet(order.tenant, order.buyer, order.currency),
            credit: AccountKey::own(order.tenant, AccountKind::Sales, order.currency),
            amount,
            reason: Reason::Sale,
            subject: order.id.0,
        },
    );
    vec![posting(&moved)]
}

fn deliver(
    world: &mut World,
    ctx: &mut Context<'_>,
    order: &Order,
    number: u32,
    wanted: &Priced,
    postings: &mut Vec<Posting>,
) -> Vec<Code> {
    let (tenant, sku) = (order.tenant, wanted.sku().id);
    let stock = AccountKey::pieces(tenant, sku, AccountKind::Stock);
    let before = free(world, &stock);
    let issued = pool::issue(world, tenant, sku, (order.id, number), wanted.quantity as usize);
    let moved = transfer(
        world,
        ctx,
        Move {
            debit: stock,
            credit: AccountKey::pieces(tenant, sku, AccountKind::Issued),
            amount: i64::from(wanted.quantity),
            reason: Reason::Issue,
            subject: order.id.0,
        },
    );
    postings.push(posting(&moved));
    let left = before - i64::from(wanted.quantity);
    if let Some(line) = wanted.sku().terms.stock_alarm.map(i64::from)
        && before > line
        && left <= line
    {
        world.record(ctx, sku.0, Fact::StockLow { sku, left, line });
    }
    if wanted.sku().terms.limits.per_user.is_some() {
        let key = per_user(tenant, sku, order.buyer);
        *world.counter_mut(key) += i64::from(wanted.quantity);
    }
    issued
}

fn line_fact(line: &Line) -> LineFact {
    LineFact {
        sku: line.sku,
        product: line.product,
        product_version: line.product_version,
        quantity: line.quantity,
        unit_price: line.unit_price,
        delivered: line.delivered,
        codes: line.codes.iter().map(|at| (code_of(at), inventory_time(at))).collect(),
    }
}

fn inventory_time(at: &inventory::Position) -> i64 {
    let mut until = [0; 8];
    until.copy_from_slice(&at[..8]);
    i64::from_be_bytes(until)
}

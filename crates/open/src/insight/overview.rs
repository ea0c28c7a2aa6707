//! The day at a glance.

use super::caught_up;
use domain::catalog::Product;
use domain::identity::Scope;
use domain::insight::KeyName;
use domain::insight::sales::Cut;
use domain::inventory::ImportState;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::problem::Problem;
use edge::wire::{Money, OrderId, PaymentId, ProductId, SkuId, Time, Wire};
use kernel::{Currency, Id16};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use store::insight::{Sold, Way};
use store::read::Page;
use utoipa::ToSchema;

/// Products and imports that are looked at, the newest.
const LOOKED_AT_MAX: u32 = 1_000;
/// Alarms and waiting things that are named, at most.
const NAMED_MAX: usize = 100;
/// Codes that expire within so many days are told of.
const EXPIRES_WITHIN_DAYS: i64 = 14;

/// The day at a glance.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    /// The date, in the merchant's zone.
    pub day: String,
    /// When it began.
    pub since: Time,
    /// Orders of the day.
    pub orders: OrdersOfDay,
    /// Money of the day, a line a currency.
    pub money: Vec<MoneyOfDay>,
    /// SKUs whose stock is at their alarm line or below, the least first.
    pub low_stock: Vec<LowStock>,
    /// SKUs whose next code expires within 14 days, the soonest first.
    pub expiring: Vec<Expiring>,
    /// What waits for a person.
    pub waiting: Waiting,
}

/// Orders of a day.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct OrdersOfDay {
    /// Placed.
    pub placed: i64,
    /// Paid and delivered.
    pub paid: i64,
    /// Closed unpaid.
    pub closed: i64,
}

/// Money of a day in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoneyOfDay {
    /// What paid orders.
    pub paid: Money,
    /// What was given back because somebody asked.
    pub refunded: Money,
}

/// A SKU whose stock is low.
#[derive(Debug, Serialize, ToSchema)]
pub struct LowStock {
    /// The SKU.
    pub sku: SkuId,
    /// Its product.
    pub product: ProductId,
    /// What buyers read.
    pub name: String,
    /// Pieces that can be sold now.
    pub stock: i64,
    /// The alarm line.
    pub alarm: u32,
}

/// A SKU whose codes expire soon.
#[derive(Debug, Serialize, ToSchema)]
pub struct Expiring {
    /// The SKU.
    pub sku: SkuId,
    /// Its product.
    pub product: ProductId,
    /// What buyers read.
    pub name: String,
    /// When its next code expires.
    pub valid_until: Time,
}

/// What waits for a person.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Waiting {
    /// Code files with questions or doubts.
    pub imports: i64,
    /// Orders with a refund that its channel refused, the newest first.
    pub stuck_refunds: Vec<OrderId>,
    /// Recharges with such a refund, the newest first.
    pub stuck_recharges: Vec<PaymentId>,
}

/// Read the day at a glance: money, orders, alarms of stock and expiry, and what waits for a person. Of the catalogue and of
/// code files only what the key may read. Sums follow the journal within two seconds.
#[utoipa::path(
    get, path = "/v1/overview", tag = "search", responses((status = 200, body = Overview))
)]
pub async fn overview(caller: Caller) -> Answered<Overview> {
    caught_up(&caller).await?;
    let (reader, tenant, now) = (caller.reader(), caller.tenant(), caller.engine().now());
    let zone = reader.tenant(tenant).await?.map(|row| row.zone).unwrap_or_default();
    let day = now.day_in(&zone).or_else(|| now.day_in("UTC"));
    let (since, day) = day.ok_or_else(|| Problem::internal("a day without a beginning"))?;
    let slots = (Cut::Whole.slot(since), Cut::Whole.slot(now) + 1);
    let (orders, money) = of_day(&reader.sales_over_time(tenant, slots, None).await?);
    let mut overview = Overview {
        day,
        since: Wire(since),
        orders,
        money,
        low_stock: Vec::new(),
        expiring: Vec::new(),
        waiting: Waiting::default(),
    };
    if caller.may(Scope::CatalogRead).is_ok() {
        overview.look_at_stock(&caller).await?;
    }
    overview.look_at_work(&caller).await?;
    Ok(Answer::ok(overview))
}

fn of_day(sold: &[Sold]) -> (OrdersOfDay, Vec<MoneyOfDay>) {
    let mut orders = OrdersOfDay::default();
    let mut money: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    for Sold { currency, sale, .. } in sold {
        orders.placed += sale.placed;
        orders.paid += sale.orders;
        orders.closed += sale.closed;
        if sale.gross != 0 || sale.refunded != 0 {
            let (paid, refunded) = money.entry(*currency).or_default();
            (*paid, *refunded) = (*paid + sale.gross, *refunded + sale.refunded);
        }
    }
    let line = |(currency, (paid, refunded))| MoneyOfDay {
        paid: Money::new(paid, currency),
        refunded: Money::new(refunded, currency),
    };
    (orders, money.into_iter().map(line).collect())
}

impl Overview {
    async fn look_at_stock(&mut self, caller: &Caller) -> Result<(), Problem> {
        let (reader, tenant) = (caller.reader(), caller.tenant());
        let page = Page { limit: LOOKED_AT_MAX, after: None };
        let products: Vec<Product> = reader.products(tenant, page).await?;
        let on_sale = || {
            let skus = products.iter().flat_map(|p| p.skus.iter().map(move |sku| (p, sku)));
            skus.filter(|(product, sku)| {
                product.on_shelf && sku.terms.on_shelf && sku.terms.is_stocked()
            })
        };
        let ids: Vec<kernel::SkuId> = on_sale().map(|(_, sku)| sku.id).collect();
        let stock: HashMap<_, _> = reader.stock(tenant, &ids).await?.into_iter().collect();
        let now = caller.engine().now();
        let soon = now.plus_days(EXPIRES_WITHIN_DAYS);
        let next: HashMap<_, _> = reader.next_codes(tenant, &ids).await?.into_iter().collect();
        for (product, sku) in on_sale() {
            let name = format!("{} {}", product.name, sku.terms.name);
            let left = stock.get(&sku.id).copied().unwrap_or(0);
            let (id, product) = (Wire(sku.id), Wire(product.id));
            if let Some(alarm) = sku.terms.stock_alarm.filter(|alarm| left <= i64::from(*alarm)) {
                let name = name.clone();
                self.low_stock.push(LowStock { sku: id, product, name, stock: left, alarm });
            }
            if let Some(until) = next.get(&sku.id).filter(|until| **until < soon && left > 0) {
                self.expiring.push(Expiring { sku: id, product, name, valid_until: Wire(*until) });
            }
        }
        self.low_stock.sort_by_key(|low| low.stock);
        self.expiring.sort_by_key(|one| one.valid_until.0);
        self.low_stock.truncate(NAMED_MAX);
        self.expiring.truncate(NAMED_MAX);
        Ok(())
    }

    async fn look_at_work(&mut self, caller: &Caller) -> Result<(), Problem> {
        let (reader, tenant) = (caller.reader(), caller.tenant());
        if caller.may(Scope::CodesImport).is_ok() {
            let page = Page { limit: LOOKED_AT_MAX, after: None };
            let imports = reader.imports(tenant, page).await?;
            let waits = imports
                .iter()
                .filter(|import| import.state == ImportState::NeedsDecision || import.held > 0);
            self.waiting.imports = waits.count() as i64;
        }
        let start = (Way::Down, (Way::Down.start(), kernel::OrderId(Way::Down.start())));
        let stuck = reader.sorted_orders(tenant, KeyName::StuckRefund, start, NAMED_MAX as u32);
        let stuck = stuck.await?;
        let ids: Vec<Id16> = stuck.iter().map(|(id, _)| *id).collect();
        let refunds = reader.refunds_named(tenant, &ids).await?;
        for (id, under) in stuck {
            let refund = refunds.iter().find(|refund| refund.id.0 == id);
            match refund.map(|refund| (refund.order, refund.payment)) {
                Some((None, Some(payment))) => self.waiting.stuck_recharges.push(Wire(payment)),
                _ => self.waiting.stuck_refunds.push(Wire(under)),
            }
        }
        self.waiting.stuck_refunds.dedup_by_key(|id| id.0);
        self.waiting.stuck_recharges.dedup_by_key(|id| id.0);
        Ok(())
    }
}

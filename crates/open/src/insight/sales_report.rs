//! Report what was sold.

use super::caught_up;
use super::period::{DAYS_BY_HOUR_MAX, DAYS_MAX, Period};
use domain::insight::sales::{QUARTER_US, Sale};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::problem::Problem;
use edge::wire::{Channel, DateText, Money, ProductId, SkuId, Time, Wire};
use kernel::{Currency, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::read::Page;
use utoipa::{IntoParams, ToSchema};

/// Rows of an answer at most; those with the largest net sales stay.
const ROWS_MAX: usize = 1_000;
/// Products that are read at once for their names.
const PRODUCTS: u32 = 500;

/// What a report is about.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SalesAsked {
    /// Its first day in the merchant's zone, or a time; 30 days are reported when absent.
    #[param(inline)]
    pub from: Option<DateText>,
    /// Its last day in the merchant's zone, or the time before which it ends; now when absent.
    #[param(inline)]
    pub to: Option<DateText>,
    /// What a row is of; days when absent.
    #[param(inline)]
    pub by: Option<SalesBy>,
    /// Only this SKU.
    #[param(inline)]
    pub sku: Option<SkuId>,
    /// Only orders that came from there.
    #[param(inline)]
    pub channel: Option<Channel>,
}

/// What a row of a report is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SalesBy {
    /// A day in the merchant's zone.
    #[default]
    Day,
    /// An hour in the merchant's zone.
    Hour,
    /// A SKU.
    Sku,
    /// Where orders came from.
    Channel,
}

/// What was sold.
#[derive(Debug, Serialize, ToSchema)]
pub struct SalesReport {
    /// When.
    #[serde(flatten)]
    pub period: Period,
    /// A row for each day, hour, SKU or channel and each currency in which anything happened: in the order of time, or the largest
    /// net sales first.
    pub data: Vec<SalesRow>,
    /// The whole, a row a currency. An order of two SKUs counts once.
    pub totals: Vec<SalesRow>,
    /// Whether there are more rows than an answer has; the totals are of all of them.
    pub cut: bool,
    /// Facts that happened and are not counted yet.
    pub behind: i64,
}

/// What was sold in a day, an hour, of a SKU or through a channel, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SalesRow {
    /// The day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// When the hour began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour: Option<Time>,
    /// The SKU.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<SkuId>,
    /// Its product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductId>,
    /// What buyers read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where orders came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Orders that were paid.
    pub orders: i64,
    /// Pieces that were paid.
    pub quantity: i64,
    /// Pieces whose money was given back.
    pub returned: i64,
    /// What paid them.
    pub gross: Money,
    /// What was given back, when it was given back.
    pub refunded: Money,
    /// The one less the other.
    pub net: Money,
    /// What the delivered codes cost that did not come back, as far as their batches or SKUs say it. Null without the scope
    /// `costs:read`.
    pub cost: Option<Money>,
    /// Net sales less what is known of the cost. Null without the scope `costs:read`.
    pub margin: Option<Money>,
    /// Delivered pieces of which nobody said what they cost. Null without the scope `costs:read`.
    pub without_cost: Option<i64>,
}

/// Report what was sold and given back, and what is left of it, by the day, the hour, the SKU or the channel.
///
/// Money given back counts when it was given back, so that a time that is over never changes. Sums follow the journal within two
/// seconds; a time is widened to whole quarters of an hour, which `from` and `to` of the answer say.
#[utoipa::path(
    get, path = "/v1/reports/sales", tag = "reports", params(SalesAsked),
    responses((status = 200, body = SalesReport))
)]
pub async fn sales_report(
    caller: Caller,
    Query(asked): Query<SalesAsked>,
) -> Answered<SalesReport> {
    let by = asked.by.unwrap_or_default();
    let days_max = if by == SalesBy::Hour { DAYS_BY_HOUR_MAX } else { DAYS_MAX };
    let period = Period::asked(&caller, asked.from.as_ref(), asked.to.as_ref(), days_max).await?;
    caught_up(&caller).await?;
    let (reader, tenant, slots) = (caller.reader(), caller.tenant(), period.slots());
    let behind = (reader.journal_head(tenant).await? - reader.followed(tenant).await?).max(0);
    let sku = asked.sku.as_ref().map(|sku| sku.0);
    let sees = caller.sees_costs();
    let wanted = |channel| asked.channel.is_none_or(|only| only.0 == channel);
    let sold = reader.sales_over_time(tenant, slots, sku).await?;
    let mut days = Days::new(&period.zone);
    let (mut rows, mut totals): (Counts, Counts) = Default::default();
    for sold in sold.iter().filter(|sold| wanted(sold.channel)) {
        let key = match by {
            SalesBy::Day => Key::Day(days.day(sold.slot)?),
            SalesBy::Hour => Key::Hour(days.hour(sold.slot)?),
            SalesBy::Channel => Key::Channel(sold.channel),
            SalesBy::Sku => Key::All,
        };
        add(&mut rows, (key, sold.currency), &sold.sale);
        add(&mut totals, (Key::All, sold.currency), &sold.sale);
    }
    if by == SalesBy::Sku {
        rows.clear();
        let sold = reader.sales_by_sku(tenant, slots).await?;
        let sold = sold.iter().filter(|sold| wanted(sold.channel));
        for sold in sold.filter(|sold| sku.is_none_or(|only| only == sold.sku)) {
            add(&mut rows, (Key::Sku(sold.sku), sold.currency), &sold.sale);
        }
    }
    let mut data = rows_of(rows, sees);
    if matches!(by, SalesBy::Sku | SalesBy::Channel) {
        data.sort_by_key(|row| std::cmp::Reverse(row.net.amount));
    }
    let cut = data.len() > ROWS_MAX && by == SalesBy::Sku;
    if cut {
        data.truncate(ROWS_MAX);
    }
    name(&caller, &mut data).await?;
    Ok(Answer::ok(SalesReport { period, data, totals: rows_of(totals, sees), cut, behind }))
}

/// What a row is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    All,
    Day(String),
    Hour(Timestamp),
    Sku(kernel::SkuId),
    Channel(domain::order::Channel),
}

type Counts = BTreeMap<(Key, Currency), Sale>;

fn add(counts: &mut Counts, key: (Key, Currency), sale: &Sale) {
    *counts.entry(key).or_default() += *sale;
}

/// The days and hours of quarters of an hour, which come in their order.
struct Days<'z> {
    zone: &'z str,
    last: Option<(i64, String, Timestamp)>,
}

impl<'z> Days<'z> {
    fn new(zone: &'z str) -> Self {
        Self { zone, last: None }
    }

    fn look(&mut self, slot: i64) -> Result<&(i64, String, Timestamp), Problem> {
        if self.last.as_ref().is_none_or(|(last, ..)| *last != slot) {
            let at = Timestamp(slot * QUARTER_US);
            let day = at.day_in(self.zone).map(|(_, day)| day);
            let found = day.zip(at.hour_in(self.zone)).map(|(day, hour)| (slot, day, hour));
            self.last = found;
        }
        self.last.as_ref().ok_or_else(|| Problem::internal("a time without a day"))
    }

    fn day(&mut self, slot: i64) -> Result<String, Problem> {
        self.look(slot).map(|(_, day, _)| day.clone())
    }

    fn hour(&mut self, slot: i64) -> Result<Timestamp, Problem> {
        self.look(slot).map(|(.., hour)| *hour)
    }
}

/// Rows in which something was sold or given back.
fn rows_of(counts: Counts, sees_costs: bool) -> Vec<SalesRow> {
    let moved = counts.into_iter().filter(|(_, sale)| sale.orders != 0 || sale.returned != 0);
    moved.map(|((key, currency), sale)| row(key, currency, &sale, sees_costs)).collect()
}

fn row(key: Key, currency: Currency, sale: &Sale, sees_costs: bool) -> SalesRow {
    let money = |amount| Money::new(amount, currency);
    let net = sale.gross - sale.refunded;
    let cost = kernel::Money::rounded(sale.cost, currency);
    let mut row = SalesRow {
        day: None,
        hour: None,
        sku: None,
        product: None,
        name: None,
        channel: None,
        orders: sale.orders,
        quantity: sale.pieces,
        returned: sale.returned,
        gross: money(sale.gross),
        refunded: money(sale.refunded),
        net: money(net),
        cost: sees_costs.then(|| money(cost)),
        margin: sees_costs.then(|| money(net - cost)),
        without_cost: sees_costs.then_some(sale.uncosted),
    };
    match key {
        Key::All => {}
        Key::Day(day) => row.day = Some(day),
        Key::Hour(hour) => row.hour = Some(Wire(hour)),
        Key::Sku(sku) => row.sku = Some(Wire(sku)),
        Key::Channel(channel) => row.channel = Some(Wire(channel)),
    }
    row
}

/// Says of which products the SKUs are.
async fn name(caller: &Caller, rows: &mut [SalesRow]) -> Result<(), Problem> {
    let mut wanted: BTreeSet<_> = rows.iter().filter_map(|row| row.sku.map(|sku| sku.0)).collect();
    let mut named = HashMap::new();
    let mut after = None;
    while !wanted.is_empty() {
        let page = Page { limit: PRODUCTS, after };
        let products = caller.reader().products(caller.tenant(), page).await?;
        for product in &products {
            for sku in product.skus.iter().filter(|sku| wanted.remove(&sku.id)) {
                let name = format!("{} {}", product.name, sku.terms.name);
                named.insert(sku.id, (product.id, name));
            }
        }
        after = products.last().map(|product| product.id);
        if products.len() < PRODUCTS as usize {
            break;
        }
    }
    for row in rows {
        let Some((product, name)) = row.sku.and_then(|sku| named.get(&sku.0)) else { continue };
        (row.product, row.name) = (Some(Wire(*product)), Some(name.clone()));
    }
    Ok(())
}

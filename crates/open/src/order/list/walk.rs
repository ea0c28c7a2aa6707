//! The walk that finds orders: along the one key that leaves out most, looking at each order for the rest, and never at
//! more than one request may.

use super::wanted::OrderList;
use domain::insight::{KeyName, amount_key, state_key};
use edge::auth::Caller;
use edge::pagination::Cursor;
use edge::problem::Problem;
use kernel::{Id16, OrderId, Timestamp, id};
use store::insight::{Found, Way};
use store::read::OrderView;

/// Orders that one request looks at, at most.
const LOOKED_AT_MAX: usize = 4_000;
/// Orders that are read at once where some are left out.
const PIECE: u32 = 250;
/// An id is drawn before its order is placed, by so much at most.
const DRAWN_BEFORE_US: i64 = 600_000_000;

/// Along what a walk goes.
enum Path {
    /// All orders.
    All,
    /// Those with any of some keys.
    Keys(Vec<(KeyName, Id16)>),
    /// All orders by what they cost.
    Amounts,
}

/// A walk that is under way.
struct Walk<'a> {
    caller: &'a Caller,
    path: Path,
    way: Way,
    /// Where it is: the value and the order that were looked at last.
    at: Found,
}

/// The orders of a page, and where the next one begins.
pub async fn walk(
    caller: &Caller,
    wanted: &OrderList,
) -> Result<(Vec<OrderView>, Option<Cursor>), Problem> {
    wanted.check()?;
    let limit = wanted.limit.0 as usize;
    let piece = if wanted.has_filter() { PIECE } else { wanted.limit.0 + 1 };
    let mut walk = Walk::begin(caller, wanted).await?;
    let (mut found, mut looked_at) = (Vec::new(), 0);
    loop {
        let next = walk.step(piece).await?;
        let is_last = next.len() < piece as usize;
        let ids: Vec<OrderId> = next.iter().map(|(_, id)| *id).collect();
        let views = caller.reader().orders_named(caller.tenant(), &ids).await?;
        for view in views {
            if walk.is_beyond(wanted, &view) {
                return Ok((found, None));
            }
            if !wanted.fits(&view) {
                continue;
            }
            if found.len() == limit {
                let last = found.last().map(|view: &OrderView| Cursor(view.order.id.0));
                return Ok((found, last));
            }
            found.push(view);
        }
        looked_at += ids.len();
        if is_last {
            return Ok((found, None));
        }
        if looked_at >= LOOKED_AT_MAX {
            return Ok((found, Some(Cursor(walk.at.1.0))));
        }
    }
}

impl<'a> Walk<'a> {
    async fn begin(caller: &'a Caller, wanted: &OrderList) -> Result<Self, Problem> {
        let (sort, way) = (wanted.sort(), wanted.sort().way());
        let path = path(caller, wanted).await?;
        let mut at = (way.start(), OrderId(way.start()));
        if sort.is_by_amount() {
            match (way, wanted.amount_from, wanted.amount_to) {
                (Way::Up, Some(from), _) => at = (amount_key(from), OrderId([0; 16])),
                (Way::Down, _, Some(to)) => at = (amount_key(to), OrderId([0xff; 16])),
                _ => {}
            }
        } else {
            // No id of an order that fits lies before this.
            let from = wanted.created_from.as_ref().map(|t| t.0.plus_micros(-DRAWN_BEFORE_US));
            match (way, from, wanted.created_before.as_ref()) {
                (Way::Up, Some(from), _) => at.1 = OrderId(id::first_at(from)),
                (Way::Down, _, Some(before)) => {
                    at.1 = OrderId(id::first_at(before.0.plus_micros(1_000)));
                }
                _ => {}
            }
        }
        if let Some(after) = wanted.after {
            at = (at.0, OrderId(after.0));
            if sort.is_by_amount() {
                let last = caller.reader().order(caller.tenant(), at.1).await?;
                let gone = || Problem::invalid("after", "expected `next` of an earlier page");
                at.0 = amount_key(last.ok_or_else(gone)?.order.total);
            }
        }
        Ok(Self { caller, path, way, at })
    }

    /// The next orders on its path.
    async fn step(&mut self, limit: u32) -> Result<Vec<Found>, Problem> {
        let (reader, tenant) = (self.caller.reader(), self.caller.tenant());
        let from = (self.way, self.at.1.0);
        let next = match &self.path {
            Path::All => {
                let ids = reader.order_ids(tenant, from, limit).await?;
                ids.into_iter().map(|id| (self.at.0, id)).collect()
            }
            Path::Amounts => {
                let from = (self.way, self.at);
                reader.sorted_orders(tenant, KeyName::Amount, from, limit).await?
            }
            Path::Keys(keys) => {
                let mut all: Vec<Found> = Vec::new();
                for key in keys {
                    all.extend(reader.found_orders(tenant, *key, from, limit).await?);
                }
                all.sort_by_key(|(_, id)| *id);
                if self.way == Way::Down {
                    all.reverse();
                }
                all.dedup_by_key(|(_, id)| *id);
                all.truncate(limit as usize);
                all
            }
        };
        if let Some(last) = next.last() {
            self.at = *last;
        }
        Ok(next)
    }

    /// Whether neither this order nor any after it can fit.
    fn is_beyond(&self, wanted: &OrderList, view: &OrderView) -> bool {
        if wanted.sort().is_by_amount() {
            let total = view.order.total;
            return match self.way {
                Way::Up => wanted.amount_to.is_some_and(|to| total > to),
                Way::Down => wanted.amount_from.is_some_and(|from| total < from),
            };
        }
        let drawn: Timestamp = id::drawn_at(&view.order.id.0);
        match self.way {
            Way::Up => wanted.created_before.as_ref().is_some_and(|before| drawn >= before.0),
            Way::Down => wanted
                .created_from
                .as_ref()
                .is_some_and(|from| drawn < from.0.plus_micros(-DRAWN_BEFORE_US)),
        }
    }
}

/// The path that leaves out most. A batch is told by its key alone, so it comes first.
async fn path(caller: &Caller, wanted: &OrderList) -> Result<Path, Problem> {
    if wanted.sort().is_by_amount() {
        if wanted.batch.is_some() {
            return Err(Problem::invalid(
                "sort",
                "orders of a batch are sorted by `created_at` only",
            ));
        }
        return Ok(Path::Amounts);
    }
    let one = |name, value| Ok(Path::Keys(vec![(name, value)]));
    if let Some(batch) = &wanted.batch {
        return one(KeyName::Batch, batch.0.0);
    }
    if let Some(buyer) = &wanted.buyer {
        return one(KeyName::Buyer, buyer.0.0);
    }
    if let (Some(from), Some(to)) = (wanted.amount_from, wanted.amount_to)
        && from == to
    {
        return one(KeyName::Amount, amount_key(from));
    }
    if let Some(key) = wanted.state.as_ref().and_then(|state| state_key(state.0)) {
        return one(KeyName::State, key);
    }
    if let Some(sku) = &wanted.sku {
        return one(KeyName::Sku, sku.0.0);
    }
    let Some(product) = &wanted.product else { return Ok(Path::All) };
    let product = caller.reader().product(caller.tenant(), product.0).await?;
    let skus = product.map(|product| product.skus).unwrap_or_default();
    Ok(Path::Keys(skus.iter().map(|sku| (KeyName::Sku, sku.id.0)).collect()))
}

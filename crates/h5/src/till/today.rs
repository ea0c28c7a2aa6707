//! What was redeemed in the store today, for the end of the day.

use super::Till;
use super::redeem::name_of;
use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::order::voucher::taken_of;
use crate::visitor::Visitor;
use domain::context::Actor;
use domain::voucher::Redemption;
use kernel::{FOREVER, Money, RedemptionId, SkuId};
use pages::page::till::{TodayRow, View};
use pages::page::voucher::Taken;
use std::collections::btree_map::{BTreeMap, Entry};
use store::read::{Page, RedemptionsOf};

/// Redemptions that are read at a time.
const ROWS: u32 = 500;

/// `GET /s/{shop}/staff/today`
pub async fn today(visitor: Visitor, Here(shop): Here<String>) -> Paged {
    let till = Till::enter(visitor, &shop).await?;
    let store = till.device.as_ref().map(|device| device.store);
    let (Some((tenant, _)), Some(store)) = (till.open(), store) else {
        return Ok(Answer::see_other(&till.home));
    };
    let now = till.visitor.engine().now();
    let began = now.day_in(&till.front.zone).map_or(now, |(began, _)| began);
    let reader = till.visitor.reader();
    let mut found: Vec<Redemption> = Vec::new();
    loop {
        let page = Page::<RedemptionId> { after: found.last().map(|last| last.id), limit: ROWS };
        let of = RedemptionsOf::Store(store);
        let more = reader.redemptions(tenant, of, began..FOREVER, page).await?;
        let full = more.len() == ROWS as usize;
        found.extend(more);
        // The sums are of the whole day.
        if !full {
            break;
        }
    }
    let mut names: BTreeMap<SkuId, String> = BTreeMap::new();
    for redemption in &found {
        if let Entry::Vacant(unknown) = names.entry(redemption.sku) {
            unknown.insert(name_of(&till, redemption.sku).await?);
        }
    }
    let mut rows = Vec::with_capacity(found.len());
    for redemption in &found {
        let by = match redemption.by {
            Some(Actor::Device(device)) => reader.device(tenant, device).await?.map(|d| d.name),
            _ => None,
        };
        rows.push(TodayRow {
            name: names.get(&redemption.sku).cloned().unwrap_or_default(),
            at: redemption.at,
            taken: taken_of(redemption),
            by: by.unwrap_or_else(|| "API".to_owned()),
            reversed: redemption.reversed_at.is_some(),
        });
    }
    let sums = names.iter().filter_map(|(sku, name)| {
        let of = found.iter().filter(|one| one.sku == *sku && one.reversed_at.is_none());
        sum(of).map(|sum| (name.clone(), sum))
    });
    let view = View::Today { sums: sums.collect(), rows };
    Ok(Answer::page(&till.page(view, None).await?))
}

/// The sum of what redemptions of one SKU took.
fn sum<'r>(of: impl Iterator<Item = &'r Redemption>) -> Option<Taken> {
    of.map(taken_of).reduce(|sum, one| match (sum, one) {
        (Taken::Uses(a), Taken::Uses(b)) => Taken::Uses(a.saturating_add(b)),
        (Taken::Amount(a), Taken::Amount(b)) => {
            Taken::Amount(Money::new(a.amount.saturating_add(b.amount), a.currency))
        }
        (sum, _) => sum,
    })
}

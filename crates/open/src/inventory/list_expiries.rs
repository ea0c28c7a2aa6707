//! When the codes of a SKU expire.

use super::pace::{Pace, paces};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::problem::Problem;
use edge::wire::{self, Wire};
use kernel::{SkuId, Timestamp};
use serde::Serialize;
use store::inventory::Expiries;
use utoipa::ToSchema;

/// Dated codes that are looked at, the soonest first.
const LOOKED_AT_MAX: u32 = 100_000;
/// Dates farther away than this are told by the month.
const DAYS_TOLD: i64 = 90;

/// When the codes of a SKU expire that can be sold.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExpiriesOfSku {
    /// The SKU.
    pub sku: wire::SkuId,
    /// Codes in stock, also those that orders hold.
    pub stock: i64,
    /// Dates in the merchant's zone, soonest first.
    pub dates: Vec<ExpiryDate>,
    /// Codes without a date; null where not all dated ones were looked at.
    pub without_date: Option<i64>,
    /// Whether all dated codes were looked at: 100,000 are, the soonest.
    pub complete: bool,
    /// How fast it sells.
    #[serde(flatten)]
    pub pace: Pace,
}

/// Codes that expire at a date.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExpiryDate {
    /// The last day on which they are good, as `2026-12-31`, or the month, as `2027-04`, where it is more than 90 days away.
    pub date: String,
    /// How many.
    pub codes: i64,
}

/// Read when the codes of a SKU expire that can be sold, and for how many days they last.
#[utoipa::path(
    get, path = "/v1/skus/{id}/expiries", tag = "codes",
    params(("id" = inline(wire::SkuId), Path)), responses((status = 200, body = ExpiriesOfSku))
)]
pub async fn list_expiries(caller: Caller, At(id): At<SkuId>) -> Answered<ExpiriesOfSku> {
    let (reader, tenant) = (caller.reader(), caller.tenant());
    let found = reader.product_of_sku(tenant, id).await?;
    found.ok_or_else(|| Problem::not_found("sku"))?;
    let zone = reader.tenant(tenant).await?.map(|row| row.zone).unwrap_or_default();
    let expiries = reader.expiries(tenant, id, LOOKED_AT_MAX).await?;
    let Expiries { stock, is_whole, .. } = expiries;
    let dated: i64 = expiries.dated.iter().map(|(_, codes)| codes).sum();
    let pace = paces(&caller, &reader.stock(tenant, &[id]).await?).await?;
    Ok(Answer::ok(ExpiriesOfSku {
        sku: Wire(id),
        stock,
        dates: dates(&expiries.dated, caller.engine().now(), &zone),
        without_date: is_whole.then_some((stock - dated).max(0)),
        complete: is_whole,
        pace: pace.get(&id).copied().unwrap_or_default(),
    }))
}

/// Last moments by the day, those that are far by the month. They come soonest first, so equal dates stand together.
fn dates(dated: &[(Timestamp, i64)], now: Timestamp, zone: &str) -> Vec<ExpiryDate> {
    let far = now.plus_days(DAYS_TOLD);
    let mut dates: Vec<ExpiryDate> = Vec::new();
    for (until, codes) in dated.iter().filter(|(_, codes)| *codes > 0) {
        let day = until.day_in(zone).or_else(|| until.day_in("UTC"));
        let mut date = day.map(|(_, date)| date).unwrap_or_default();
        if *until > far {
            date.truncate("2026-12".len());
        }
        match dates.last_mut().filter(|last| last.date == date) {
            Some(last) => last.codes += codes,
            None => dates.push(ExpiryDate { date, codes: *codes }),
        }
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_of_the_merchants_zone_and_months_where_they_are_far() {
        let now = Timestamp::parse("2026-11-29T20:00:00Z").expect("a time");
        let at = |text: &str, codes| (Timestamp::parse(text).expect("a time"), codes);
        let dated = [
            at("2026-11-30T15:59:59.999999Z", 2),
            at("2026-11-30T16:00:00Z", 3),
            at("2026-12-01T10:00:00Z", 4),
            at("2026-12-05T10:00:00Z", 0),
            at("2027-04-02T10:00:00Z", 5),
            at("2027-04-30T10:00:00Z", 6),
        ];
        let date = |date: &str, codes| ExpiryDate { date: date.to_owned(), codes };
        let by_day = [date("2026-11-30", 2), date("2026-12-01", 7), date("2027-04", 11)];
        assert_eq!(dates(&dated, now, "Asia/Shanghai"), by_day);
        assert_eq!(dates(&dated[..2], now, "nowhere"), [date("2026-11-30", 5)]);
    }
}

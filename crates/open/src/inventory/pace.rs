//! How fast a SKU sells, and for how many days its stock lasts at that.

use domain::insight::sales::Cut;
use edge::auth::Caller;
use edge::problem::Problem;
use kernel::SkuId;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// How fast a SKU sells. Days are whole ones of UTC, today among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Pace {
    /// Pieces that were sold in the last 7 days.
    pub sold_7: i64,
    /// Pieces that were sold in the last 30 days.
    pub sold_30: i64,
    /// For how many whole days the stock lasts if it sells as in the last 7 days; null when nothing was sold.
    pub days_left_7: Option<i64>,
    /// The same as in the last 30 days.
    pub days_left_30: Option<i64>,
}

impl Pace {
    /// The pace of a SKU that has so much stock, by what was sold.
    fn of(stock: i64, sold_7: i64, sold_30: i64) -> Self {
        let days_left_7 = days_left(stock, sold_7, 7);
        Self { sold_7, sold_30, days_left_7, days_left_30: days_left(stock, sold_30, 30) }
    }
}

/// Stock by the mean of a day, in whole days.
fn days_left(stock: i64, sold: i64, days: i64) -> Option<i64> {
    stock.max(0).saturating_mul(days).checked_div(sold.max(0))
}

/// The pace of SKUs, each with its stock.
pub async fn paces(
    caller: &Caller,
    stock: &[(SkuId, i64)],
) -> Result<HashMap<SkuId, Pace>, Problem> {
    let today = Cut::SkuDay.slot(caller.engine().now());
    let mut sold: HashMap<SkuId, (i64, i64)> = HashMap::new();
    for (sku, day, pieces) in caller.reader().sold(caller.tenant(), today - 29).await? {
        let (week, month) = sold.entry(sku).or_default();
        *month += pieces;
        if day > today - 7 {
            *week += pieces;
        }
    }
    let pace = |(sku, stock): &(SkuId, i64)| {
        let (week, month) = sold.get(sku).copied().unwrap_or_default();
        (*sku, Pace::of(*stock, week, month))
    };
    Ok(stock.iter().map(pace).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_lasts_as_long_as_the_mean_of_a_day_says() {
        for (stock, sold, days, left) in [
            (16, 4, 7, Some(28)),
            (16, 4, 30, Some(120)),
            (10, 3, 7, Some(23)),
            (0, 3, 7, Some(0)),
            (-2, 3, 7, Some(0)),
            (10, 0, 7, None),
            (i64::MAX, 1, 30, Some(i64::MAX)),
        ] {
            assert_eq!(days_left(stock, sold, days), left, "{stock} {sold} {days}");
        }
    }
}

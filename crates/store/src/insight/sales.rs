//! Reads what was sold, and what whoever counts it has to look up.

use crate::Error;
use crate::read::Reader;
use crate::seam::{Row, Value};
use domain::insight::sales::{Cut, DAY_US, Earned, QUARTER_US, Sale};
use domain::order::Channel;
use kernel::{CodeBatchId, CodeId, Currency, SkuId, Tenant};
use std::collections::HashMap;

/// What was sold in a quarter of an hour, through a channel, in a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sold {
    /// The quarter of an hour, counted from 1970.
    pub slot: i64,
    /// Where it was sold.
    pub channel: Channel,
    /// The currency of its amounts.
    pub currency: Currency,
    /// The counts.
    pub sale: Sale,
}

/// What was sold of a SKU over a time, through a channel, in a currency. Orders that were placed or closed are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkuSold {
    /// What was sold.
    pub sku: SkuId,
    /// Where it was sold.
    pub channel: Channel,
    /// The currency of its amounts.
    pub currency: Currency,
    /// The counts.
    pub sale: Sale,
}

impl Reader {
    /// What was sold in each quarter of an hour, the last one not included: everything, or one SKU.
    pub async fn sales_over_time(
        &self,
        tenant: Tenant,
        (from, to): (i64, i64),
        sku: Option<SkuId>,
    ) -> Result<Vec<Sold>, Error> {
        let mut params = vec![Value::bytes(tenant.bytes()), Value::Int(from), Value::Int(to)];
        let statement = match &sku {
            None => &super::sql::READ_SALES_OVER_TIME,
            Some(sku) => {
                params.push(Value::bytes(&sku.0));
                &super::sql::READ_SALES_OF_SKU
            }
        };
        let sold = |row: &Row| {
            let (channel, currency) = place(row, 1)?;
            let sale = Sale { placed: row.int(3)?, closed: row.int(4)?, ..counts(row, 5)? };
            Ok(Sold { slot: row.int(0)?, channel, currency, sale })
        };
        self.many(statement, &params, sold).await
    }

    /// What was sold of each SKU over some quarters of an hour, the last one not included.
    pub async fn sales_by_sku(
        &self,
        tenant: Tenant,
        (from, to): (i64, i64),
    ) -> Result<Vec<SkuSold>, Error> {
        let parts = parts(from, to).map(|(cut, from, to)| {
            let cut = Value::Int(cut as i64);
            [Value::copy(tenant.bytes()), cut, Value::Int(from), Value::Int(to)]
        });
        let params: Vec<_> = parts.into_iter().flatten().collect();
        let sold = |row: &Row| {
            let (channel, currency) = place(row, 1)?;
            Ok(SkuSold { sku: SkuId(row.array(0)?), channel, currency, sale: counts(row, 3)? })
        };
        self.many(&super::sql::READ_SALES_BY_SKU, &params, sold).await
    }

    /// Pieces of each SKU that were sold, by the day from one on; days without any are left out.
    pub async fn sold(
        &self,
        tenant: Tenant,
        from_day: i64,
    ) -> Result<Vec<(SkuId, i64, i64)>, Error> {
        let params = [Value::bytes(tenant.bytes()), Value::Int(from_day)];
        let sold = |row: &Row| Ok((SkuId(row.array(0)?), row.int(1)?, row.int(2)?));
        self.many(&super::sql::READ_SOLD, &params, sold).await
    }

    /// What batches earned, by the currency; those of which nothing was sold are left out.
    pub async fn batch_sales(
        &self,
        tenant: Tenant,
        batches: &[CodeBatchId],
    ) -> Result<Vec<(CodeBatchId, Currency, Earned)>, Error> {
        let keys = batches.iter().map(|id| [Value::copy(tenant.bytes()), Value::bytes(&id.0)]);
        let mut conn = self.conn().await?;
        let found = conn.fetch_rows(&super::sql::READ_BATCH_SALES, keys.collect()).await?;
        let earned = |row: &Row| {
            let earned = Earned {
                sold: row.int(2)?,
                returned: row.int(3)?,
                gross: row.int(4)?,
                refunded: row.int(5)?,
            };
            Ok((CodeBatchId(row.array(0)?), currency(row.int(1)?)?, earned))
        };
        found.iter().map(earned).collect()
    }

    /// The batches of codes, wherever these lie by now.
    pub async fn batches_of_ids(
        &self,
        tenant: Tenant,
        codes: &[CodeId],
    ) -> Result<HashMap<CodeId, CodeBatchId>, Error> {
        let keys = codes.iter().map(|id| [Value::copy(tenant.bytes()), Value::bytes(&id.0)]);
        let mut conn = self.conn().await?;
        let found = conn.fetch_rows(&super::sql::READ_BATCHES_OF_IDS, keys.collect()).await?;
        found.iter().map(|row| Ok((CodeId(row.array(0)?), CodeBatchId(row.array(1)?)))).collect()
    }
}

/// Some quarters of an hour as whole days of UTC, and what lies before and after them.
fn parts(from: i64, to: i64) -> [(Cut, i64, i64); 3] {
    const DAY: i64 = DAY_US / QUARTER_US;
    let (first, last) =
        (from.div_euclid(DAY) + i64::from(from.rem_euclid(DAY) > 0), to.div_euclid(DAY));
    if first >= last {
        return [(Cut::Sku, from, to), (Cut::SkuDay, 0, 0), (Cut::Sku, 0, 0)];
    }
    [(Cut::Sku, from, first * DAY), (Cut::SkuDay, first, last), (Cut::Sku, last * DAY, to)]
}

fn place(row: &Row, at: usize) -> Result<(Channel, Currency), Error> {
    let channel = Channel::from_number(row.int(at)?).ok_or(Error::Corrupt("a channel of sales"))?;
    Ok((channel, currency(row.int(at + 1)?)?))
}

fn currency(number: i64) -> Result<Currency, Error> {
    Currency::from_number(number).ok_or(Error::Corrupt("a currency of sales"))
}

/// `orders, pieces, returned, gross, refunded, cost, uncosted` from a column on.
fn counts(row: &Row, at: usize) -> Result<Sale, Error> {
    Ok(Sale {
        placed: 0,
        closed: 0,
        orders: row.int(at)?,
        pieces: row.int(at + 1)?,
        returned: row.int(at + 2)?,
        gross: row.int(at + 3)?,
        refunded: row.int(at + 4)?,
        cost: row.int(at + 5)?,
        uncosted: row.int(at + 6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_whole_days_and_what_is_left_of_it() {
        let quarters = |from, to| {
            let parts = parts(from, to).map(|(cut, from, to)| match cut {
                Cut::SkuDay => from * 96..to * 96,
                _ => from..to,
            });
            parts.into_iter().flatten().collect::<Vec<_>>()
        };
        for (from, to) in [(0, 96), (1, 95), (1, 97), (95, 192), (-100, 300), (50, 50), (5, 6)] {
            assert_eq!(quarters(from, to), (from..to).collect::<Vec<_>>(), "{from} {to}");
        }
        assert_eq!(parts(-100, 300)[1], (Cut::SkuDay, -1, 3));
    }
}

//! No code that can be sold lies before the marks of its pool, where no order would ever find it.
//!
//! Before `swept` no code may be available at all. Before `low` an available code must have been past its
//! date when an order moved the mark: valid no longer than the newest order of all plus the most days that
//! any version of the SKU asked for. The newest order bounds the time of every such move, whatever clock
//! the processes had, so a healthy pool never offends.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::seam::{Conn, Value};
use crate::{Error, rows};
use domain::inventory::{Position, position_after};
use kernel::{SkuId, Tenant, Timestamp};
use std::collections::HashMap;

/// Versions of products that are read at once.
const VERSIONS: i64 = 1000;
/// The most days that a SKU may ask its codes to have left.
const DAYS_MAX: i64 = 3650;
const START: Position = [0; 24];

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("pool_marks");
    let latest = conn.fetch(&sql::LATEST_ORDER, &[]).await?;
    let latest = latest.first().map_or(Ok(None), |row| row.maybe_int(0))?.map(Timestamp);
    let days = days_asked(conn).await?;

    for pool in &conn.fetch(&sql::POOLS, &[]).await? {
        finding.saw(1);
        let (sku, low, swept) = (pool.bytes(1)?, pool.bytes(2)?, pool.bytes(3)?);
        let key = (rows::tenant(pool, 0)?, SkuId(pool.array(1)?));
        let days = days.get(&key).copied().unwrap_or(DAYS_MAX);
        let sold = latest.map_or(START, |at| position_after(at.plus_days(days)));
        let parts: [(&'static str, &[u8], &[u8]); 2] = [
            ("can be sold but lies before the sweep", &START, swept),
            ("can be sold but lies before the mark", &sold, low),
        ];
        for (says, from, to) in parts {
            let part = [Value::bytes(sku), Value::bytes(from), Value::bytes(to)];
            finding.none(conn, &sql::POOL_LEFT, &part, says, first("cod")).await?;
        }
    }
    let says = "has codes but no pool";
    finding.none(conn, &sql::POOL_MISSING, &[], says, first("sku")).await?;
    Ok(finding.done())
}

/// The most days that any version of each SKU asked its codes to have left.
async fn days_asked(conn: &mut Conn) -> Result<HashMap<(Tenant, SkuId), i64>, Error> {
    let mut days: HashMap<(Tenant, SkuId), i64> = HashMap::new();
    let mut after = (Vec::new(), Vec::new(), 0);
    loop {
        let (tenant, id, version) = &after;
        let params =
            [Value::bytes(tenant), Value::bytes(id), Value::Int(*version), Value::Int(VERSIONS)];
        let found = conn.fetch(&sql::PRODUCT_VERSIONS, &params).await?;
        let Some(last) = found.last() else { return Ok(days) };
        after = (last.bytes(0)?.to_vec(), last.bytes(1)?.to_vec(), last.int(2)?);
        for row in &found {
            let (tenant, product) = (rows::tenant(row, 0)?, rows::product(row, 3)?);
            for sku in product.skus {
                let most = days.entry((tenant, sku.id)).or_default();
                *most = (*most).max(i64::from(sku.terms.min_days_left));
            }
        }
    }
}

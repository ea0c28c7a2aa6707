//! Checks of codes, pools and imports.

use crate::Error;
use crate::seam::{Conn, Row, Value};
use crate::verify::Check;
use crate::verify::finding::{Finding, first, written};
use domain::inventory::{Position, position_after};
use kernel::{SkuId, Tenant, Timestamp};
use std::collections::HashMap;

/// A code belongs to at most one order line: the one that lists it. Its state says whether it belongs to any.
pub(crate) async fn code_has_one_line(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("code_has_one_line");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_OWNED_CODES).await?;
    let says = "is not listed by exactly the line it points to";
    finding.none(conn, &super::sql::VERIFY_OWNERS, &[], says, first("cod")).await?;
    let says = "state and owner do not fit";
    finding.none(conn, &super::sql::VERIFY_CODE_STATES, &[], says, first("cod")).await?;
    Ok(finding.done())
}

/// The accounts of pieces are the codes: stock is what is available, and what was issued and what expired
/// are counted likewise.
pub(crate) async fn stock_equals_codes(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("stock_equals_codes");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_CODES).await?;
    let says = "an account of pieces is not its codes";
    finding.none(conn, &super::sql::VERIFY_STOCK, &[], says, first("sku")).await?;
    Ok(finding.done())
}

/// Versions of products that are read at once.
const VERSIONS: i64 = 1000;
/// The most days that a SKU may ask its codes to have left.
const DAYS_MAX: i64 = 3650;
const START: Position = [0; 24];

/// No code that can be sold lies before the marks of its pool, where no order would ever find it.
///
/// Before `swept` no code may be available at all. Before `low` an available code must have been past its
/// date when an order moved the mark: valid no longer than the newest order or payment of all plus the most days
/// that any version of the SKU asked for. The newest of both bounds the time of every such move, whatever clock
/// the processes had, so a healthy pool never offends.
pub(crate) async fn pool_marks(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("pool_marks");
    let latest = conn.fetch(&crate::order::sql::VERIFY_LATEST_ORDER, &[]).await?;
    let latest = latest.first().map_or(Ok(None), |row| row.maybe_int(0))?.map(Timestamp);
    let days = days_asked(conn).await?;

    for pool in &conn.fetch(&super::sql::VERIFY_POOLS, &[]).await? {
        finding.saw(1);
        let (sku, low, swept) = (pool.bytes(1)?, pool.bytes(2)?, pool.bytes(3)?);
        let key = (pool.tenant(0)?, SkuId(pool.array(1)?));
        let days = days.get(&key).copied().unwrap_or(DAYS_MAX);
        let sold = latest.map_or(START, |at| position_after(at.plus_days(days)));
        let parts: [(&'static str, &[u8], &[u8]); 2] = [
            ("can be sold but lies before the sweep", &START, swept),
            ("can be sold but lies before the mark", &sold, low),
        ];
        for (says, from, to) in parts {
            let tenant = Value::bytes(key.0.bytes());
            let part = [tenant, Value::bytes(sku), Value::bytes(from), Value::bytes(to)];
            finding.none(conn, &super::sql::VERIFY_POOL_LEFT, &part, says, first("cod")).await?;
        }
    }
    let says = "has codes but no pool";
    finding.none(conn, &super::sql::VERIFY_POOL_MISSING, &[], says, first("sku")).await?;
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
        let found = conn.fetch(&crate::catalog::sql::VERIFY_PRODUCT_VERSIONS, &params).await?;
        let Some(last) = found.last() else { return Ok(days) };
        after = (last.bytes(0)?.to_vec(), last.bytes(1)?.to_vec(), last.int(2)?);
        for row in &found {
            let (tenant, product) = (row.tenant(0)?, crate::catalog::rows::product(row, 3)?);
            for sku in product.skus {
                let most = days.entry((tenant, sku.id)).or_default();
                *most = (*most).max(i64::from(sku.terms.min_days_left));
            }
        }
    }
}

/// Frozen and voided batches: where a mark's job has been no code is against it, every mark that is on its way has
/// its job, and pools know which batches sales must walk around. That no voided code was delivered is told by the
/// check of codes and lines.
pub(crate) async fn marks(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("marks");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_IMPORTS).await?;
    let says = "is against the mark of its batch";
    finding.none(conn, &super::sql::VERIFY_MARKED_CODES, &[], says, first("cod")).await?;
    let says = "lies outside of its batch's part of the pool";
    finding.none(conn, &super::sql::VERIFY_BATCH_SPANS, &[], says, first("cod")).await?;
    let says = "mark and job do not fit";
    finding.none(conn, &super::sql::VERIFY_MARKS_WITHOUT_JOB, &[], says, first("imp")).await?;
    let says = "does not know its batches on their way out";
    finding.none(conn, &super::sql::VERIFY_WALLED_POOLS, &[], says, first("sku")).await?;
    Ok(finding.done())
}

/// Every code is met by a tag, no record stands under two codes, and what is doubtful is counted and decided once.
pub(crate) async fn code_tags(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("code_tags");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_CODES).await?;
    let says = "is not met by a tag, or a tag leads to no code";
    finding.none(conn, &super::sql::VERIFY_CODE_TAGS, &[], says, first("cod")).await?;
    let tag = |row: &Row| written("tag", row.bytes(0).unwrap_or_default());
    finding
        .none(conn, &super::sql::VERIFY_CODE_TWINS, &[], "one record stands under two codes", tag)
        .await?;
    finding
        .none(
            conn,
            &super::sql::VERIFY_CODE_LOOKUPS,
            &[],
            "is looked up but not there",
            first("cod"),
        )
        .await?;
    finding
        .none(
            conn,
            &super::sql::VERIFY_DOUBTS,
            &[],
            "doubts and decisions do not fit",
            first("imp"),
        )
        .await?;
    Ok(finding.done())
}

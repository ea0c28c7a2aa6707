//! All balances of a unit sum to zero: money over a tenant's book, pieces over a SKU's accounts.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::Error;
use crate::seam::Conn;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("units_sum_to_zero");
    finding.saw_all(conn, &sql::COUNT_UNITS).await?;
    let says = "balances do not sum to zero for this SKU or merchant";
    finding.none(conn, &sql::UNITS, &[], says, first("of")).await?;
    Ok(finding.done())
}

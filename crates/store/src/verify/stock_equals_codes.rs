//! The accounts of pieces are the codes: stock is what is available, and what was issued and what expired
//! are counted likewise.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::Error;
use crate::seam::Conn;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("stock_equals_codes");
    finding.saw_all(conn, &sql::COUNT_CODES).await?;
    let says = "an account of pieces is not its codes";
    finding.none(conn, &sql::STOCK, &[], says, first("sku")).await?;
    Ok(finding.done())
}

//! What was sold is known, and what buyers answered belongs to an order: each line's product in its version. An order costs what its lines cost, what was
//! delivered was paid, and no more was given back than was paid.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::Error;
use crate::seam::Conn;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("sale_products");
    finding.saw_all(conn, &sql::COUNT_LINES).await?;
    let says = "was sold in a version that is not kept";
    finding.none(conn, &sql::LINE_VERSIONS, &[], says, first("prd")).await?;
    let says = "amounts and lines do not fit";
    finding.none(conn, &sql::ORDER_AMOUNTS, &[], says, first("ord")).await?;
    let says = "was answered and is not there";
    finding.none(conn, &sql::INPUTS_OF_NOTHING, &[], says, first("ord")).await?;
    Ok(finding.done())
}

//! A code belongs to at most one order line: the one that lists it. Its state says whether it belongs to any.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::Error;
use crate::seam::Conn;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("code_has_one_line");
    finding.saw_all(conn, &sql::COUNT_OWNED_CODES).await?;
    let says = "is not listed by exactly the line it points to";
    finding.none(conn, &sql::OWNERS, &[], says, first("cod")).await?;
    let says = "state and owner do not fit";
    finding.none(conn, &sql::CODE_STATES, &[], says, first("cod")).await?;
    Ok(finding.done())
}

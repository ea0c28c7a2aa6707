//! A line has as many codes as it says it delivered: in its list, and pointing back to it.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::Error;
use crate::seam::Conn;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("lines_have_their_codes");
    finding.saw_all(conn, &sql::COUNT_LINES).await?;
    let says = "lists more or fewer codes than it delivered";
    finding.none(conn, &sql::LINE_LENGTHS, &[], says, first("ord")).await?;
    let says = "more or fewer codes point to it than it delivered";
    finding.none(conn, &sql::LINE_CODES, &[], says, first("ord")).await?;
    Ok(finding.done())
}

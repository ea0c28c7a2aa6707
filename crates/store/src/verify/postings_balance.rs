//! An account's balance is what its transfers moved, in its unit; every transfer's accounts exist.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::Error;
use crate::seam::Conn;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("postings_balance");
    finding.saw_all(conn, &sql::COUNT_ACCOUNTS).await?;
    let says = "balance is not what transfers moved, or there is no such account";
    finding.none(conn, &sql::BALANCES, &[], says, first("acc")).await?;
    Ok(finding.done())
}

//! Wallets and stock never owe, and never keep more than they have; no other account keeps anything.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::Error;
use crate::seam::Conn;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("bounds");
    finding.saw_all(conn, &sql::COUNT_BOUNDED_ACCOUNTS).await?;
    finding.none(conn, &sql::BOUNDS, &[], "breaks its bound", first("acc")).await?;
    Ok(finding.done())
}

//! Transfers of a bounded account form one chain: each found what the one before it left, the first found
//! nothing, and the newest is the one that the account knows, with the account's balance.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::Error;
use crate::seam::Conn;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("wallet_chain");
    finding.saw_all(conn, &sql::COUNT_BOUNDED_ACCOUNTS).await?;
    let says = "the next in the chain found something else, or there is none";
    finding.none(conn, &sql::CHAIN, &[], says, first("trf")).await?;
    let says = "the first in a chain found something";
    finding.none(conn, &sql::CHAIN_STARTS, &[], says, first("trf")).await?;
    let says = "has a balance and no transfer";
    finding.none(conn, &sql::CHAIN_MISSING, &[], says, first("acc")).await?;
    Ok(finding.done())
}

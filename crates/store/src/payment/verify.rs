//! Checks of recharges.

use crate::Error;
use crate::seam::Conn;
use crate::verify::Check;
use crate::verify::finding::{Finding, first};

/// A recharge that succeeded brought its amount to the wallet of its buyer, once; nothing else that came in is in a wallet.
pub(crate) async fn recharges(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("recharges");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_RECHARGES).await?;
    let says = "brought something else to its wallet than it says";
    finding.none(conn, &super::sql::VERIFY_RECHARGES, &[], says, first("pay")).await?;
    Ok(finding.done())
}

//! Checks of buyers.

use crate::Error;
use crate::seam::Conn;
use crate::verify::Check;
use crate::verify::finding::{Finding, first};

/// Every buyer is found by his id as by his tag.
pub(crate) async fn buyers(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("buyers");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_BUYERS).await?;
    let says = "id and tag do not lead to each other";
    finding.none(conn, &super::sql::VERIFY_BUYER_IDS, &[], says, first("byr")).await?;
    Ok(finding.done())
}

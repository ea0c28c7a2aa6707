//! Checks of what buyers share.

use crate::Error;
use crate::seam::Conn;
use crate::verify::Check;
use crate::verify::finding::{Finding, first};

/// How many hold it is an account, what they hold is there, and versions are numbered without gaps.
pub(crate) async fn contents(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("contents");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_CONTENTS).await?;
    let says = "more or fewer lines hold it than its account says";
    finding.none(conn, &super::sql::VERIFY_HOLDERS, &[], says, first("sku")).await?;
    let says = "holds a version that is not there";
    finding.none(conn, &super::sql::VERIFY_HELD_VERSIONS, &[], says, first("ord")).await?;
    let says = "its versions have gaps";
    finding.none(conn, &super::sql::VERIFY_CONTENT_NUMBERS, &[], says, first("sku")).await?;
    Ok(finding.done())
}

//! Every code has its tag among those ever imported, and no two codes share one.

use super::finding::{Finding, written};
use super::{Check, sql};
use crate::Error;
use crate::seam::Conn;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("code_tags");
    finding.saw_all(conn, &sql::COUNT_CODES).await?;
    let says = "a tag is not that of exactly one code";
    let tag = |row: &crate::seam::Row| written("tag", row.bytes(0).unwrap_or_default());
    finding.none(conn, &sql::CODE_TAGS, &[], says, tag).await?;
    Ok(finding.done())
}

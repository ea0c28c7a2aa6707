//! Every code is met by a tag, no record stands under two codes, and what is doubtful is counted and decided once.

use super::finding::{Finding, first, written};
use super::{Check, sql};
use crate::Error;
use crate::seam::{Conn, Row};

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("code_tags");
    finding.saw_all(conn, &sql::COUNT_CODES).await?;
    let says = "is not met by a tag, or a tag leads to no code";
    finding.none(conn, &sql::CODE_TAGS, &[], says, first("cod")).await?;
    let tag = |row: &Row| written("tag", row.bytes(0).unwrap_or_default());
    finding.none(conn, &sql::CODE_TWINS, &[], "one record stands under two codes", tag).await?;
    finding.none(conn, &sql::CODE_LOOKUPS, &[], "is looked up but not there", first("cod")).await?;
    finding.none(conn, &sql::DOUBTS, &[], "doubts and decisions do not fit", first("imp")).await?;
    Ok(finding.done())
}

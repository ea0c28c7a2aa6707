//! Frozen and voided batches: where a mark's job has been no code is against it, every mark that is on its way has
//! its job, and pools know which batches sales must walk around. That no voided code was delivered is told by the
//! check of codes and lines.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::Error;
use crate::seam::Conn;

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("marks");
    finding.saw_all(conn, &sql::COUNT_IMPORTS).await?;
    let says = "is against the mark of its batch";
    finding.none(conn, &sql::MARKED_CODES, &[], says, first("cod")).await?;
    let says = "lies outside of its batch's part of the pool";
    finding.none(conn, &sql::BATCH_SPANS, &[], says, first("cod")).await?;
    let says = "mark and job do not fit";
    finding.none(conn, &sql::MARKS_WITHOUT_JOB, &[], says, first("imp")).await?;
    let says = "does not know its batches on their way out";
    finding.none(conn, &sql::WALLED_POOLS, &[], says, first("sku")).await?;
    Ok(finding.done())
}

//! Checks of the journal.

use crate::Error;
use crate::seam::{Conn, Row};
use crate::verify::Check;
use crate::verify::finding::{Finding, written};

/// The numbers of each book's journal are 1, 2, 3 … up to its head.
pub(crate) async fn journal_gapless(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("journal_gapless");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_JOURNAL).await?;
    let book = |row: &Row| written("book", row.bytes(0).unwrap_or_default());
    let says = "its numbers have a gap or do not end at its head";
    finding.none(conn, &super::sql::VERIFY_JOURNAL_GAPS, &[], says, book).await?;
    Ok(finding.done())
}

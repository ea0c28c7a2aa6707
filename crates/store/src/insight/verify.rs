//! Checks of what is told behind the journal.

use crate::Error;
use crate::seam::{Conn, Row};
use crate::verify::Check;
use crate::verify::finding::{Finding, first, written};

/// What is told follows from facts that there are, of orders that there are, and each of these orders is found.
pub(crate) async fn orders_are_found(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("orders_are_found");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_FACTS).await?;
    let book = |row: &Row| written("book", row.bytes(0).unwrap_or_default());
    let says = "was followed further than its journal goes";
    finding.none(conn, &super::sql::VERIFY_FOLLOWED, &[], says, book).await?;
    let says = "is told of and is not there, or by facts that were not read";
    finding.none(conn, &super::sql::VERIFY_FACTS_OF_NOTHING, &[], says, first("ord")).await?;
    let says = "is not found by its buyer or its amount";
    finding.none(conn, &super::sql::VERIFY_KEYS_MISSING, &[], says, first("ord")).await?;
    let says = "is found by what is not its own";
    finding.none(conn, &super::sql::VERIFY_KEYS_OF_NOTHING, &[], says, first("ord")).await?;
    Ok(finding.done())
}

/// What was counted of sales is what the orders say, wherever a journal was followed to its end.
pub(crate) async fn sales_are_counted(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("sales_are_counted");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_SALES).await?;
    let says = "is counted otherwise than its orders say";
    let place = |row: &Row| match row.maybe_bytes(1) {
        Ok(Some(sku)) => written("sku", sku),
        _ => written("book", row.bytes(0).unwrap_or_default()),
    };
    finding.none(conn, &super::sql::VERIFY_SALES, &[], says, place).await?;
    Ok(finding.done())
}

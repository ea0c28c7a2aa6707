//! Checks of orders, their lines and the counters of limits.

use crate::Error;
use crate::seam::{Conn, Row};
use crate::verify::Check;
use crate::verify::finding::{Finding, first};

/// A line has as many codes as it says it delivered: in its list, and pointing back to it.
pub(crate) async fn lines_have_their_codes(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("lines_have_their_codes");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_LINES).await?;
    let says = "lists more or fewer codes than it delivered";
    finding.none(conn, &super::sql::VERIFY_LINE_LENGTHS, &[], says, first("ord")).await?;
    let says = "more or fewer codes point to it than it delivered";
    finding.none(conn, &crate::inventory::sql::VERIFY_LINE_CODES, &[], says, first("ord")).await?;
    Ok(finding.done())
}

/// Every order ends in goods or money: what is paid is delivered or given back, what came in for no goods
/// goes back, nothing is given back twice, and nothing is held for an order that does not wait.
pub(crate) async fn orders_end(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("orders_end");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_LINES).await?;
    finding.saw_all(conn, &crate::payment::sql::VERIFY_COUNT_RECEIPTS).await?;
    let says = "is paid and not delivered, or the other way round";
    finding.none(conn, &super::sql::VERIFY_ORDERS_IN_LIMBO, &[], says, first("ord")).await?;
    let says = "says another amount than its payment";
    finding.none(conn, &super::sql::VERIFY_ORDERS_PAID, &[], says, first("ord")).await?;
    let says = "says another amount than its refunds";
    finding.none(conn, &super::sql::VERIFY_ORDERS_REFUNDED, &[], says, first("ord")).await?;
    let says = "came in and ended neither as goods nor as a refund";
    let number = |row: &Row| row.text(0).unwrap_or_default().to_owned();
    finding.none(conn, &crate::payment::sql::VERIFY_RECEIPTS_END, &[], says, number).await?;
    let says = "succeeded with another amount than came in for it";
    finding
        .none(conn, &crate::payment::sql::VERIFY_RECEIPTS_APPLY, &[], says, first("pay"))
        .await?;
    let says = "is held for an order that does not wait";
    finding.none(conn, &crate::ledger::sql::VERIFY_DEAD_HOLDS, &[], says, first("hld")).await?;
    let says = "waits for ever";
    finding.none(conn, &super::sql::VERIFY_ORDERS_WITHOUT_TIMER, &[], says, first("ord")).await?;
    Ok(finding.done())
}

/// What was sold is known, and what buyers answered belongs to an order: each line's product in its version. An order costs what its lines cost, what was
/// delivered was paid, and no more was given back than was paid.
pub(crate) async fn sale_products(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("sale_products");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_LINES).await?;
    let says = "was sold in a version that is not kept";
    finding.none(conn, &super::sql::VERIFY_LINE_VERSIONS, &[], says, first("prd")).await?;
    let says = "amounts and lines do not fit";
    finding.none(conn, &super::sql::VERIFY_ORDER_AMOUNTS, &[], says, first("ord")).await?;
    let says = "was answered and is not there";
    finding.none(conn, &super::sql::VERIFY_INPUTS_OF_NOTHING, &[], says, first("ord")).await?;
    Ok(finding.done())
}

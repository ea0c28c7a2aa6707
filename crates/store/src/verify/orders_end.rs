//! Every order ends in goods or money: what is paid is delivered or given back, what came in for no goods
//! goes back, nothing is given back twice, and nothing is held for an order that does not wait.

use super::finding::{Finding, first};
use super::{Check, sql};
use crate::Error;
use crate::seam::{Conn, Row};

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("orders_end");
    finding.saw_all(conn, &sql::COUNT_LINES).await?;
    finding.saw_all(conn, &sql::COUNT_RECEIPTS).await?;
    let says = "is paid and not delivered, or the other way round";
    finding.none(conn, &sql::ORDERS_IN_LIMBO, &[], says, first("ord")).await?;
    let says = "says another amount than its payment";
    finding.none(conn, &sql::ORDERS_PAID, &[], says, first("ord")).await?;
    let says = "says another amount than its refunds";
    finding.none(conn, &sql::ORDERS_REFUNDED, &[], says, first("ord")).await?;
    let says = "came in and ended neither as goods nor as a refund";
    let number = |row: &Row| row.text(0).unwrap_or_default().to_owned();
    finding.none(conn, &sql::RECEIPTS_END, &[], says, number).await?;
    let says = "succeeded with another amount than came in for it";
    finding.none(conn, &sql::RECEIPTS_APPLY, &[], says, first("pay")).await?;
    let says = "is held for an order that does not wait";
    finding.none(conn, &sql::DEAD_HOLDS, &[], says, first("hld")).await?;
    let says = "waits for ever";
    finding.none(conn, &sql::ORDERS_WITHOUT_TIMER, &[], says, first("ord")).await?;
    Ok(finding.done())
}

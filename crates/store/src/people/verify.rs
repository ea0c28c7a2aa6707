//! Checks of people.

use crate::Error;
use crate::seam::{Conn, Value};
use crate::verify::Check;
use crate::verify::finding::{Finding, first, written};

/// People of a page.
const ROWS: i64 = 1000;

/// Every person is found by his address, and what is kept of him can be read.
pub(crate) async fn people(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("people");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_PEOPLE).await?;
    let says = "address and person do not lead to each other";
    finding.none(conn, &super::sql::VERIFY_PEOPLE_EMAILS, &[], says, first("psn")).await?;
    let mut after = vec![];
    loop {
        let tenant = domain::identity::operator();
        let from = [Value::bytes(tenant.bytes()), Value::bytes(&after), Value::Int(ROWS)];
        let found = conn.fetch(&super::sql::VERIFY_PEOPLE_PAGE, &from).await?;
        let Some(last) = found.last() else { break };
        after = last.bytes(0)?.to_vec();
        for row in &found {
            if super::rows::person(row).is_err() {
                finding
                    .wrong("cannot be read", || written("psn", row.bytes(0).unwrap_or_default()));
            }
        }
    }
    Ok(finding.done())
}

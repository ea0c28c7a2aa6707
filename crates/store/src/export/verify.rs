//! Checks of exports.

use crate::Error;
use crate::seam::{Conn, Value};
use crate::verify::Check;
use crate::verify::finding::{Finding, first, written};

/// Exports of a page.
const ROWS: i64 = 1000;

/// Every export can be read; what is not over has its work, and no work is left for what is.
pub(crate) async fn exports(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("exports");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_EXPORTS).await?;
    for (statement, says) in [
        (&super::sql::VERIFY_WITHOUT_WORK, "waits, and nobody writes it or clears it away"),
        (&super::sql::VERIFY_WORK_FOR_NOTHING, "is cleared away, and there is work on it"),
    ] {
        finding.none(conn, statement, &[], says, first("exp")).await?;
    }
    let mut after = (vec![], vec![]);
    loop {
        let from = [Value::bytes(&after.0), Value::bytes(&after.1), Value::Int(ROWS)];
        let found = conn.fetch(&super::sql::VERIFY_EXPORTS_PAGE, &from).await?;
        let Some(last) = found.last() else { break };
        after = (last.bytes(0)?.to_vec(), last.bytes(1)?.to_vec());
        for row in &found {
            if super::rows::export(row).is_err() {
                let id = || written("exp", row.bytes(1).unwrap_or_default());
                finding.wrong("cannot be read", id);
            }
        }
    }
    Ok(finding.done())
}

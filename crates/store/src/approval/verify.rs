//! Checks of approvals.

use crate::Error;
use crate::seam::{Conn, Value};
use crate::verify::Check;
use crate::verify::finding::{Finding, first, written};

/// Approvals of a page.
const ROWS: i64 = 1000;

/// Every approval can be read and ended as its state says; what waits has its request and its timer, what does not has none.
pub(crate) async fn approvals(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("approvals");
    finding.saw_all(conn, &super::sql::VERIFY_COUNT_APPROVALS).await?;
    for (statement, says) in [
        (&super::sql::VERIFY_ENDS, "was decided otherwise than its state says"),
        (&super::sql::VERIFY_PARTS, "what is sealed of it is not what its state keeps"),
        (&super::sql::VERIFY_WITHOUT_TIMER, "waits and never ends"),
    ] {
        finding.none(conn, statement, &[], says, first("apv")).await?;
    }
    let mut after = (vec![], vec![]);
    loop {
        let from = [Value::bytes(&after.0), Value::bytes(&after.1), Value::Int(ROWS)];
        let found = conn.fetch(&super::sql::VERIFY_APPROVALS_PAGE, &from).await?;
        let Some(last) = found.last() else { break };
        after = (last.bytes(0)?.to_vec(), last.bytes(1)?.to_vec());
        for row in &found {
            if super::rows::approval(row).is_err() {
                let id = || written("apv", row.bytes(1).unwrap_or_default());
                finding.wrong("cannot be read", id);
            }
        }
    }
    Ok(finding.done())
}

//! Checks of the journal.

use crate::Error;
use crate::seam::{Conn, Row, Value};
use crate::verify::Check;
use crate::verify::finding::Finding;

/// The journal's numbers are 1, 2, 3 … up to its head.
pub(crate) async fn journal_gapless(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("journal_gapless");
    let ends = conn.fetch(&super::sql::VERIFY_JOURNAL_ENDS, &[]).await?;
    let ends = ends.first().ok_or(Error::Corrupt("a count gave no row"))?;
    let (count, from, to) = (ends.int(0)?, ends.int(1)?, ends.int(2)?);
    finding.saw(count.max(0) as u64);

    let heads = conn.fetch(&super::sql::VERIFY_JOURNAL_HEAD, &[]).await?;
    let heads = heads.iter().map(|row| row.int(0)).collect::<Result<Vec<_>, _>>()?;
    if heads != [to] {
        finding.wrong("the head is not the last number", || format!("{heads:?}, not {to}"));
    }
    if from != 1 {
        finding.wrong("the first number is not 1", || from.to_string());
    }
    // Numbers are unique, so there is a hole exactly when rows are fewer than numbers.
    if count != to - from + 1 {
        let number = |row: &Row| row.int(0).unwrap_or_default().to_string();
        let params = [Value::Int(to)];
        finding
            .none(conn, &super::sql::VERIFY_JOURNAL_HOLES, &params, "there is a hole at", number)
            .await?;
    }
    Ok(finding.done())
}

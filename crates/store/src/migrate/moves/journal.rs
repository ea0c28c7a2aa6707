//! Facts get their number in their own book, in the order that they had among all.

use super::{Progress, SLICE};
use crate::Error;
use crate::seam::{Conn, Statement, Value};

static JOURNAL_MOVED: Statement = Statement::new(
    "migrations/journal_moved",
    include_str!("../../../sql/migrations/journal_moved.sql"),
);
static JOURNAL_TO_MOVE: Statement = Statement::new(
    "migrations/journal_to_move",
    include_str!("../../../sql/migrations/journal_to_move.sql"),
);
static MOVE_JOURNAL: Statement = Statement::new(
    "migrations/move_journal",
    include_str!("../../../sql/migrations/move_journal.sql"),
);
static MOVE_JOURNAL_HEADS: Statement = Statement::new(
    "migrations/move_journal_heads",
    include_str!("../../../sql/migrations/move_journal_heads.sql"),
);

pub(super) async fn progress(conn: &mut Conn) -> Result<Progress, Error> {
    let rows = (number(conn, &JOURNAL_MOVED).await?, number(conn, &JOURNAL_TO_MOVE).await?);
    Ok(Progress { what: "journal", rows })
}

pub(super) async fn slice(conn: &mut Conn) -> Result<(), Error> {
    let moved = number(conn, &JOURNAL_MOVED).await?;
    let slice = [Value::Int(moved), Value::Int(moved + SLICE)];
    conn.execute(&MOVE_JOURNAL, &slice).await?;
    conn.execute(&MOVE_JOURNAL_HEADS, &slice).await?;
    Ok(())
}

async fn number(conn: &mut Conn, statement: &'static Statement) -> Result<i64, Error> {
    conn.fetch(statement, &[]).await?.first().map_or(Ok(0), |row| row.int(0))
}

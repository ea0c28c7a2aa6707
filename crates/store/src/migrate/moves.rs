//! Rows that take another key: they go over to their new tables a slice at a time, each in a transaction of its own, so
//! that a long upgrade shows how far it is and goes on where it was stopped.

use crate::Error;
use crate::seam::{Conn, Statement, Value};

/// Rows of a slice.
const SLICE: i64 = 20_000;

/// How far a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Progress {
    /// What is moved.
    pub what: &'static str,
    /// Rows that were moved, and rows there are.
    pub rows: (i64, i64),
}

impl Progress {
    fn ended(self) -> bool {
        self.rows.0 >= self.rows.1
    }
}

/// Whether any row was moved.
pub(super) async fn have_begun(conn: &mut Conn) -> Result<bool, Error> {
    Ok(number(conn, &JOURNAL_MOVED).await? > 0)
}

/// Moves the next slice; `None` when all is moved.
pub(super) async fn advance(conn: &mut Conn) -> Result<Option<Progress>, Error> {
    let journal = journal(conn).await?;
    Ok((!journal.ended()).then_some(journal))
}

static JOURNAL_MOVED: Statement = Statement::new(
    "migrations/journal_moved",
    include_str!("../../sql/migrations/journal_moved.sql"),
);
static JOURNAL_TO_MOVE: Statement = Statement::new(
    "migrations/journal_to_move",
    include_str!("../../sql/migrations/journal_to_move.sql"),
);
static MOVE_JOURNAL: Statement = Statement::new(
    "migrations/move_journal",
    include_str!("../../sql/migrations/move_journal.sql"),
);
static MOVE_JOURNAL_HEADS: Statement = Statement::new(
    "migrations/move_journal_heads",
    include_str!("../../sql/migrations/move_journal_heads.sql"),
);

/// Facts get their number in their own book, in the order that they had among all.
async fn journal(conn: &mut Conn) -> Result<Progress, Error> {
    let (moved, all) = (number(conn, &JOURNAL_MOVED).await?, number(conn, &JOURNAL_TO_MOVE).await?);
    if moved < all {
        let slice = [Value::Int(moved), Value::Int(moved + SLICE)];
        conn.execute(&MOVE_JOURNAL, &slice).await?;
        conn.execute(&MOVE_JOURNAL_HEADS, &slice).await?;
    }
    let moved = number(conn, &JOURNAL_MOVED).await?;
    Ok(Progress { what: "journal", rows: (moved, all) })
}

async fn number(conn: &mut Conn, statement: &'static Statement) -> Result<i64, Error> {
    conn.fetch(statement, &[]).await?.first().map_or(Ok(0), |row| row.int(0))
}

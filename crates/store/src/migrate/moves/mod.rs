//! Rows that take another key: they go over to their new tables a slice at a time, each in a transaction of its own, so
//! that a long upgrade shows how far it is and goes on where it was stopped.

mod journal;
mod table;

use crate::Error;
use crate::seam::Conn;
use table::Table;

/// Rows of a slice.
const SLICE: i64 = 20_000;

/// What a step moves.
#[derive(Debug, Clone, Copy)]
pub(super) enum Move {
    /// The journal, whose facts get new numbers.
    Journal,
    /// The rows of a table, as they are.
    Table(&'static Table),
}

/// Codes and buyers.
pub(super) const KEYS: &[Move] = &[Move::Table(&table::CODES), Move::Table(&table::BUYERS)];

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

impl Move {
    async fn progress(self, conn: &mut Conn) -> Result<Progress, Error> {
        match self {
            Self::Journal => journal::progress(conn).await,
            Self::Table(table) => table.progress(conn).await,
        }
    }

    async fn slice(self, conn: &mut Conn) -> Result<(), Error> {
        match self {
            Self::Journal => journal::slice(conn).await,
            Self::Table(table) => table.slice(conn).await,
        }
    }
}

/// Whether there is something to move and nothing was.
pub(super) async fn begin(moves: &[Move], conn: &mut Conn) -> Result<bool, Error> {
    let (mut moved, mut all) = (0, 0);
    for one in moves {
        let (done, of) = one.progress(conn).await?.rows;
        (moved, all) = (moved + done, all + of);
    }
    Ok(all > 0 && moved == 0)
}

/// Moves the next slice; `None` when all is moved.
pub(super) async fn advance(moves: &[Move], conn: &mut Conn) -> Result<Option<Progress>, Error> {
    for one in moves {
        if !one.progress(conn).await?.ended() {
            one.slice(conn).await?;
            return Ok(Some(one.progress(conn).await?));
        }
    }
    Ok(None)
}

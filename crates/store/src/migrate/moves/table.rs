//! Rows that keep what they say and take another key, in the order of the one they had. `row_moves` holds the key of the
//! last one that was moved.

use super::{Progress, SLICE};
use crate::Error;
use crate::seam::{Conn, Row, Statement, Value};

macro_rules! statements {
    ($($name:ident = $file:literal;)*) => {
        $(static $name: Statement = Statement::new(
            concat!("migrations/", $file),
            include_str!(concat!("../../../sql/migrations/", $file, ".sql")),
        );)*
    };
}

statements! {
    ADVANCE_ROW_MOVE = "advance_row_move";
    MOVED_BUYERS_END = "moved_buyers_end";
    MOVED_CODES_END = "moved_codes_end";
    MOVE_BUYERS = "move_buyers";
    MOVE_BUYER_IDS = "move_buyer_ids";
    MOVE_CODES = "move_codes";
    ROWS_MOVED = "rows_moved";
}

/// How the rows of a table are moved.
#[derive(Debug)]
pub(in crate::migrate) struct Table {
    name: &'static str,
    /// Bytes of each part of the key that it had.
    key: &'static [usize],
    /// Write a slice to the tables that take over; each as many rows.
    writes: &'static [&'static Statement],
    /// Finds the key of a slice's last row.
    end: &'static Statement,
}

pub(super) static CODES: Table =
    Table { name: "codes", key: &[16, 24], writes: &[&MOVE_CODES], end: &MOVED_CODES_END };

pub(super) static BUYERS: Table = Table {
    name: "buyers",
    key: &[16],
    writes: &[&MOVE_BUYERS, &MOVE_BUYER_IDS],
    end: &MOVED_BUYERS_END,
};

impl Table {
    pub(super) async fn progress(&self, conn: &mut Conn) -> Result<Progress, Error> {
        let row = self.row(conn).await?;
        Ok(Progress { what: self.name, rows: (row.int(1)?, row.int(2)?) })
    }

    /// Moves the next rows.
    ///
    /// # Errors
    /// [`Error::Corrupt`] where rows are missing that were there when the move began.
    pub(super) async fn slice(&self, conn: &mut Conn) -> Result<(), Error> {
        let last = self.row(conn).await?.bytes(0)?.to_vec();
        let mut moved = 0;
        for write in self.writes {
            let written = conn.execute(write, &self.after(&last, SLICE)).await? as i64;
            if written == 0 || (moved > 0 && moved != written) {
                return Err(Error::Corrupt("rows that are moved"));
            }
            moved = written;
        }
        let found = conn.fetch(self.end, &self.after(&last, moved - 1)).await?;
        let end = found.first().ok_or(Error::Corrupt("the end of what was moved"))?;
        let parts =
            (0..self.key.len()).map(|part| end.bytes(part)).collect::<Result<Vec<_>, _>>()?;
        let row = [Value::Blob(parts.concat().into()), Value::Int(moved), Value::text(self.name)];
        conn.execute(&ADVANCE_ROW_MOVE, &row).await?;
        Ok(())
    }

    async fn row(&self, conn: &mut Conn) -> Result<Row, Error> {
        let found = conn.fetch(&ROWS_MOVED, &[Value::text(self.name)]).await?;
        found.into_iter().next().ok_or(Error::Corrupt("how far rows were moved"))
    }

    /// The parts of a key, each empty where nothing was moved yet, and a number.
    fn after<'a>(&self, mut last: &'a [u8], number: i64) -> Vec<Value<'a>> {
        let mut params = Vec::with_capacity(self.key.len() + 1);
        for bytes in self.key {
            let (part, rest) = last.split_at_checked(*bytes).unwrap_or_default();
            params.push(Value::bytes(part));
            last = rest;
        }
        params.push(Value::Int(number));
        params
    }
}

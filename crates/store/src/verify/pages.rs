//! Walking a whole table in the order of its key, a page at a time, so that memory stays bounded.

use crate::Error;
use crate::seam::{Conn, Row, Statement, Value};

/// Rows of a page.
const ROWS: i64 = 2000;

/// A walk over a table whose statement gives tenant and id as its first columns and goes on after them.
#[derive(Debug)]
pub(crate) struct Pages {
    statement: &'static Statement,
    after: (Vec<u8>, Vec<u8>),
}

impl Pages {
    /// A walk from the first row on.
    pub(crate) fn of(statement: &'static Statement) -> Self {
        Self { statement, after: (Vec::new(), Vec::new()) }
    }

    /// The next rows; none at the end.
    pub(crate) async fn next(&mut self, conn: &mut Conn) -> Result<Option<Vec<Row>>, Error> {
        let (tenant, id) = &self.after;
        let params = [Value::bytes(tenant), Value::bytes(id), Value::Int(ROWS)];
        let rows = conn.fetch(self.statement, &params).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        self.after = (last.bytes(0)?.to_vec(), last.bytes(1)?.to_vec());
        Ok(Some(rows))
    }
}

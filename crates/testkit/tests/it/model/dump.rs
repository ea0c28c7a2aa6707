//! Rows of either engine as plain values, so that two databases and the model can be compared.

use super::empty::put_keys;
use super::plain::Made;
use domain::inventory::{CodeState, code_of};
use kernel::{Id16, RefundId, Tenant};
use std::collections::BTreeMap;
use std::fmt;
use store::seam::{Conn, Dialect, Row, Statement, Value};

/// One value of a row.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// Rows with the names of their columns.
#[derive(Debug)]
pub struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// Tables by name.
pub type Dump = BTreeMap<String, Table>;

/// Columns that each database has for itself: of its own keys, and by the machine's clock.
const DRAWN: [(&str, &[&str]); 2] =
    [("data_keys", &["wrapped", "created_at"]), ("schema_steps", &["at"])];

/// Reads one database beside its writer.
pub struct Tables {
    conn: Conn,
    columns: BTreeMap<String, Vec<String>>,
}

impl Tables {
    /// Finds out which tables there are, with which columns.
    pub async fn new(mut conn: Conn) -> Self {
        static SQLITE: Statement = Statement::new(
            "columns",
            "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' ORDER BY t.name, c.cid",
        );
        static POSTGRES: Statement = Statement::new(
            "columns",
            "SELECT table_name::text, column_name::text FROM information_schema.columns
            WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
        );
        let statement = match conn.engine() {
            Dialect::Sqlite => &SQLITE,
            Dialect::Postgres => &POSTGRES,
        };
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in conn.fetch(statement, &[]).await.expect("the columns") {
            let (table, column) = (row.text(0).expect("a table"), row.text(1).expect("a column"));
            columns.entry(table.to_owned()).or_default().push(column.to_owned());
        }
        for (table, drawn) in DRAWN {
            let columns = columns.get_mut(table).expect("the table");
            columns.retain(|column| !drawn.contains(&column.as_str()));
        }
        Self { conn, columns }
    }

    /// Every row of every table, sorted.
    pub async fn whole(&mut self) -> Dump {
        let mut dump = Dump::new();
        for name in self.columns.keys().cloned().collect::<Vec<_>>() {
            let columns = self.columns[&name].iter().map(|column| format!("\"{column}\""));
            let text = format!("SELECT {} FROM {name}", columns.collect::<Vec<_>>().join(", "));
            let text = text.leak();
            // The seam takes statements that live for ever.
            let statement = Box::leak(Box::new(Statement::new("whole", text)));
            let mut table = self.fetch(&name, statement, &[]).await;
            table.rows.sort();
            dump.insert(name, table);
        }
        dump
    }

    /// What came of the tags of codes.
    pub async fn made(&mut self) -> Vec<(Id16, Made)> {
        static CODES: Statement =
            Statement::new("code ids", "SELECT tag, position, state FROM codes");
        let found = self.conn.fetch(&CODES, &[]).await.expect("the codes");
        let made = |row: &Row| {
            let id = code_of(&row.array(1).expect("a position"));
            let doubtful = row.int(2).expect("a state") == CodeState::Doubtful as i64;
            (row.array(0).expect("a tag"), Made { id, doubtful })
        };
        found.iter().map(made).collect()
    }

    /// Book, channel's number and id of every refund of what came in for nothing.
    pub async fn refunds(&mut self) -> Vec<((Tenant, String), RefundId)> {
        static REFUNDS: Statement = Statement::new(
            "refund ids",
            "SELECT tenant, receipt, id FROM refunds WHERE receipt IS NOT NULL",
        );
        let found = self.conn.fetch(&REFUNDS, &[]).await.expect("the refunds");
        let ids = |row: &Row| {
            let number = row.text(1).expect("a number").to_owned();
            ((row.tenant(0).expect("a tenant"), number), RefundId(row.array(2).expect("an id")))
        };
        found.iter().map(ids).collect()
    }

    /// Ends the connection. A sequence drops keys under which something lies, which no server does: they are put back.
    pub async fn close(mut self) {
        put_keys(&mut self.conn).await;
        self.conn.close().await;
    }

    async fn fetch(
        &mut self,
        table: &str,
        statement: &'static Statement,
        params: &[Value<'_>],
    ) -> Table {
        let columns = self.columns[table].clone();
        let found = self.conn.fetch(statement, params).await.expect("the rows are read");
        let rows = found.iter().map(|row| (0..columns.len()).map(|i| cell(row, i)).collect());
        Table { rows: rows.collect(), columns }
    }
}

/// The first difference between two dumps.
pub fn compare(one: &Dump, other: &Dump) -> Result<(), String> {
    if one.keys().ne(other.keys()) {
        return Err(format!("other tables: {:?} and {:?}", one.keys(), other.keys()));
    }
    for ((name, left), right) in one.iter().zip(other.values()) {
        same_rows(name, &left.rows, &right.rows)?;
    }
    Ok(())
}

/// The first difference between two lists of rows.
pub fn same_rows(table: &str, left: &[Vec<Cell>], right: &[Vec<Cell>]) -> Result<(), String> {
    for i in 0..left.len().max(right.len()) {
        let (left, right) = (left.get(i), right.get(i));
        if left != right {
            return Err(format!("row {i} of {table} differs:\n  {left:?}\n  {right:?}"));
        }
    }
    Ok(())
}

impl Table {
    /// Some of the columns, with the rows sorted.
    pub fn project(&self, columns: &[&str]) -> Vec<Vec<Cell>> {
        let at: Vec<usize> = columns.iter().map(|name| self.column(name)).collect();
        let mut rows: Vec<Vec<Cell>> =
            self.rows.iter().map(|row| at.iter().map(|i| row[*i].clone()).collect()).collect();
        rows.sort();
        rows
    }

    fn column(&self, name: &str) -> usize {
        let found = self.columns.iter().position(|column| column == name);
        found.unwrap_or_else(|| panic!("no column {name} among {:?}", self.columns))
    }
}

fn cell(row: &Row, at: usize) -> Cell {
    if let Ok(int) = row.maybe_int(at) {
        return int.map_or(Cell::Null, Cell::Int);
    }
    if let Ok(text) = row.maybe_text(at) {
        return text.map_or(Cell::Null, |text| Cell::Text(text.to_owned()));
    }
    let bytes = row.maybe_bytes(at).expect("an integer, a text or bytes");
    bytes.map_or(Cell::Null, |bytes| Cell::Bytes(bytes.to_vec()))
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Int(int) => write!(f, "{int}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Bytes(bytes) => bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}")),
        }
    }
}

impl From<i64> for Cell {
    fn from(int: i64) -> Self {
        Self::Int(int)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&[u8]> for Cell {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Cell {
    fn from(bytes: [u8; N]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<Tenant> for Cell {
    fn from(tenant: Tenant) -> Self {
        Self::Bytes(tenant.bytes().to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

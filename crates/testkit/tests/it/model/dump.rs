//! Rows of either engine as plain values, so that two databases and the model can be compared.

use domain::identity::operator;
use domain::inventory::Position;
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

/// What belongs to one sequence.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The merchant's two books.
    pub books: [Tenant; 2],
    /// The keys and tags that the test chose lie between these.
    pub keys: [Id16; 2],
    /// The newest number of the operator's journal before the sequence.
    pub operator: i64,
}

/// How a sequence's rows are found.
enum By {
    Books,
    Keys,
    Journal,
}

/// `SELECT *` of a table's part in the order of its primary key.
macro_rules! part {
    ($table:literal, $part:literal, $order:literal) => {
        Statement::new(
            $table,
            concat!("SELECT * FROM ", $table, " WHERE ", $part, " ORDER BY ", $order),
        )
    };
}

/// Every table in which a sequence has rows of its own.
static TABLES: [(By, Statement); 39] = [
    (By::Books, part!("accounts", "tenant IN (?, ?)", "tenant, id")),
    (By::Books, part!("api_keys", "tenant IN (?, ?)", "id")),
    (By::Books, part!("buyers", "tenant IN (?, ?)", "tenant, tag")),
    (By::Books, part!("code_lookups", "tenant IN (?, ?)", "tenant, tag, code")),
    (By::Books, part!("code_tags", "tenant IN (?, ?)", "tenant, tag")),
    (
        By::Books,
        part!("codes", "sku IN (SELECT id FROM skus WHERE tenant IN (?, ?))", "sku, position"),
    ),
    (By::Books, part!("counters", "tenant IN (?, ?)", "tenant, scope, subject, window_start")),
    (By::Books, part!("holds", "tenant IN (?, ?)", "tenant, id")),
    (By::Keys, part!("idempotency_0", "key >= ? AND key < ?", "key")),
    (By::Keys, part!("idempotency_1", "key >= ? AND key < ?", "key")),
    (By::Books, part!("import_errors", "tenant IN (?, ?)", "tenant, import, line")),
    (By::Books, part!("import_rows", "tenant IN (?, ?)", "tenant, import, kind, line")),
    (By::Books, part!("imports", "tenant IN (?, ?)", "tenant, id")),
    (By::Journal, part!("journal", "tenant IN (?, ?) OR (tenant = ? AND seq > ?)", "tenant, seq")),
    (By::Books, part!("journal_heads", "tenant IN (?, ?)", "tenant")),
    (By::Books, part!("looks", "tenant IN (?, ?)", "tenant, order_id")),
    (By::Books, part!("order_inputs", "tenant IN (?, ?)", "tenant, order_id")),
    (By::Books, part!("order_lines", "tenant IN (?, ?)", "tenant, order_id, line")),
    (By::Books, part!("orders", "tenant IN (?, ?)", "tenant, id")),
    (By::Books, part!("payments", "tenant IN (?, ?)", "tenant, id")),
    (By::Books, part!("receipts", "tenant IN (?, ?)", "tenant, method, number")),
    (By::Books, part!("refunds", "tenant IN (?, ?)", "tenant, id")),
    (By::Books, part!("test_notices", "tenant IN (?, ?)", "tenant, id")),
    (By::Books, part!("pools", "tenant IN (?, ?)", "tenant, sku")),
    (By::Books, part!("product_versions", "tenant IN (?, ?)", "tenant, id, version")),
    (By::Books, part!("products", "tenant IN (?, ?)", "tenant, id")),
    (By::Books, part!("resource_claims", "tenant IN (?, ?)", "tenant, kind, name, key")),
    (By::Books, part!("resource_heads", "tenant IN (?, ?)", "tenant, kind")),
    (By::Books, part!("resource_keys", "tenant IN (?, ?)", "tenant, kind, name, key, id")),
    (By::Books, part!("resource_secrets", "tenant IN (?, ?)", "tenant, kind, id, field")),
    (By::Books, part!("resource_versions", "tenant IN (?, ?)", "tenant, kind, id, version")),
    (By::Books, part!("resources", "tenant IN (?, ?)", "tenant, kind, id")),
    (By::Books, part!("shops", "tenant IN (?, ?)", "tenant")),
    (By::Books, part!("skus", "tenant IN (?, ?)", "tenant, id")),
    (By::Books, part!("staged_chunks", "tenant IN (?, ?)", "tenant, import, number")),
    (By::Books, part!("tenants", "tenant IN (?, ?)", "tenant")),
    (By::Books, part!("transfers", "tenant IN (?, ?)", "tenant, id")),
    (By::Books, part!("versions", "subject IN (?, ?)", "subject")),
    (By::Books, part!("work", "tenant IN (?, ?) OR kind = 7", "kind, tenant, subject")),
];

/// The subject in `versions` whose version is the oldest key that may seal.
const FENCE_SUBJECT: Id16 = [0xfd; 16];
/// Bytes in the shape of a wrapped key.
const WRAPPED: [u8; 61] = [1; 61];

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
        // It says when the schema was made, by the machine's clock.
        columns.remove("schema_steps");
        // Each database draws its own.
        columns.remove("data_keys");
        Self { conn, columns }
    }

    /// The rows of a sequence.
    pub async fn part(&mut self, part: &Part) -> Dump {
        let mut dump = Dump::new();
        for (by, statement) in &TABLES {
            let params: Vec<Value<'_>> = match by {
                By::Books => part.books.iter().map(|book| Value::bytes(book.bytes())).collect(),
                By::Journal => {
                    let books = part.books.iter().map(|book| Value::bytes(book.bytes()));
                    let rest = [Value::copy(operator().bytes()), Value::Int(part.operator)];
                    books.chain(rest).collect()
                }
                By::Keys => part.keys.iter().map(|key| Value::bytes(key)).collect(),
            };
            let table = self.fetch(statement.name, statement, &params).await;
            dump.insert(statement.name.to_owned(), table);
        }
        dump
    }

    /// Every row of every table, sorted.
    pub async fn whole(&mut self) -> Dump {
        let mut dump = Dump::new();
        for name in self.columns.keys().cloned().collect::<Vec<_>>() {
            let text = format!("SELECT * FROM {name}").leak();
            // The seam takes statements that live for ever.
            let statement = Box::leak(Box::new(Statement::new("whole", text)));
            let mut table = self.fetch(&name, statement, &[]).await;
            table.rows.sort();
            dump.insert(name, table);
        }
        dump
    }

    /// Tag and position of every code of two books.
    pub async fn codes(&mut self, books: &[Tenant; 2]) -> Vec<(Id16, Position)> {
        static CODES: Statement = Statement::new(
            "code ids",
            "SELECT tag, position FROM codes
            WHERE sku IN (SELECT id FROM skus WHERE tenant IN (?, ?))",
        );
        let params = books.each_ref().map(|book| Value::bytes(book.bytes()));
        let found = self.conn.fetch(&CODES, &params).await.expect("the codes");
        let ids = |row: &Row| (row.array(0).expect("a tag"), row.array(1).expect("a position"));
        found.iter().map(ids).collect()
    }

    /// Book, channel's number and id of every refund of what came in for nothing.
    pub async fn refunds(&mut self, books: &[Tenant; 2]) -> Vec<((Tenant, String), RefundId)> {
        static REFUNDS: Statement = Statement::new(
            "refund ids",
            "SELECT tenant, receipt, id FROM refunds
            WHERE tenant IN (?, ?) AND receipt IS NOT NULL",
        );
        let params = books.each_ref().map(|book| Value::bytes(book.bytes()));
        let found = self.conn.fetch(&REFUNDS, &params).await.expect("the refunds");
        let ids = |row: &Row| {
            let tenant = Tenant::from_bytes(row.array(0).expect("a tenant"));
            let number = row.text(1).expect("a number").to_owned();
            ((tenant, number), RefundId(row.array(2).expect("an id")))
        };
        found.iter().map(ids).collect()
    }

    /// The oldest key that may seal, and the keys that seal or sealed.
    pub async fn seals(&mut self) -> (i64, Vec<i64>) {
        static FENCE: Statement =
            Statement::new("fence", "SELECT version FROM versions WHERE subject = ?");
        static KEYS: Statement =
            Statement::new("keys", "SELECT id FROM data_keys WHERE purpose = 1 ORDER BY id");
        let fence = self.conn.fetch(&FENCE, &[Value::bytes(&FENCE_SUBJECT)]).await;
        let keys = self.conn.fetch(&KEYS, &[]).await.expect("the keys");
        let number = |row: &Row| row.int(0).expect("a number");
        (number(&fence.expect("the fence")[0]), keys.iter().map(number).collect())
    }

    /// Both keys seal again, as before any command: what earlier sequences left lies under either.
    pub async fn put_seals_back(&mut self, keys: [i64; 2]) {
        static FENCE: Statement =
            Statement::new("fence", "UPDATE versions SET version = 0 WHERE subject = ?");
        static KEY: Statement = Statement::new(
            "key",
            "INSERT INTO data_keys (id, purpose, wrapped, created_at) VALUES (?, 1, ?, 0)
            ON CONFLICT (id) DO NOTHING",
        );
        let fence = self.conn.execute(&FENCE, &[Value::bytes(&FENCE_SUBJECT)]).await;
        fence.expect("the fence sinks");
        for key in keys {
            let params = [Value::Int(key), Value::bytes(&WRAPPED)];
            self.conn.execute(&KEY, &params).await.expect("the key is there");
        }
    }

    /// The newest number of the operator's journal.
    pub async fn operator_head(&mut self) -> i64 {
        static HEAD: Statement = Statement::new(
            "head",
            "SELECT COALESCE(MAX(seq), 0) FROM journal_heads WHERE tenant = ?",
        );
        let book = [Value::copy(operator().bytes())];
        let found = self.conn.fetch(&HEAD, &book).await.expect("the head");
        found[0].int(0).expect("a number")
    }

    /// Runs a text as it is.
    pub async fn raw(&mut self, text: &str) {
        self.conn.raw(text).await.expect("the statement runs");
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

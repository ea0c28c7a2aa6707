//! The reading side: questions about committed rows, a file per context, each over an index.
//!
//! A reader never waits for the writer and never writes. Lists are pages by key, newest first unless
//! the function says otherwise; the caller limits their length.

mod health;
mod pool;

pub use crate::anchor::read::{Behind, SliceOfBefore};
pub use crate::inventory::read::ListedRow;
pub use crate::journal::audit::{About, AuditFilter, AuditPage, Whose};
pub use crate::journal::read::{
    JournalRow, News, Place, database_name, facts, heads, name_database, number_before, translate,
};
pub use crate::order::read::OrderView;
pub use crate::payment::read::Beside;
pub use crate::seal::read::{SEALED_TABLES, SealedRow};
pub use crate::voucher::read::RedemptionsOf;
pub use crate::work::read::Backlog;
pub use pool::ReadPool;

use crate::Error;
use crate::insight::Way;
use crate::seam::{Conn, Dialect, Row, Statement, Value};
use kernel::{Id16, Tenant};

/// A part of a list: at most `limit` rows that come after the one with the key `after`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<K> {
    /// Rows at most.
    pub limit: u32,
    /// The last key of the page before; none for the first page.
    pub after: Option<K>,
}

/// Answers questions about committed rows. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Reader {
    pool: ReadPool,
}

/// How a row is read.
pub(crate) type Of<T> = fn(&Row) -> Result<T, Error>;

impl Reader {
    /// A reader over a pool.
    pub fn new(pool: ReadPool) -> Self {
        Self { pool }
    }

    /// Which engine it reads from.
    pub fn engine(&self) -> Dialect {
        self.pool.engine()
    }

    /// Succeeds when the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        self.conn().await?.fetch(&crate::work::sql::READ_PING, &[]).await.map(|_| ())
    }

    /// A borrowed connection, for several statements that belong together.
    pub async fn conn(&self) -> Result<Conn, Error> {
        self.pool.acquire().await
    }

    /// A connection of its own that sees one moment. What is abandoned half-way ends with it.
    pub(crate) async fn snapshot(&self) -> Result<Conn, Error> {
        let mut conn = self.conn().await?.detach();
        conn.begin_snapshot().await?;
        Ok(conn)
    }

    pub(crate) async fn many<T>(
        &self,
        s: &'static Statement,
        params: &[Value<'_>],
        of: Of<T>,
    ) -> Result<Vec<T>, Error> {
        self.conn().await?.fetch(s, params).await?.iter().map(of).collect()
    }

    pub(crate) async fn one<T>(
        &self,
        s: &'static Statement,
        params: &[Value<'_>],
        of: Of<T>,
    ) -> Result<Option<T>, Error> {
        self.conn().await?.fetch(s, params).await?.first().map(of).transpose()
    }

    /// A tenant's row by its id.
    pub(crate) async fn by_id<T>(
        &self,
        s: &'static Statement,
        tenant: Tenant,
        id: &Id16,
        of: Of<T>,
    ) -> Result<Option<T>, Error> {
        self.one(s, &[Value::bytes(tenant.bytes()), Value::bytes(id)], of).await
    }

    /// A tenant's rows along their ids, from one on: the first statement goes down, the second one up.
    pub(crate) async fn along_ids<T>(
        &self,
        [down, up]: [&'static Statement; 2],
        tenant: Tenant,
        (way, from): (Way, Id16),
        limit: u32,
        of: Of<T>,
    ) -> Result<Vec<T>, Error> {
        let statement = if way == Way::Down { down } else { up };
        let limit = Value::Int(i64::from(limit));
        self.many(statement, &[Value::bytes(tenant.bytes()), Value::bytes(&from), limit], of).await
    }

    /// A tenant's rows with these ids, in no order.
    pub(crate) async fn named<T>(
        &self,
        s: &'static Statement,
        tenant: Tenant,
        ids: &[Id16],
        of: Of<T>,
    ) -> Result<Vec<T>, Error> {
        let keys = ids.iter().map(|id| [Value::bytes(tenant.bytes()), Value::bytes(id)]);
        self.conn().await?.fetch_rows(s, keys.collect()).await?.iter().map(of).collect()
    }

    /// A page of a tenant's rows by id, newest first.
    pub(crate) async fn newest<T>(
        &self,
        s: &'static Statement,
        tenant: Tenant,
        page: Page<Id16>,
        of: Of<T>,
    ) -> Result<Vec<T>, Error> {
        let before = page.after.unwrap_or(LAST);
        let limit = Value::Int(i64::from(page.limit));
        self.many(s, &[Value::bytes(tenant.bytes()), Value::bytes(&before), limit], of).await
    }
}

/// Comes after every id that is ever drawn.
pub(crate) const LAST: Id16 = [0xff; 16];

impl<K> Page<K> {
    /// The same page with its key as bytes.
    pub(crate) fn bytes(self, of: fn(K) -> Id16) -> Page<Id16> {
        Page { limit: self.limit, after: self.after.map(of) }
    }
}

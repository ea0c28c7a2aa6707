//! How the database is: its size, and the work that waits.
use super::Reader;
use crate::Error;
use crate::seam::{Dialect, Statement};

impl Reader {
    /// Bytes of the database's tables and indexes.
    pub async fn size_bytes(&self) -> Result<i64, Error> {
        static SQLITE: Statement = Statement::new(
            "size",
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        );
        static POSTGRES: Statement =
            Statement::new("size", "SELECT pg_database_size(current_database())");
        let statement = match self.engine() {
            Dialect::Sqlite => &SQLITE,
            Dialect::Postgres => &POSTGRES,
        };
        let size = self.one(statement, &[], |row| row.int(0)).await?;
        size.ok_or(Error::Corrupt("the size of the database"))
    }

    /// Whether every page of the file is as it should be; none where the engine cannot tell.
    pub async fn is_intact(&self) -> Result<Option<bool>, Error> {
        static CHECK: Statement = Statement::new("check", "PRAGMA quick_check(1)");
        if self.engine() == Dialect::Postgres {
            return Ok(None);
        }
        let mut conn = self.conn().await?;
        // What is kept in memory would be checked instead of the file.
        conn.raw("PRAGMA shrink_memory").await?;
        let found = conn.fetch(&CHECK, &[]).await?;
        let said = found.first().ok_or(Error::Corrupt("a check"))?.text(0)?;
        Ok(Some(said == "ok"))
    }
}

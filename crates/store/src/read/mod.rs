//! stub
use sqlx::{SqlitePool, PgPool};
/// stub
#[derive(Debug, Clone)]
pub enum ReadPool { /// a
Sqlite(SqlitePool), /// b
Postgres(PgPool) }
/// stub
#[derive(Debug, Clone)]
pub struct Reader(ReadPool);
impl Reader { /// stub
pub fn new(p: ReadPool) -> Self { Self(p) } }

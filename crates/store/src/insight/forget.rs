//! Forgets everything that is told behind the journals, so that it is told anew.

use super::sql;
use crate::seam::Conn;
use crate::{Error, Store};

/// Empties the tables of what follows the journals, all at once. Whoever follows them meanwhile begins anew.
pub async fn forget_followed(conn: &mut Conn) -> Result<(), Error> {
    conn.begin().await?;
    for statement in [
        &sql::TRUNCATE_ORDER_KEYS,
        &sql::TRUNCATE_ORDER_FACTS,
        &sql::TRUNCATE_SALES,
        &sql::TRUNCATE_BATCH_SALES,
        &sql::TRUNCATE_FOLLOWED,
    ] {
        conn.execute(statement, &[]).await?;
    }
    conn.raw("COMMIT").await
}

impl Store {
    /// The same over a connection of its own, before an engine is started.
    pub async fn forget_followed(&self) -> Result<(), Error> {
        let mut conn = self.connection().await?;
        let done = forget_followed(&mut conn).await;
        conn.close().await;
        done
    }
}

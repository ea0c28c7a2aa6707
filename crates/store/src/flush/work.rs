//! What must happen next.

use crate::seam::{Conn, Value};
use crate::{Error, sql};
use domain::World;
use domain::work::{Work, WorkKey};

/// Writes what changed.
pub(super) async fn write(conn: &mut Conn, world: &World) -> Result<(), Error> {
    let added: Vec<_> = world.work.added().into_iter().map(row).collect();
    conn.write_all(&sql::INSERT_WORK, &added).await?;
    let changed: Vec<_> = world.work.changed().into_iter().map(row).collect();
    conn.write_all(&sql::UPDATE_WORK, &changed).await?;
    let removed = world.work.removed();
    let rows: Vec<_> = removed
        .iter()
        .map(|key| {
            let tenant = Value::bytes(key.tenant.bytes());
            [Value::Int(key.kind as i64), tenant, Value::bytes(&key.subject)]
        })
        .collect();
    conn.execute_rows(&sql::DELETE_WORK, &rows).await.map(|_| ())
}

fn row<'a>((key, work): (&'a WorkKey, &'a Work)) -> [Value<'a>; 6] {
    [
        Value::Int(key.kind as i64),
        Value::bytes(key.tenant.bytes()),
        Value::bytes(&key.subject),
        Value::Int(work.due_at.0),
        Value::Int(work.lease_until.0),
        Value::Int(work.attempts),
    ]
}

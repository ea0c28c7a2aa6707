//! Idempotency records and buyers: unique claims that must all be written.

use super::catalog;
use crate::seam::{Conn, Value};
use crate::{Error, sql};
use domain::World;

/// Writes what is new.
pub(super) async fn write(conn: &mut Conn, world: &World) -> Result<(), Error> {
    if world.rotate {
        catalog::rotate(conn, world).await?;
    }
    let rows: Vec<_> = world
        .idempotency
        .added()
        .into_iter()
        .map(|(key, record)| {
            [
                Value::bytes(key),
                Value::bytes(&record.fingerprint),
                Value::Int(record.outcome.kind as i64),
                Value::bytes(&record.outcome.subject),
                Value::Int(record.outcome.version),
            ]
        })
        .collect();
    let statement = if world.generation.number & 1 == 0 {
        &sql::INSERT_IDEMPOTENCY_0
    } else {
        &sql::INSERT_IDEMPOTENCY_1
    };
    conn.write_all(statement, &rows).await?;

    let rows: Vec<_> = world
        .buyers
        .added()
        .into_iter()
        .map(|((tenant, tag), buyer)| {
            [
                Value::bytes(tenant.bytes()),
                Value::bytes(tag),
                Value::bytes(&buyer.id.0),
                Value::bytes(&buyer.sealed),
                Value::Int(buyer.created_at.0),
            ]
        })
        .collect();
    conn.write_all(&sql::INSERT_BUYERS, &rows).await
}

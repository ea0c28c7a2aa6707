//! Cells that were sealed again, the fence before the oldest key, and keys that go.

use crate::load::SEALS;
use crate::seam::{Conn, Statement, Value};
use crate::{Error, sql};
use domain::World;
use domain::seal::{Resealed, SealedCell};

/// Writes what changed. A cell that holds other bytes by now is passed over: it was written by
/// somebody who sealed it under a newer key, or it is gone.
pub(super) async fn write(conn: &mut Conn, world: &World) -> Result<(), Error> {
    if world.seals_retired {
        let oldest = world.oldest_seal.unwrap_or(0);
        let row = [Value::bytes(&SEALS), Value::Int(oldest), Value::Int(0)];
        conn.write_all(&sql::UPDATE_VERSIONS, &[row]).await?;
    }
    if let Some(oldest) = world.drop_seals_below {
        conn.execute(&sql::DELETE_SEAL_KEYS, &[Value::Int(oldest)]).await?;
    }
    if world.resealed.is_empty() {
        return Ok(());
    }
    let mut cells: Vec<&Resealed> = world.resealed.iter().collect();
    cells.sort_by(|a, b| a.cell.cmp(&b.cell));
    pairs(conn, &sql::RESEAL_CODES, &cells, |cell| match cell {
        SealedCell::Code(sku, position) => Some((&sku.0[..], &position[..])),
        _ => None,
    })
    .await?;
    pairs(conn, &sql::RESEAL_BUYERS, &cells, |cell| match cell {
        SealedCell::Buyer(tenant, tag) => Some((&tenant.bytes()[..], &tag[..])),
        _ => None,
    })
    .await?;
    pairs(conn, &sql::RESEAL_ORDER_INPUTS, &cells, |cell| match cell {
        SealedCell::Input(tenant, order) => Some((&tenant.bytes()[..], &order.0[..])),
        _ => None,
    })
    .await?;
    chunks(conn, &cells).await
}

/// The cells of one table whose key has two parts.
async fn pairs(
    conn: &mut Conn,
    statement: &'static Statement,
    cells: &[&Resealed],
    key: impl for<'a> Fn(&'a SealedCell) -> Option<(&'a [u8], &'a [u8])>,
) -> Result<(), Error> {
    let rows: Vec<_> = cells
        .iter()
        .filter_map(|one| {
            let (first, second) = key(&one.cell)?;
            let (old, new) = (Value::bytes(&one.old), Value::bytes(&one.new));
            Some([Value::bytes(first), Value::bytes(second), old, new])
        })
        .collect();
    conn.execute_rows(statement, &rows).await.map(|_| ())
}

async fn chunks(conn: &mut Conn, cells: &[&Resealed]) -> Result<(), Error> {
    let rows: Vec<_> = cells
        .iter()
        .filter_map(|one| match &one.cell {
            SealedCell::Chunk(tenant, import, number) => Some([
                Value::bytes(tenant.bytes()),
                Value::bytes(&import.0),
                Value::Int(*number),
                Value::bytes(&one.old),
                Value::bytes(&one.new),
            ]),
            _ => None,
        })
        .collect();
    conn.execute_rows(&sql::RESEAL_CHUNKS, &rows).await.map(|_| ())
}

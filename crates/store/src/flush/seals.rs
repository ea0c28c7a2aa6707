//! Cells that were sealed again, the fence before the oldest key, and keys that go.

use crate::load::SEALS;
use crate::seam::{Calls, Statement, Value};
use crate::sql;
use domain::World;
use domain::seal::{Resealed, SealedCell};

/// Writes what changed. A cell that holds other bytes by now is passed over: it was written by
/// somebody who sealed it under a newer key, or it is gone.
pub(super) fn write<'w>(world: &'w World, calls: &mut Calls<'w>) {
    if world.seals_retired {
        let oldest = world.oldest_seal.unwrap_or(0);
        let row = [Value::bytes(&SEALS), Value::Int(oldest), Value::Int(0)];
        calls.write_all(&sql::UPDATE_VERSIONS, vec![row]);
    }
    if let Some(oldest) = world.drop_seals_below {
        calls.execute(&sql::DELETE_SEAL_KEYS, vec![Value::Int(oldest)]);
    }
    if world.resealed.is_empty() {
        return;
    }
    let mut cells: Vec<&Resealed> = world.resealed.iter().collect();
    cells.sort_by(|a, b| a.cell.cmp(&b.cell));
    pairs(calls, &sql::RESEAL_CODES, &cells, |cell| match cell {
        SealedCell::Code(sku, position) => Some((&sku.0[..], &position[..])),
        _ => None,
    });
    pairs(calls, &sql::RESEAL_BUYERS, &cells, |cell| match cell {
        SealedCell::Buyer(tenant, tag) => Some((&tenant.bytes()[..], &tag[..])),
        _ => None,
    });
    pairs(calls, &sql::RESEAL_ORDER_INPUTS, &cells, |cell| match cell {
        SealedCell::Input(tenant, order) => Some((&tenant.bytes()[..], &order.0[..])),
        _ => None,
    });
    chunks(calls, &cells);
}

/// The cells of one table whose key has two parts.
fn pairs<'w>(
    calls: &mut Calls<'w>,
    statement: &'static Statement,
    cells: &[&'w Resealed],
    key: impl Fn(&'w SealedCell) -> Option<(&'w [u8], &'w [u8])>,
) {
    let rows: Vec<_> = cells
        .iter()
        .filter_map(|one| {
            let (first, second) = key(&one.cell)?;
            let (old, new) = (Value::bytes(&one.old), Value::bytes(&one.new));
            Some([Value::bytes(first), Value::bytes(second), old, new])
        })
        .collect();
    calls.execute_rows(statement, rows);
}

fn chunks<'w>(calls: &mut Calls<'w>, cells: &[&'w Resealed]) {
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
    calls.execute_rows(&sql::RESEAL_CHUNKS, rows);
}

//! Writes data keys and what is sealed.

use crate::config::lock::SEALS;
use crate::seam::{Calls, Statement, Value};
use domain::seal::world::Rows;
use domain::seal::{Resealed, SealedCell};

/// Writes what changed. A cell that holds other bytes by now is passed over: it was written by
/// somebody who sealed it under a newer key, or it is gone.
pub(crate) fn write<'w>(seal: &'w Rows, calls: &mut Calls<'w>) {
    if seal.retired {
        let oldest = seal.oldest.unwrap_or(0);
        let row = [Value::bytes(&SEALS), Value::Int(oldest), Value::Int(0)];
        calls.write_all(&crate::config::sql::UPDATE_VERSIONS, vec![row]);
    }
    if let Some(oldest) = seal.drop_below {
        calls.execute(&super::sql::DELETE_SEAL_KEYS, vec![Value::Int(oldest)]);
    }
    if seal.resealed.is_empty() {
        return;
    }
    let mut cells: Vec<&Resealed> = seal.resealed.iter().collect();
    cells.sort_by(|a, b| a.cell.cmp(&b.cell));
    write_cells(calls, &super::sql::RESEAL_CODES, &cells, |one| match &one.cell {
        SealedCell::Code((tenant, sku, position)) => {
            let [old, new] = seals(one);
            let (tenant, sku) = (Value::bytes(tenant.bytes()), Value::bytes(&sku.0));
            Some([tenant, sku, Value::bytes(position), old, new])
        }
        _ => None,
    });
    write_cells(calls, &super::sql::RESEAL_BUYERS, &cells, |one| match &one.cell {
        SealedCell::Buyer(tenant, tag) => {
            let [old, new] = seals(one);
            Some([Value::bytes(tenant.bytes()), Value::bytes(tag), old, new])
        }
        _ => None,
    });
    write_cells(calls, &super::sql::RESEAL_ORDER_INPUTS, &cells, |one| match &one.cell {
        SealedCell::Input(tenant, order) => {
            let [old, new] = seals(one);
            Some([Value::bytes(tenant.bytes()), Value::bytes(&order.0), old, new])
        }
        _ => None,
    });
    write_cells(calls, &super::sql::RESEAL_PEOPLE, &cells, |one| match &one.cell {
        SealedCell::Person(tenant, id) => {
            let [old, new] = seals(one);
            Some([Value::bytes(tenant.bytes()), Value::bytes(id), old, new])
        }
        _ => None,
    });
    write_cells(calls, &super::sql::RESEAL_CONTENTS, &cells, |one| match &one.cell {
        SealedCell::Content(tenant, id) => {
            let [old, new] = seals(one);
            Some([Value::bytes(tenant.bytes()), Value::bytes(id), old, new])
        }
        _ => None,
    });
    write_cells(calls, &super::sql::RESEAL_APPROVAL_PARTS, &cells, |one| match &one.cell {
        SealedCell::Approval(tenant, id, part) => {
            let [old, new] = seals(one);
            let (tenant, id) = (Value::bytes(tenant.bytes()), Value::bytes(id));
            Some([tenant, id, Value::Int(*part), old, new])
        }
        _ => None,
    });
    write_cells(calls, &super::sql::RESEAL_RESOURCE_SECRETS, &cells, |one| match &one.cell {
        SealedCell::Secret(row, field) => {
            let [old, new] = seals(one);
            let [tenant, kind, id] = crate::resource::rows::key(row);
            Some([tenant, kind, id, Value::text(field), old, new])
        }
        _ => None,
    });
    write_cells(calls, &super::sql::RESEAL_CHUNKS, &cells, |one| match &one.cell {
        SealedCell::Chunk(tenant, import, number) => {
            let [old, new] = seals(one);
            let (tenant, import) = (Value::bytes(tenant.bytes()), Value::bytes(&import.0));
            Some([tenant, import, Value::Int(*number), old, new])
        }
        _ => None,
    });
}

/// The cells of one table: those for which there is a row.
fn write_cells<'w, const N: usize>(
    calls: &mut Calls<'w>,
    statement: &'static Statement,
    cells: &[&'w Resealed],
    row: impl Fn(&'w Resealed) -> Option<[Value<'w>; N]>,
) {
    calls.execute_rows(statement, cells.iter().filter_map(|one| row(one)).collect());
}

/// The bytes as they must still be, and what takes their place.
fn seals(one: &Resealed) -> [Value<'_>; 2] {
    [Value::bytes(&one.old), Value::bytes(&one.new)]
}

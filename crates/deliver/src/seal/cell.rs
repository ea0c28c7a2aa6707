//! A sealed cell of any table, with the place that its seal is bound to.

use crate::inventory::chunks::staged_row;
use domain::seal::SealedCell;
use store::read::SealedRow;
use vault::Place;

/// Calls `with` with the place of a cell.
pub(super) fn at_its_place<T>(row: &SealedRow, with: impl FnOnce(&Place<'_>) -> T) -> T {
    let of = |table| Place { tenant: row.tenant, table, row: &row.tag, column: "sealed" };
    match &row.cell {
        SealedCell::Code(..) => with(&of("codes")),
        SealedCell::Buyer(..) => with(&of("buyers")),
        SealedCell::Input(..) => with(&of("order_inputs")),
        SealedCell::Chunk(_, import, number) => {
            let staged = staged_row(*import, *number);
            with(&Place { row: &staged, ..of("staged_chunks") })
        }
    }
}

/// The name of a cell, as people look for it.
pub(super) fn name(cell: &SealedCell) -> String {
    match cell {
        SealedCell::Code((_, _, position)) => domain::inventory::code_of(position).to_string(),
        SealedCell::Buyer(tenant, tag) => {
            let tag: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("buyer {tag} of {}", tenant.merchant())
        }
        SealedCell::Chunk(_, import, number) => format!("{import} piece {number}"),
        SealedCell::Input(_, order) => order.to_string(),
    }
}

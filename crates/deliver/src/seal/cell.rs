//! A sealed cell of any table, with the place that its seal is bound to.

use crate::inventory::chunks::staged_row;
use domain::approval::Part;
use domain::resource::registry;
use domain::seal::SealedCell;
use kernel::{Id16, Tenant};
use store::read::SealedRow;
use vault::Place;

/// Calls `with` with the place of a cell.
pub(super) fn at_its_place<T>(row: &SealedRow, with: impl FnOnce(&Place<'_>) -> T) -> T {
    let of = |table| Place { tenant: row.tenant, table, row: &row.tag, column: "sealed" };
    match &row.cell {
        SealedCell::Code(..) => with(&of("codes")),
        SealedCell::Buyer(..) => with(&of("buyers")),
        SealedCell::Input(..) => with(&of("order_inputs")),
        SealedCell::Person(..) => with(&of("people")),
        SealedCell::Content(..) => with(&content_place(row.tenant, &row.tag)),
        SealedCell::Approval(_, _, part) => with(&approval_place(row.tenant, &row.tag, *part)),
        SealedCell::Secret(_, field) => with(&secret_place(row.tenant, &row.tag, field)),
        SealedCell::Chunk(_, import, number) => {
            let staged = staged_row(*import, *number);
            with(&Place { row: &staged, ..of("staged_chunks") })
        }
    }
}

/// The place of a person's contact.
pub fn person_place(id: &Id16) -> Place<'_> {
    Place { tenant: domain::identity::operator(), table: "people", row: id, column: "sealed" }
}

/// The place of a version of what buyers share.
pub fn content_place(tenant: Tenant, id: &Id16) -> Place<'_> {
    Place { tenant, table: "contents", row: id, column: "sealed" }
}

/// The place of a sealed part of an approval.
pub fn approval_place(tenant: Tenant, id: &Id16, part: i64) -> Place<'_> {
    let column = if part == Part::Request as i64 { "request" } else { "result" };
    Place { tenant, table: "approval_parts", row: id, column }
}

/// The place of a secret of a resource. Its kind is in its id.
pub fn secret_place<'a>(tenant: Tenant, id: &'a Id16, field: &'a str) -> Place<'a> {
    Place { tenant, table: "resource_secrets", row: id, column: field }
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
        SealedCell::Person(_, id) => kernel::PersonId(*id).to_string(),
        SealedCell::Content(_, id) => kernel::ContentId(*id).to_string(),
        SealedCell::Approval(_, id, _) => kernel::ApprovalId(*id).to_string(),
        SealedCell::Secret((_, kind, id), field) => {
            let any = registry::numbered(*kind);
            format!("{field} of {}", any.map_or_else(String::new, |any| any.kind.write(id)))
        }
    }
}

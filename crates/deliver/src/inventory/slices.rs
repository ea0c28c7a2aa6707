//! Cutting a file into slices: rows are read, tagged and sealed here, off the async threads.

use super::chunks::ChunkReader;
use super::record::{self, Field};
use super::{identity, told};
use codefile::{Cause, CodeFile, CodeRow, FieldSpec, FileError, Inspection, Plan, RowError};
use domain::inventory::import_slice::NewCode;
use domain::inventory::{Import, ImportError};
use kernel::Tenant;
use std::sync::Arc;
use tokio::sync::mpsc;
use vault::{Place, Vault};

/// Records of one slice: a few milliseconds of the writer's time.
const SLICE_RECORDS: i64 = 512;
/// Sealed bytes of one slice.
const SLICE_BYTES: usize = 1024 * 1024;

/// What one slice brings.
pub(super) struct Slice {
    pub from: i64,
    pub to: i64,
    pub rows: Vec<NewCode>,
    pub errors: Vec<ImportError>,
    bytes: usize,
}

impl Slice {
    fn starting(from: i64) -> Self {
        Self { from, to: from, rows: Vec::new(), errors: Vec::new(), bytes: 0 }
    }

    fn is_full(&self) -> bool {
        self.to - self.from >= SLICE_RECORDS || self.bytes >= SLICE_BYTES
    }
}

/// Looks at the whole file once. Blocks.
pub(super) fn inspect(
    import: &Import,
    fields: Vec<FieldSpec>,
    file: ChunkReader,
) -> Result<Inspection, FileError> {
    codefile::inspect(file, &told::told(&import.settings, fields, import.created_at))
}

/// Reads the file from its start by its plan, passes over records that were taken in before, and sends the rest. Codes of
/// vouchers have one value each, by which they are redeemed. Blocks; an ended receiver ends it early.
pub(super) fn cut(
    vault: &Arc<Vault>,
    tenant: Tenant,
    import: &Import,
    (plan, of_vouchers): (&Plan, bool),
    file: ChunkReader,
    to: &mpsc::Sender<Slice>,
) -> Result<(), FileError> {
    let mut file = CodeFile::new(file, plan)?;
    let mut records = 0;
    let mut slice = Slice::starting(import.records);
    while let Some(row) = file.next_row()? {
        records += 1;
        if records <= import.records {
            continue;
        }
        match row {
            Ok(row) if of_vouchers && row.fields.len() > 1 => slice.errors.push(ImportError {
                line: row.line as i64,
                column: row.fields[1].code.to_string(),
                cause: Cause::SeveralValues.code(),
            }),
            Ok(row) => {
                let code = new_code(vault, tenant, row);
                slice.bytes += code.sealed.len();
                slice.rows.push(code);
            }
            Err(error) => slice.errors.push(import_error(error)),
        }
        slice.to = records;
        if slice.is_full() {
            let full = std::mem::replace(&mut slice, Slice::starting(records));
            if to.blocking_send(full).is_err() {
                return Ok(());
            }
        }
    }
    if slice.to > slice.from {
        let _ = to.blocking_send(slice);
    }
    Ok(())
}

fn new_code(vault: &Vault, tenant: Tenant, row: CodeRow) -> NewCode {
    let fields: Vec<Field> = row.fields.into_iter().map(Field::from).collect();
    let identity = identity::identity(vault, tenant, &fields);
    let place = Place { tenant, table: "codes", row: &identity.exact, column: "sealed" };
    let sealed = vault.seal(&place, &record::pack(&fields));
    NewCode { line: row.line as i64, identity, sealed, valid_until: row.valid_until }
}

fn import_error(error: RowError) -> ImportError {
    ImportError {
        line: error.line as i64,
        column: error.column.unwrap_or_default(),
        cause: error.cause.code(),
    }
}

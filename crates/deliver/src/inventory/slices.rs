//! Cutting a file into slices: rows are read, tagged and sealed here, off the async threads.

use super::chunks::ChunkReader;
use super::code_file::{
    CodeFile, CodeRow, ColumnMap, Encoding, FileError, Format, RowError, Settings, normalise,
};
use super::record::{self, Field};
use domain::inventory::import_slice::NewCode;
use domain::inventory::{FileEncoding, FileFormat, Import, ImportError};
use kernel::{Tenant, Timestamp};
use std::sync::Arc;
use tokio::sync::mpsc;
use vault::{Place, Vault};

/// Records of one slice: a few milliseconds of the writer's time.
const SLICE_RECORDS: i64 = 512;

/// What one slice brings.
pub(super) struct Slice {
    pub from: i64,
    pub to: i64,
    pub rows: Vec<NewCode>,
    pub errors: Vec<ImportError>,
}

impl Slice {
    fn starting(from: i64) -> Self {
        Self { from, to: from, rows: Vec::new(), errors: Vec::new() }
    }
}

/// Reads the file from its start, passes over records that were taken in before, and sends the rest.
/// Gives how many records there are. Blocks; an ended receiver ends it early.
pub(super) fn cut(
    vault: &Arc<Vault>,
    tenant: Tenant,
    import: &Import,
    file: ChunkReader,
    to: &mpsc::Sender<Slice>,
) -> Result<i64, FileError> {
    let mut file = CodeFile::new(file, settings(import))?;
    let mut records = 0;
    let mut slice = Slice::starting(import.records);
    while let Some(row) = file.next_row()? {
        records += 1;
        if records <= import.records {
            continue;
        }
        match row {
            Ok(row) => slice.rows.push(new_code(vault, tenant, &row)),
            Err(error) => slice.errors.push(import_error(&error)),
        }
        slice.to = records;
        if slice.to - slice.from >= SLICE_RECORDS {
            let full = std::mem::replace(&mut slice, Slice::starting(records));
            if to.blocking_send(full).is_err() {
                return Ok(records);
            }
        }
    }
    if slice.to > slice.from {
        let _ = to.blocking_send(slice);
    }
    Ok(records)
}

/// Dates are judged by the time of the upload, so that every reading of a file judges alike.
fn settings(import: &Import) -> Settings {
    let given = &import.settings;
    let delimiter = given.separator.as_ref().and_then(|s| s.bytes().next()).unwrap_or(b',');
    Settings {
        encoding: match import.encoding {
            FileEncoding::Utf8 => Encoding::Utf8,
            FileEncoding::Gb18030 => Encoding::Gb18030,
        },
        format: match given.format {
            FileFormat::Csv => Format::Csv { delimiter },
            FileFormat::Txt => Format::Txt { separator: given.separator.clone() },
        },
        columns: ColumnMap {
            number: given.number.clone(),
            password: given.password.clone(),
            valid_until: given.valid_until.clone(),
        },
        zone: given.zone.clone(),
        now: Timestamp(import.created_at.0),
    }
}

fn new_code(vault: &Vault, tenant: Tenant, row: &CodeRow) -> NewCode {
    let tag = vault.code_tag(tenant, &normalise(row));
    let place = Place { tenant, table: "codes", row: &tag, column: "sealed" };
    let sealed = vault.seal(&place, &record::pack(&fields(row)));
    NewCode { tag, sealed, valid_until: row.valid_until }
}

fn fields(row: &CodeRow) -> Vec<Field> {
    let named = [("number", &row.number), ("password", &row.password)];
    let there = named.into_iter().filter(|(_, value)| !value.is_empty());
    there.map(|(code, value)| Field::plain(code, value)).collect()
}

fn import_error(error: &RowError) -> ImportError {
    ImportError {
        line: error.line as i64,
        column: error.column.map_or("", |column| column.name()),
        cause: error.cause.code(),
    }
}

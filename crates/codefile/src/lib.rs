//! Reads uploaded files of codes: inspects them first, asks where they are not plain, then reads
//! them record by record in bounded memory.
//!
//! [`inspect`] looks at the whole file once; where nothing is open its [`Plan`] reads the codes with
//! [`CodeFile`]. Counting records is the same at every reading by one plan, so an interrupted import
//! reads again and skips what it has done.
//!
//! Invariant: no error and no question holds text of a code. Who sees them may not be who may see a code.

mod archive;
mod builtin;
mod characters;
mod column;
mod common;
mod csv;
mod csv_draft;
mod damage;
mod date;
mod divider;
mod division;
mod draft;
mod encoding;
mod error;
mod evidence;
mod finding;
mod findings;
mod header;
mod inspect;
mod label;
mod layout;
mod likely;
pub mod limits;
mod lines;
mod no_data;
mod plan;
mod profile;
mod questions;
mod read;
mod records;
mod row;
mod sniff;
mod source;
mod survey;
mod table;
mod told;
mod total;
mod txt_draft;
mod value;
mod workbook;

pub use builtin::{BUILTINS, Builtin, Kind, builtin, is_field_code};
pub use column::{Column, Meaning, VALID_UNTIL};
pub use encoding::Encoding;
pub use error::{Cause, FileError, RowError};
pub use finding::{Choice, Finding, FindingKind, SheetName};
pub use inspect::{Inspection, inspect};
pub use plan::Plan;
pub use read::CodeFile;
pub use row::{CodeRow, FieldValue};
pub use table::{Rows, table};
pub use told::{FieldSpec, Format, Names, RecordMark, Separator, Told};
pub use workbook::{MEDIA_TYPE as WORKBOOK_MEDIA_TYPE, Opened, Sheets, open};

#[cfg(test)]
mod tests;

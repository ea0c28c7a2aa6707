//! How a file is read, decided once and kept, so that every reading of a job gives the same records.

use crate::characters::Odd;
use crate::csv::is_separator;
use crate::date;
use crate::divider::Divider;
use crate::records::Shape;
use crate::told::{Format, RecordMark};
use crate::{Encoding, FileError, Meaning};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// Everything that a reading needs; holds no text of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub(crate) encoding: Encoding,
    pub(crate) format: Format,
    /// `None`: the whole line is one value.
    pub(crate) separator: Option<String>,
    pub(crate) record: Option<RecordMark>,
    /// Records that begin at or above this line are no data: titles, the header.
    pub(crate) above: u64,
    /// Fewest fields of a record; the most are the columns.
    pub(crate) cells_min: usize,
    pub(crate) columns: Vec<PlanColumn>,
    /// Codes of the SKU's fields, in its order.
    pub(crate) fields: Vec<String>,
    #[serde(default)]
    pub(crate) dates: date::Rules,
    /// Odd characters that are made plain.
    #[serde(default)]
    pub(crate) clean: Vec<Odd>,
    /// Lines unlike all others are passed over.
    #[serde(default)]
    pub(crate) skip_odd: bool,
    /// Lines that may be a total are passed over.
    #[serde(default)]
    pub(crate) skip_totals: bool,
    /// Quoted values that hold lines like records are refused.
    #[serde(default)]
    pub(crate) no_quoted_records: bool,
    pub(crate) zone: String,
    pub(crate) now: Timestamp,
}

/// A column as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlanColumn {
    pub(crate) meaning: Meaning,
    /// Its header, plain, so that it is known again in the middle of the file.
    pub(crate) header: Option<String>,
    /// Dates are damage here.
    #[serde(default)]
    pub(crate) no_dates: bool,
    /// Zeros behind the fifteenth digit are damage here.
    #[serde(default)]
    pub(crate) no_rounded: bool,
}

impl Plan {
    pub(crate) fn shape(&self) -> Result<Shape, FileError> {
        let separator = self.separator.as_deref();
        Ok(match self.format {
            Format::Csv => Shape::Csv(separator.map(csv_byte).transpose()?),
            Format::Txt => {
                Shape::Txt { divider: separator.map(Divider::new), mark: self.record.clone() }
            }
        })
    }
}

/// The byte that divides a CSV file.
pub(crate) fn csv_byte(separator: &str) -> Result<u8, FileError> {
    match separator.as_bytes() {
        [byte] if is_separator(*byte) => Ok(*byte),
        _ => Err(FileError::Separator),
    }
}

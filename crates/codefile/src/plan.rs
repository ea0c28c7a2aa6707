//! How a file is read, decided once and kept, so that every reading of a job gives the same records.

use crate::builtin::plain;
use crate::characters::Odd;
use crate::csv::is_separator;
use crate::date;
use crate::divider::Divider;
use crate::draft::Draft;
use crate::layout::Slot;
use crate::records::Shape;
use crate::told::{Format, RecordMark, Told};
use crate::{Encoding, FileError, Meaning};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// Everything that a reading needs; holds no text of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The sheet of a workbook, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sheet: Option<usize>,
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
    /// Lines that may be a total are codes.
    #[serde(default)]
    pub(crate) keep_totals: bool,
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
    /// What stands before each of its values; a value without it is as it stands.
    #[serde(default)]
    pub(crate) label: Option<String>,
    /// Values without it are refused.
    #[serde(default)]
    pub(crate) no_unlabelled: bool,
    /// Its header, plain, so that it is known again in the middle of the file.
    pub(crate) header: Option<String>,
    /// Records whose value here is unlike a code are passed over.
    #[serde(default)]
    pub(crate) skip_odd: bool,
    /// Dates are damage here.
    #[serde(default)]
    pub(crate) no_dates: bool,
    /// Zeros behind the fifteenth digit are damage here.
    #[serde(default)]
    pub(crate) no_rounded: bool,
}

impl Plan {
    /// The plan of a draft, before the rest of the file and its answers were heard.
    pub(crate) fn first(draft: &Draft, encoding: Encoding, told: &Told) -> Self {
        let column = |slot: &Slot| PlanColumn {
            meaning: slot.meaning.clone(),
            label: slot.label.clone(),
            no_unlabelled: false,
            header: slot.header.as_deref().map(plain),
            skip_odd: false,
            no_dates: false,
            no_rounded: false,
        };
        Self {
            sheet: None,
            encoding,
            format: told.format,
            separator: draft.separator.clone(),
            record: draft.record.clone(),
            above: draft.above,
            cells_min: draft.cells_min,
            columns: draft.slots.iter().map(column).collect(),
            fields: told.fields.iter().map(|field| field.code.clone()).collect(),
            dates: date::Rules::default(),
            clean: Vec::new(),
            keep_totals: false,
            no_quoted_records: false,
            zone: told.zone.clone(),
            now: told.now,
        }
    }

    /// The sheet of a workbook that is read, from 1.
    pub fn sheet(&self) -> Option<usize> {
        self.sheet
    }

    /// Whether a line holds the mark between records.
    pub(crate) fn is_mark(&self, line: &[u8]) -> bool {
        match &self.record {
            Some(RecordMark::Mark(_) | RecordMark::Begin(_)) => {}
            Some(RecordMark::BlankLine) | None => return false,
        }
        let Some(text) = self.encoding.decode(line) else { return false };
        match &self.record {
            Some(RecordMark::Mark(mark)) => text.trim() == mark.trim(),
            Some(RecordMark::Begin(mark)) => text.starts_with(mark.as_str()),
            Some(RecordMark::BlankLine) | None => false,
        }
    }

    /// The byte that separates the fields of a CSV file.
    pub(crate) fn byte(&self) -> Option<u8> {
        let text = self.separator.as_ref().filter(|_| self.format == Format::Csv)?;
        text.bytes().next()
    }

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

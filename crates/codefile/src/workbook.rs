//! A workbook as the text that it would have been saved as: a line a row, so that everything that is known of text files, its
//! questions, its refusals and its numbers of lines, holds for it as well.
//!
//! A cell says more than its text: what is a formula, a date or a number with more digits than a spreadsheet keeps is written so that
//! it is found again for what it is, and asked about or refused there.

use crate::archive::{self, Flaw};
use crate::limits::{
    CELL_BYTES_MAX, COLUMNS_MAX, SHEET_ROWS_MAX, SHEET_TEXT_BYTES_MAX, SHEETS_MAX,
};
use crate::{FileError, SheetName};
use calamine::{CellErrorType, DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};
use std::io::{Cursor, Read};
use vault::Zeroizing;

/// What browsers say of a workbook (.xlsx).
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// How every archive begins.
const MAGIC: &[u8] = b"PK\x03\x04";
/// Digits that a spreadsheet keeps of a number.
const DIGITS_KEPT: usize = 15;
/// Stands for a formula, whatever it says: it is refused as one.
const FORMULA: &str = "=0";

/// A file that was opened: text as it came, or a workbook's sheet as text.
pub enum Opened<R> {
    /// Text.
    Text(std::io::Chain<Cursor<Vec<u8>>, R>),
    /// A sheet as CSV.
    Sheet(Cursor<Zeroizing<Vec<u8>>>, Sheets),
}

/// The sheets of a workbook that have rows, and the one that is read.
#[derive(Debug, Clone)]
pub struct Sheets {
    /// All of them.
    pub(crate) all: Vec<SheetName>,
    /// The number of the one.
    pub(crate) read: usize,
}

impl<R> Opened<R> {
    /// The same with its sheets, where it is a workbook.
    pub(crate) fn parts(self) -> (Self, Option<Sheets>) {
        let sheets = match &self {
            Self::Text(_) => None,
            Self::Sheet(_, sheets) => Some(sheets.clone()),
        };
        (self, sheets)
    }
}

impl<R: Read> Read for Opened<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Text(text) => text.read(into),
            Self::Sheet(text, _) => {
                let at = text.position() as usize;
                let rest = text.get_ref().get(at..).unwrap_or_default();
                let n = rest.len().min(into.len());
                into[..n].copy_from_slice(&rest[..n]);
                text.set_position((at + n) as u64);
                Ok(n)
            }
        }
    }
}

/// Opens a file: a workbook is known by its content. `sheet` is the sheet that is read, by its number from 1; else it is the first one
/// that has rows.
pub fn open<R: Read>(mut file: R, sheet: Option<usize>) -> Result<Opened<R>, FileError> {
    let mut head = Vec::with_capacity(MAGIC.len());
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut head)?;
    if head != MAGIC {
        return Ok(Opened::Text(Cursor::new(head).chain(file)));
    }
    let mut whole = Zeroizing::new(head);
    let most = kernel::limits::WORKBOOK_BYTES_MAX;
    file.take(most + 1).read_to_end(&mut whole)?;
    if whole.len() as u64 > most {
        return Err(FileError::WorkbookLarge);
    }
    archive::check(&whole)?;
    let mut book = Xlsx::new(Cursor::new(&whole[..])).map_err(|error| unreadable(&error))?;
    let sheets = with_rows(&mut book)?;
    let wanted = sheet.or(sheets.first().map(|sheet| sheet.number)).ok_or(FileError::Empty)?;
    let name = sheets.iter().find(|sheet| sheet.number == wanted).ok_or(FileError::Unfit {
        what: "sheet".to_owned(),
        cure: "send the number of a sheet that has rows, from 1",
    })?;
    let text = text_of(&mut book, &name.name)?;
    Ok(Opened::Sheet(Cursor::new(text), Sheets { all: sheets, read: wanted }))
}

/// Worksheets with a cell that is not empty.
fn with_rows(book: &mut Xlsx<Cursor<&[u8]>>) -> Result<Vec<SheetName>, FileError> {
    let all: Vec<_> = book.sheets_metadata().to_vec();
    if all.len() > SHEETS_MAX {
        return Err(FileError::WorkbookLarge);
    }
    let mut found = Vec::new();
    for (number, sheet) in (1..).zip(all) {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut cells =
            book.worksheet_cells_reader(&sheet.name).map_err(|error| unreadable(&error))?;
        loop {
            match cells.next_cell().map_err(|error| unreadable(&error))? {
                Some(cell) if matches!(cell.get_value(), DataRef::Empty) => {}
                Some(_) => {
                    found.push(SheetName { number, name: sheet.name });
                    break;
                }
                None => break,
            }
        }
    }
    Ok(found)
}

/// A sheet as CSV. Every row that has anything has all the columns.
fn text_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let mut page = Page::of_columns(columns(book, name)?);
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| unreadable(&error))?;
    while let Some(cell) =
        cells.next_cell_with_formula_metadata().map_err(|error| unreadable(&error))?
    {
        let value = match cell.formula {
            Some(_) => FORMULA.to_owned(),
            None => written(&cell.value),
        };
        if !value.is_empty() {
            page.put(cell.pos, &value)?;
        }
    }
    page.finish()
}

/// How many columns a sheet has, of as many as are read.
fn columns(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<usize, FileError> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| unreadable(&error))?;
    let mut columns = 1;
    while let Some(cell) = cells.next_cell().map_err(|error| unreadable(&error))? {
        let column = cell.get_position().1 as usize;
        if column < COLUMNS_MAX && !matches!(cell.get_value(), DataRef::Empty) {
            columns = columns.max(column + 1);
        }
    }
    Ok(columns)
}

/// Text that grows row by row.
struct Page {
    text: Zeroizing<Vec<u8>>,
    columns: usize,
    row: u32,
    /// Cells of the row that are written.
    written: usize,
    /// Where the last cell was.
    last: Option<(u32, u32)>,
}

impl Page {
    fn of_columns(columns: usize) -> Self {
        Self { text: Zeroizing::default(), columns, row: 0, written: 0, last: None }
    }

    /// A cell; they come in the order of rows and columns.
    fn put(&mut self, at: (u32, u32), value: &str) -> Result<(), FileError> {
        let (row, column) = (at.0, at.1 as usize);
        if row >= SHEET_ROWS_MAX || self.last.is_some_and(|last| at <= last) {
            return Err(FileError::WorkbookBroken);
        }
        self.last = Some(at);
        while self.row < row {
            self.end_row()?;
        }
        // A value behind the last column that is read makes its row one with too many.
        let column = column.min(COLUMNS_MAX);
        if column < self.written {
            return Ok(());
        }
        self.up_to(column)?;
        if self.written > 0 {
            self.push(b",")?;
        }
        self.written += 1;
        // What is longer than any code is refused for that, also without its end.
        let end =
            (0..=value.len().min(CELL_BYTES_MAX)).rev().find(|at| value.is_char_boundary(*at));
        self.quoted(&value[..end.unwrap_or(0)])
    }

    /// Empty cells before a column.
    fn up_to(&mut self, column: usize) -> Result<(), FileError> {
        while self.written < column {
            if self.written > 0 {
                self.push(b",")?;
            }
            self.written += 1;
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), FileError> {
        if self.written > 0 {
            self.up_to(self.columns)?;
        }
        (self.row, self.written) = (self.row + 1, 0);
        self.push(b"\n")
    }

    fn quoted(&mut self, value: &str) -> Result<(), FileError> {
        if !value.contains(['"', ',', '\n', '\r']) {
            return self.push(value.as_bytes());
        }
        let value = Zeroizing::new(value.replace('"', "\"\""));
        self.push(b"\"")?;
        self.push(value.as_bytes())?;
        self.push(b"\"")
    }

    fn push(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        let needed = self.text.len() + bytes.len();
        if needed > SHEET_TEXT_BYTES_MAX {
            return Err(FileError::WorkbookLarge);
        }
        if self.text.capacity() < needed {
            // A buffer that grows by itself would leave a copy behind.
            let mut larger = Zeroizing::new(Vec::with_capacity(2 * needed.max(64 * 1024)));
            larger.extend_from_slice(&self.text);
            self.text = larger;
        }
        self.text.extend_from_slice(bytes);
        Ok(())
    }

    fn finish(mut self) -> Result<Zeroizing<Vec<u8>>, FileError> {
        if self.last.is_some() {
            self.end_row()?;
        }
        Ok(self.text)
    }
}

/// A value as its text.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::DateTime(at) => date(at),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => word(error).to_owned(),
    }
}

/// A number in full where all its digits are known, else as a spreadsheet shows that they are not.
fn decimal(number: f64) -> String {
    let text = number.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits <= DIGITS_KEPT { text } else { exponent(number) }
}

/// `8.96529E+19`.
fn exponent(number: f64) -> String {
    let text = format!("{number:.5E}");
    match text.split_once('E') {
        Some((value, power)) if !power.starts_with('-') => format!("{value}E+{power}"),
        _ => text,
    }
}

/// A date without its zone, as text files have it.
fn date(at: &ExcelDateTime) -> String {
    if at.is_duration() {
        return decimal(at.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        (hour, minute, second) => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}

fn word(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        _ => "#VALUE!",
    }
}

/// Says nothing of what was read.
fn unreadable(error: &XlsxError) -> FileError {
    match error {
        XlsxError::Password => FileError::WorkbookLocked,
        _ => FileError::WorkbookBroken,
    }
}

impl From<Flaw> for FileError {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Broken => Self::WorkbookBroken,
            Flaw::Packed => Self::WorkbookLocked,
            Flaw::Other => Self::NotText,
            Flaw::Large => Self::WorkbookLarge,
        }
    }
}

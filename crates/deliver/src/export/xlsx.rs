//! A workbook, written row by row: rows go to a temporary file of the system as they come, so that memory stays small.
//!
//! Text is a text whatever it begins with, never a formula. A sheet ends at 2^20 rows, and the next one begins with the
//! names of the columns again.

use super::columns::Columns;
use super::row::{Cell, Kind};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::fs::File;
use std::io::{Seek, SeekFrom};

/// Rows of a sheet, with the names of the columns.
const SHEET_ROWS_MAX: u32 = 1 << 20;
/// Characters of a cell; what is longer is cut there.
const CELL_CHARS_MAX: usize = 32_767;
/// Stands at the end of what was cut.
const CUT: char = '…';
/// Digits that a number of a spreadsheet keeps.
const DIGITS_MAX: usize = 15;

/// A workbook that is being written.
pub struct Book<'c> {
    workbook: Workbook,
    columns: &'c Columns,
    /// The sheet that is written, and where its next row is.
    at: (usize, u32),
    rows_max: u32,
    /// Numbers with two and with four digits after the point.
    decimals: [(usize, Format); 2],
}

impl<'c> Book<'c> {
    /// A workbook with the names of the columns.
    pub fn new(columns: &'c Columns) -> Result<Self, XlsxError> {
        Self::with_sheets_of(columns, SHEET_ROWS_MAX)
    }

    fn with_sheets_of(columns: &'c Columns, rows_max: u32) -> Result<Self, XlsxError> {
        let decimals = [(2, "0.00"), (4, "0.0000")];
        let decimals = decimals.map(|(digits, text)| (digits, Format::new().set_num_format(text)));
        let mut book = Self { workbook: Workbook::new(), columns, at: (0, 0), rows_max, decimals };
        book.sheet()?;
        Ok(book)
    }

    /// The next sheet.
    fn sheet(&mut self) -> Result<(), XlsxError> {
        let head = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, column) in (0..).zip(&self.columns.columns) {
            sheet.write_string_with_format(0, at, &column.name, &head)?;
        }
        self.at = (self.workbook.worksheets().len() - 1, 1);
        Ok(())
    }

    /// A row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        if self.at.1 >= self.rows_max {
            self.sheet()?;
        }
        let (sheet, row) = self.at;
        let sheet = self.workbook.worksheet_from_index(sheet)?;
        for (at, cell) in (0..).zip(cells) {
            put(sheet, (row, at), cell, &self.decimals)?;
        }
        self.at.1 += 1;
        Ok(())
    }

    /// The whole workbook, to be read from its beginning.
    pub fn finish(mut self) -> Result<File, XlsxError> {
        let mut file = tempfile::tempfile().map_err(XlsxError::IoError)?;
        self.workbook.save_to_writer(&mut file)?;
        file.seek(SeekFrom::Start(0)).map_err(XlsxError::IoError)?;
        Ok(file)
    }
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    decimals: &[(usize, Format)],
) -> Result<(), XlsxError> {
    let text = cell.text.as_str();
    match cell.kind {
        Kind::Empty => return Ok(()),
        Kind::Flag => sheet.write_boolean(row, column, text == "true")?,
        Kind::Number => match number(text) {
            Some(value) => {
                let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
                match decimals.iter().find(|(known, _)| *known == digits) {
                    Some((_, format)) => {
                        sheet.write_number_with_format(row, column, value, format)?
                    }
                    None => sheet.write_number(row, column, value)?,
                }
            }
            None => sheet.write_string(row, column, text)?,
        },
        Kind::Text => sheet.write_string(row, column, fitting(text))?,
    };
    Ok(())
}

/// A number that a spreadsheet keeps to its last digit.
fn number(text: &str) -> Option<f64> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.parse().ok().filter(|value: &f64| digits <= DIGITS_MAX && value.is_finite())
}

/// As much of a text as a cell takes.
fn fitting(text: &str) -> String {
    // A character outside of the basic plane counts twice in a spreadsheet.
    if text.len() <= CELL_CHARS_MAX || text.encode_utf16().count() <= CELL_CHARS_MAX {
        return text.to_owned();
    }
    let mut left = CELL_CHARS_MAX - 1;
    let fits = |c: &char| {
        let taken = c.len_utf16();
        let fits = taken <= left;
        left = left.saturating_sub(taken);
        fits
    };
    text.chars().take_while(fits).chain([CUT]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::columns::{Column, Form, Shape};
    use super::*;
    use std::io::Read;

    #[test]
    fn numbers_that_would_lose_digits_stay_text() {
        for (text, value) in [
            ("1.50", Some(1.5)),
            ("-3", Some(-3.0)),
            ("123456789012345", Some(123_456_789_012_345.0)),
        ] {
            assert_eq!(number(text), value);
        }
        for text in ["1234567890123456", "-92233720368547758.08", "", "x", "inf", "NaN"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_cell_takes_what_fits() {
        let long = "券".repeat(CELL_CHARS_MAX);
        assert_eq!(fitting(&long), long);
        let cut = fitting(&format!("{long}x"));
        assert_eq!(cut.chars().count(), CELL_CHARS_MAX);
        assert!(cut.ends_with(CUT));
        let wide = "𝔸".repeat(CELL_CHARS_MAX);
        assert!(fitting(&wide).encode_utf16().count() <= CELL_CHARS_MAX);
    }

    #[test]
    fn the_next_sheet_begins_where_one_is_full() {
        let columns = Columns {
            columns: vec![Column { name: "name".into(), form: Form::Text }],
            shape: Shape::Value(0, Form::Text),
        };
        let mut book = Book::with_sheets_of(&columns, 3).expect("a workbook");
        for n in 0..5 {
            let cell = Cell { kind: Kind::Text, text: format!("=row({n})") };
            book.row(&[cell]).expect("a row");
        }
        assert_eq!(book.workbook.worksheets().len(), 3);
        let mut bytes = Vec::new();
        book.finish().expect("a file").read_to_end(&mut bytes).expect("bytes");
        assert!(bytes.starts_with(b"PK\x03\x04"));
    }
}

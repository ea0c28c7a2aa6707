//! Reads an uploaded file of codes, row by row, in bounded memory.
//!
//! One physical line is one record, so a broken line spoils itself only and counting records is
//! the same at every reading: an interrupted import reads again and skips what it has done.
//!
//! Invariant: no error holds text of the file. Who sees an error may not be who may see a code.

mod date;
mod encoding;
mod error;
mod header;
mod lines;
mod row;
mod source;
mod split;

pub use encoding::{Encoding, EncodingSniffer};
pub use error::{Cause, Column, FileError, RowError};
pub use header::ColumnMap;
pub use row::{CodeRow, normalise};

use date::Dates;
use header::Layout;
use kernel::Timestamp;
use lines::{Line, Lines};
use row::Parts;
use source::Source;
use split::CsvSplitter;
use std::{borrow::Cow, io::Read};
use vault::Zeroize;

/// How the lines of a file are divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// A header line names the columns; fields may be quoted with `"`.
    Csv {
        /// What stands between fields: one ASCII character such as `,` `;` or a tab.
        delimiter: u8,
    },
    /// No header and no quotes. A line is `password`, `number‹sep›password` or
    /// `number‹sep›password‹sep›valid_until`.
    Txt {
        /// `Some("")`: each whole line is a password. `Some(text)`: this text divides every line.
        /// `None`: a tab, else `----`, else a comma divides a line; one without any is a password.
        separator: Option<String>,
    },
}

/// What must be known to read a file.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The encoding; a byte order mark in the file wins over it.
    pub encoding: Encoding,
    /// How lines are divided.
    pub format: Format,
    /// The file's own names of columns (CSV only).
    pub columns: ColumnMap,
    /// The IANA zone in which dates without one are meant.
    pub zone: String,
    /// Codes that were valid until before this are refused. Keep it over the readings of one job.
    pub now: Timestamp,
}

/// A file of codes that is being read.
pub struct CodeFile<R> {
    lines: Lines<R>,
    rows: Rows,
}

impl<R: Read> CodeFile<R> {
    /// Looks at the start of the file and, for CSV, reads the header.
    pub fn new(read: R, settings: Settings) -> Result<Self, FileError> {
        let dates = Dates::new(&settings.zone).ok_or(FileError::Zone)?;
        let (source, encoding) = Source::open(read, settings.encoding)?;
        let mut lines = Lines::new(source);
        let divide = match settings.format {
            Format::Txt { separator } => Divide::Txt { separator },
            Format::Csv { delimiter } => {
                let mut splitter = CsvSplitter::new(delimiter)?;
                let header = first_line(&mut lines, encoding)?;
                let names = splitter.split(&header).map_err(FileError::HeaderUnread)?;
                let layout = Layout::read(&names, &settings.columns)?;
                Divide::Csv { splitter: Box::new(splitter), layout }
            }
        };
        Ok(Self { lines, rows: Rows { encoding, divide, dates, now: settings.now } })
    }

    /// The next record, good or bad; `None` at the end. After a `FileError` the file is not done.
    pub fn next_row(&mut self) -> Result<Option<Result<CodeRow, RowError>>, FileError> {
        while let Some(line) = self.lines.next()? {
            if let Some(row) = self.rows.read(&line) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}

impl<R: Read> Iterator for CodeFile<R> {
    type Item = Result<Result<CodeRow, RowError>, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row().transpose()
    }
}

/// Makes rows of lines.
struct Rows {
    encoding: Encoding,
    divide: Divide,
    dates: Dates,
    now: Timestamp,
}

enum Divide {
    Csv { splitter: Box<CsvSplitter>, layout: Layout },
    Txt { separator: Option<String> },
}

impl Rows {
    /// The record of a line; a blank line is none.
    fn read(&mut self, line: &Line<'_>) -> Option<Result<CodeRow, RowError>> {
        let at_line = |cause| RowError { line: line.number, column: None, cause };
        let mut text = match decode(line, self.encoding) {
            Ok(text) => text,
            Err(cause) => return Some(Err(at_line(cause))),
        };
        let row = (!text.trim().is_empty()).then(|| {
            let parts = self.divide.parts(&text).map_err(at_line)?;
            row::read(line.number, &parts, &mut self.dates, self.now)
        });
        if let Cow::Owned(copy) = &mut text {
            copy.zeroize();
        }
        row
    }
}

impl Divide {
    fn parts<'a>(&'a mut self, text: &'a str) -> Result<Parts<'a>, Cause> {
        match self {
            Self::Csv { splitter, layout } => layout.parts(&splitter.split(text)?),
            Self::Txt { separator } => split::txt(text, separator.as_deref()),
        }
    }
}

/// The first line that is not blank.
fn first_line<R: Read>(lines: &mut Lines<R>, encoding: Encoding) -> Result<String, FileError> {
    while let Some(line) = lines.next()? {
        let text = decode(&line, encoding).map_err(FileError::HeaderUnread)?;
        if !text.trim().is_empty() {
            return Ok(text.into_owned());
        }
    }
    Err(FileError::Empty)
}

fn decode<'a>(line: &Line<'a>, encoding: Encoding) -> Result<Cow<'a, str>, Cause> {
    let bytes = line.bytes.ok_or(Cause::LineTooLong)?;
    encoding.decode(bytes).ok_or(Cause::Encoding)
}

#[cfg(test)]
mod tests;

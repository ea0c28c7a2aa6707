//! Divides a line into fields.

use super::{Cause, FileError, row::Parts};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use kernel::limits::CODE_LINE_BYTES_MAX;
use vault::Zeroizing;

/// Columns of one CSV file.
const COLUMNS_MAX: usize = 64;

/// What divides a TXT line when nothing was told, in this order.
const TXT_SEPARATORS: [&str; 3] = ["\t", "----", ","];

/// Divides CSV lines. It is made once, because the tables of the reader cost more than a line.
pub(super) struct CsvSplitter {
    reader: Reader,
    delimiter: u8,
    text: Zeroizing<Vec<u8>>,
    ends: [usize; COLUMNS_MAX],
}

/// The fields of one line, unquoted.
pub(super) struct Fields<'a> {
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, index: usize) -> &'a str {
        let from = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[from..self.ends[index]]
    }
}

impl CsvSplitter {
    pub(super) fn new(delimiter: u8) -> Result<Self, FileError> {
        if !delimiter.is_ascii() || matches!(delimiter, b'"' | b'\r' | b'\n') {
            return Err(FileError::Delimiter);
        }
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        // Decoding can lengthen a line by half: two bytes of GBK become three.
        let text = Zeroizing::new(vec![0; 2 * CODE_LINE_BYTES_MAX]);
        Ok(Self { reader, delimiter, text, ends: [0; COLUMNS_MAX] })
    }

    /// The fields of a line that is not blank.
    pub(super) fn split(&mut self, line: &str) -> Result<Fields<'_>, Cause> {
        if line.contains('"') && !quotes_in_place(line.as_bytes(), self.delimiter) {
            return Err(Cause::QuoteMisplaced);
        }
        self.reader.reset();
        let (first, _, bytes, fields) =
            self.reader.read_record(line.as_bytes(), &mut self.text, &mut self.ends);
        match first {
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputEndsFull => return Err(Cause::TooManyColumns),
            _ => return Err(Cause::LineTooLong),
        }
        // A line end closes the record, unless a quote is open: then it is text to the reader.
        let (last, _, more_bytes, more_fields) =
            self.reader.read_record(b"\n", &mut self.text[bytes..], &mut self.ends[fields..]);
        match last {
            ReadRecordResult::Record => {}
            ReadRecordResult::OutputEndsFull => return Err(Cause::TooManyColumns),
            _ => return Err(Cause::QuoteNotClosed),
        }
        let text =
            std::str::from_utf8(&self.text[..bytes + more_bytes]).map_err(|_| Cause::Encoding)?;
        Ok(Fields { text, ends: &self.ends[..fields + more_fields] })
    }
}

/// Whether quotes stand around whole fields only. The reader would take `"ab"c` for `abc`, and a
/// code with a character too few is worse than one refused.
fn quotes_in_place(line: &[u8], delimiter: u8) -> bool {
    #[derive(Clone, Copy)]
    enum At {
        Start,
        Plain,
        Quoted,
        Closed,
        Behind,
    }
    let mut at = At::Start;
    for byte in line {
        at = match (at, *byte) {
            (At::Start, b'"') | (At::Closed, b'"') => At::Quoted,
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) => At::Quoted,
            (_, byte) if byte == delimiter => At::Start,
            (At::Closed | At::Behind, b' ' | b'\t') => At::Behind,
            (At::Closed | At::Behind, _) | (At::Plain, b'"') => return false,
            (At::Start | At::Plain, _) => At::Plain,
        };
    }
    true
}

/// The parts of a TXT line that is not blank; see [`super::Format::Txt`].
pub(super) fn txt<'a>(line: &'a str, separator: Option<&str>) -> Result<Parts<'a>, Cause> {
    let password = Parts { number: "", password: line, valid_until: "" };
    let (line, separator) = match separator {
        Some("") => return Ok(password),
        Some(told) => (line, told),
        None => {
            let line = line.trim();
            match TXT_SEPARATORS.into_iter().find(|separator| line.contains(separator)) {
                Some(found) => (line, found),
                None => return Ok(password),
            }
        }
    };
    let mut fields = line.split(separator);
    let number = fields.next().unwrap_or_default();
    let password = fields.next().ok_or(Cause::TooFewColumns)?;
    let valid_until = fields.next().unwrap_or_default();
    match fields.next() {
        None => Ok(Parts { number, password, valid_until }),
        Some(_) => Err(Cause::TooManyColumns),
    }
}

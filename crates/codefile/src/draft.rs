//! A first plan, made of the start of a file and of what was told. The rest of the file must bear it out.

use crate::layout::Slot;
use crate::limits::HEAD_BYTES;
use crate::lines::Lines;
use crate::source::Source;
use crate::told::{Format, RecordMark, Told};
use crate::{Encoding, FileError, csv_draft, txt_draft};
use std::io::{self, Cursor, Read};
use vault::Zeroizing;

/// The start of a file, as it came.
pub(crate) struct Head {
    pub(crate) raw: Zeroizing<Vec<u8>>,
}

impl Head {
    pub(crate) fn read(file: &mut impl Read) -> io::Result<Self> {
        let mut raw = Zeroizing::new(Vec::with_capacity(HEAD_BYTES));
        file.take(HEAD_BYTES as u64).read_to_end(&mut raw)?;
        Ok(Self { raw })
    }

    /// Whether this is all of the file.
    pub(crate) fn is_whole(&self) -> bool {
        self.raw.len() < HEAD_BYTES
    }

    pub(crate) fn lines(&self, encoding: Encoding) -> io::Result<Lines<Cursor<&[u8]>>> {
        let source = Source::open(Cursor::new(&self.raw[..]), encoding)?;
        Ok(Lines::of(source, self.raw.len()))
    }

    /// Gives the text of each line to `see`, but not one that goes on behind the start.
    pub(crate) fn each_line(
        &self,
        encoding: Encoding,
        mut see: impl FnMut(u64, &str),
    ) -> io::Result<()> {
        let mut lines = self.lines(encoding)?;
        let mut last: Option<(u64, Zeroizing<String>)> = None;
        while let Some(line) = lines.next()? {
            if let Some((number, text)) = last.take() {
                see(number, &text);
            }
            let text = line.bytes.and_then(|bytes| encoding.decode(bytes));
            last = text.map(|text| (line.number, Zeroizing::new(text.into_owned())));
        }
        if let Some((number, text)) = last.filter(|_| self.is_whole()) {
            see(number, &text);
        }
        Ok(())
    }
}

/// How a file is divided and what its columns mean, as far as its start tells.
pub(crate) struct Draft {
    pub(crate) separator: Option<String>,
    pub(crate) record: Option<RecordMark>,
    /// Records that begin at or above this line are no data.
    pub(crate) above: u64,
    pub(crate) cells_min: usize,
    pub(crate) slots: Vec<Slot>,
    /// For text files, the candidate that divides, and how often it must stand in a line.
    pub(crate) expected: Option<(usize, usize)>,
    /// Whether the first line of the file names its separator.
    pub(crate) ordered: bool,
    pub(crate) asks: Asks,
}

/// What the start of a file leaves open; each is a question unless it was answered.
#[derive(Default)]
pub(crate) struct Asks {
    /// What could divide, when it is not plain.
    pub(crate) separators: Option<Vec<String>>,
    /// What could divide records of several lines.
    pub(crate) records: Option<Vec<&'static str>>,
    /// Whether the first record names the columns is not plain; its line.
    pub(crate) header: Option<u64>,
    /// Lines above the header that may be codes.
    pub(crate) above: Vec<u64>,
    /// Lines above the header that are none.
    pub(crate) titles: Vec<u64>,
}

pub(crate) fn draft(head: &Head, encoding: Encoding, told: &Told) -> Result<Draft, FileError> {
    match told.format {
        Format::Csv => csv_draft::draft(head, encoding, told),
        Format::Txt => txt_draft::draft(head, encoding, told),
    }
}

/// The separator of a first line like `sep=;`, which spreadsheets take as an order.
pub(crate) fn sep_line(text: &str) -> Option<String> {
    let text = text.trim_matches(['\u{feff}', ' ', '"']);
    let rest = text.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="))?;
    let separator = &text[rest.len()..];
    let separator = if separator == "\\t" { "\t" } else { separator };
    (separator.chars().count() == 1).then(|| separator.to_owned())
}

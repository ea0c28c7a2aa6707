//! Cuts a file into records: lines, quoted fields over several lines, or blocks of lines.
//!
//! A broken record spoils itself only, and counting records is the same at every reading.

use crate::csv::Quotes;
use crate::divider::Divider;
use crate::limits::{COLUMNS_MAX, LINE_BYTES_MAX, RECORD_BYTES_MAX};
use crate::lines::{Line, Lines};
use crate::told::RecordMark;
use crate::{Cause, Encoding};
use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::Range;
use vault::Zeroizing;

/// How a file is cut.
pub(crate) enum Shape {
    /// Lines whose fields may be quoted; the whole line where there is no separator.
    Csv(Option<u8>),
    /// Lines or blocks of lines without quotes.
    Txt { divider: Option<Divider>, mark: Option<RecordMark> },
}

/// The fields of one record, unquoted.
pub(crate) struct Record<'a> {
    /// The physical line where it begins, from 1.
    pub(crate) line: u64,
    /// How many physical lines it has.
    pub(crate) lines: u64,
    text: &'a str,
    cells: &'a [Range<usize>],
}

impl<'a> Record<'a> {
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(crate) fn cell(&self, place: usize) -> &'a str {
        self.cells.get(place).map_or("", |cell| &self.text[cell.clone()])
    }

    /// Whether a value of several lines holds a line with all the columns of a record.
    pub(crate) fn holds_records(&self, separator: u8, columns: usize) -> bool {
        let full =
            |line: &str| memchr::memchr_iter(separator, line.as_bytes()).count() + 1 >= columns;
        self.lines > 1 && columns > 1 && self.cells().any(|cell| cell.split('\n').skip(1).any(full))
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = &'a str> {
        let text = self.text;
        self.cells.iter().map(move |cell| &text[cell.clone()])
    }
}

/// A record that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(crate) line: u64,
    pub(crate) lines: u64,
    pub(crate) cause: Cause,
    /// How many fields its last line would have without its quotes; none where it seems to end a field.
    pub(crate) fields: usize,
}

pub(crate) type Found<'a> = Result<Record<'a>, Lost>;

/// A file that is being cut into records.
pub(crate) struct Records<R> {
    lines: Lines<R>,
    /// `None` while it is not decided: then each line is read as UTF-8, else as GB 18030.
    encoding: Option<Encoding>,
    shape: Shape,
    /// Wiped at the end, and never grown, so no copy stays behind.
    text: Zeroizing<String>,
    cells: Vec<Range<usize>>,
    /// The line that opens the next block, with its number.
    pending: Option<(u64, Zeroizing<String>)>,
}

/// A record while its lines come in.
struct Open {
    line: u64,
    lines: u64,
    bad: Option<Cause>,
    fields: usize,
}

impl Open {
    fn at(line: u64) -> Self {
        Self { line, lines: 0, bad: None, fields: usize::MAX }
    }

    fn lost(&self, cause: Cause) -> Lost {
        Lost { line: self.line, lines: self.lines, cause, fields: self.fields }
    }
}

impl<R: Read> Records<R> {
    pub(crate) fn new(lines: Lines<R>, encoding: Option<Encoding>, shape: Shape) -> Self {
        // Decoding makes at most three bytes of one.
        let room = (RECORD_BYTES_MAX + 3 * LINE_BYTES_MAX + 1).min(lines.room());
        let text = String::with_capacity(room);
        let cells = Vec::with_capacity(COLUMNS_MAX);
        Self { lines, encoding, shape, text: Zeroizing::new(text), cells, pending: None }
    }

    /// The next record that is not blank; `watch` sees every physical line before it is decoded.
    pub(crate) fn next(
        &mut self,
        watch: &mut impl FnMut(&Line<'_>),
    ) -> io::Result<Option<Found<'_>>> {
        self.text.clear();
        self.cells.clear();
        let open = match &self.shape {
            Shape::Csv(None) | Shape::Txt { mark: None, .. } => self.line(watch)?,
            Shape::Csv(Some(separator)) => self.quoted(Quotes::new(*separator), watch)?,
            Shape::Txt { mark: Some(mark), .. } => {
                let mark = mark.clone();
                self.block(&mark, watch)?
            }
        };
        let Some(mut open) = open else { return Ok(None) };
        if open.bad.is_none() {
            open.bad = match &self.shape {
                Shape::Csv(Some(_)) => None,
                Shape::Csv(None) => divide(None, &self.text, &mut self.cells).err(),
                Shape::Txt { divider, .. } => {
                    divide(divider.as_ref(), &self.text, &mut self.cells).err()
                }
            };
        }
        if self.cells.len() > COLUMNS_MAX {
            open.bad = open.bad.or(Some(Cause::TooManyColumns));
        }
        Ok(Some(match open.bad {
            Some(cause) => Err(open.lost(cause)),
            None => Ok(Record {
                line: open.line,
                lines: open.lines,
                text: &self.text,
                cells: &self.cells,
            }),
        }))
    }

    /// One line that is not blank.
    fn line(&mut self, watch: &mut impl FnMut(&Line<'_>)) -> io::Result<Option<Open>> {
        while let Some(line) = self.lines.next()? {
            watch(&line);
            let mut open = Open { line: line.number, lines: 1, bad: None, fields: usize::MAX };
            match decode(&line, self.encoding) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => self.text.push_str(&text),
                Err(cause) => open.bad = Some(cause),
            }
            return Ok(Some(open));
        }
        Ok(None)
    }

    /// Lines up to the one where no quote is open.
    fn quoted(
        &mut self,
        mut quotes: Quotes,
        watch: &mut impl FnMut(&Line<'_>),
    ) -> io::Result<Option<Open>> {
        let mut open: Option<Open> = None;
        while let Some(line) = self.lines.next()? {
            watch(&line);
            let text = decode(&line, self.encoding);
            if open.is_none() && text.as_ref().is_ok_and(|text| text.trim().is_empty()) {
                continue;
            }
            let record = open.get_or_insert(Open::at(line.number));
            record.lines += 1;
            match text {
                Ok(text) if record.bad.is_none() => {
                    quotes.read(&text, &mut self.text, &mut self.cells);
                    if self.text.len() > RECORD_BYTES_MAX {
                        record.bad = Some(Cause::RecordTooLong);
                    }
                }
                Ok(text) => quotes.pass(text.as_bytes()),
                Err(cause) => {
                    record.bad = record.bad.or(Some(cause));
                    match line.bytes {
                        Some(bytes) => quotes.pass(bytes),
                        None => quotes.skip(line.quotes),
                    }
                }
            }
            if !quotes.open() {
                if quotes.misplaced() {
                    record.bad = record.bad.or(Some(Cause::QuoteMisplaced));
                    let bytes = line.bytes.unwrap_or_default();
                    let fields = memchr::memchr_iter(quotes.separator(), bytes).count() + 1;
                    record.fields = if quotes.closes() { 0 } else { fields };
                }
                return Ok(open);
            }
        }
        if let Some(record) = &mut open {
            record.bad = Some(Cause::QuoteNotClosed);
            if quotes.closes() {
                record.fields = 0;
            }
        }
        Ok(open)
    }

    /// Lines up to the mark, or to the line that opens the next record.
    fn block(
        &mut self,
        mark: &RecordMark,
        watch: &mut impl FnMut(&Line<'_>),
    ) -> io::Result<Option<Open>> {
        let mut open = self.pending.take().map(|(line, text)| {
            self.text.push_str(&text);
            Open { line, lines: 1, bad: None, fields: usize::MAX }
        });
        while let Some(line) = self.lines.next()? {
            watch(&line);
            let text = decode(&line, self.encoding);
            if let Ok(text) = &text {
                let trimmed = text.trim();
                let ends = match mark {
                    RecordMark::BlankLine => trimmed.is_empty(),
                    RecordMark::Mark(mark) => trimmed == mark.trim(),
                    RecordMark::Begin(mark) if text.starts_with(mark.as_str()) => {
                        let kept = Zeroizing::new(text.clone().into_owned());
                        if open.is_some() {
                            self.pending = Some((line.number, kept));
                            return Ok(open);
                        }
                        self.text.push_str(&kept);
                        open = Some(Open {
                            line: line.number,
                            lines: 1,
                            bad: None,
                            fields: usize::MAX,
                        });
                        continue;
                    }
                    RecordMark::Begin(_) => false,
                };
                if ends && open.is_some() {
                    return Ok(open);
                }
                if ends || open.is_none() && trimmed.is_empty() {
                    continue;
                }
            }
            let began = open.is_some();
            let record = open.get_or_insert(Open::at(line.number));
            record.lines += 1;
            match text {
                Ok(_) if record.bad.is_some() => {}
                Ok(_) if !began && matches!(mark, RecordMark::Begin(_)) => {
                    record.bad = Some(Cause::OutsideRecord);
                }
                Ok(text) if self.text.len() + text.len() > RECORD_BYTES_MAX => {
                    record.bad = Some(Cause::RecordTooLong);
                }
                Ok(text) => {
                    if began {
                        self.text.push('\n');
                    }
                    self.text.push_str(&text);
                }
                Err(cause) => record.bad = record.bad.or(Some(cause)),
            }
        }
        Ok(open)
    }
}

fn divide(
    divider: Option<&Divider>,
    text: &str,
    cells: &mut Vec<Range<usize>>,
) -> Result<(), Cause> {
    match divider {
        Some(divider) => divider.split(text, cells),
        None => {
            cells.push(0..text.len());
            Ok(())
        }
    }
}

fn decode<'a>(line: &Line<'a>, encoding: Option<Encoding>) -> Result<Cow<'a, str>, Cause> {
    let bytes = line.bytes.ok_or(Cause::LineTooLong)?;
    let text = match encoding {
        Some(encoding) => encoding.decode(bytes),
        None => Encoding::Utf8.decode(bytes).or_else(|| Encoding::Gb18030.decode(bytes)),
    };
    text.ok_or(Cause::Encoding)
}

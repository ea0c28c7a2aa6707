//! The first plan of a CSV file: what separates its fields, and which record names its columns.

use crate::division::{Said, said};
use crate::draft::{Asks, Draft, Head, sep_line};
use crate::layout::{self, unfit};
use crate::plan::csv_byte;
use crate::records::{Records, Shape};
use crate::told::Told;
use crate::{Encoding, FileError, Meaning, header};

/// What may separate the fields of a CSV file that does not say it.
const SEPARATORS: [&str; 4] = [",", ";", "\t", "|"];
/// Records among which the header is looked for.
const TOP_RECORDS: usize = 10;

/// The first records of a file, divided in one way.
struct Top {
    separator: Option<String>,
    /// The record that names the columns, with its line.
    header: Option<(u64, Vec<String>)>,
    /// Names of columns in it that are known.
    known: usize,
    /// Records above it: line, and whether more than one field is filled.
    above: Vec<(u64, bool)>,
    /// The first record.
    first: (u64, Vec<String>),
}

impl Top {
    fn columns(&self) -> usize {
        self.header.as_ref().map_or(self.first.1.len(), |(_, names)| names.len())
    }
}

pub(crate) fn draft(head: &Head, encoding: Encoding, told: &Told) -> Result<Draft, FileError> {
    let directive = directive(head, encoding)?;
    let after = directive.as_ref().map_or(0, |(line, _)| *line);
    let ordered = directive.map(|(_, separator)| separator);
    let mut asks = Asks::default();
    let top = match (said(told), ordered) {
        (Said::WholeLine, _) => top(head, encoding, None, after, told)?,
        (Said::Text(text), _) => {
            // An answer, unlike what was told, leaves the question to be seen.
            if told.separator.is_none() {
                asks.separators = choose(head, encoding, after, told)?.1;
            }
            top(head, encoding, Some(&text), after, told)?
        }
        (Said::Nothing, Some(text)) => top(head, encoding, Some(&text), after, told)?,
        (Said::Nothing, None) => {
            let (top, doubt) = choose(head, encoding, after, told)?;
            asks.separators = doubt;
            top
        }
    };
    lay_out(top, after, asks, told)
}

fn lay_out(mut top: Top, after: u64, mut asks: Asks, told: &Told) -> Result<Draft, FileError> {
    if top.header.is_none() {
        asks.header = Some(top.first.0);
        if told.answer("header") == Some("names") || maps_names(told) {
            top.header = Some((top.first.0, std::mem::take(&mut top.first.1)));
            asks.header = asks.header.filter(|_| !maps_names(told));
        }
    }
    let names = top.header.as_ref().map(|(_, names)| names.as_slice());
    let count = top.columns();
    let slots = layout::slots(names, &vec![Meaning::Unknown; count], told)?;
    let mut above = top.header.as_ref().map_or(after, |(line, _)| *line);
    if top.header.is_some() {
        for (line, filled) in &top.above {
            let of_one = count == 1 || *filled;
            if of_one { asks.above.push(*line) } else { asks.titles.push(*line) }
        }
        if !asks.above.is_empty() && told.answer("above") == Some("keep") {
            above = after;
        }
    }
    Ok(Draft {
        separator: top.separator,
        record: None,
        above,
        cells_min: count,
        slots,
        expected: None,
        ordered: after > 0,
        asks,
    })
}

fn maps_names(told: &Told) -> bool {
    let names = &told.names;
    names.number.is_some() || names.password.is_some() || names.valid_until.is_some()
}

/// The separator that the first line orders, with that line.
fn directive(head: &Head, encoding: Encoding) -> Result<Option<(u64, String)>, FileError> {
    let mut lines = head.lines(encoding)?;
    while let Some(line) = lines.next()? {
        let text = line.bytes.and_then(|bytes| encoding.decode(bytes));
        let Some(text) = text else { return Ok(None) };
        if !text.trim().is_empty() {
            return Ok(sep_line(&text).map(|separator| (line.number, separator)));
        }
    }
    Ok(None)
}

/// The separator that the file itself shows, and the others that it may be.
fn choose(
    head: &Head,
    encoding: Encoding,
    after: u64,
    told: &Told,
) -> Result<(Top, Option<Vec<String>>), FileError> {
    let comma = match top(head, encoding, Some(","), after, told) {
        Ok(comma) => comma,
        // Quotes that are out of place for a comma may be in place for another one.
        Err(FileError::HeaderUnread(cause)) => {
            let mut others = SEPARATORS[1..].iter().filter_map(|separator| {
                top(head, encoding, Some(separator), after, told)
                    .ok()
                    .filter(|top| top.columns() > 1)
            });
            let first = others.next().ok_or(FileError::HeaderUnread(cause))?;
            let same = is_consistent(head, encoding, &first)? && others.next().is_none();
            let doubt = first.separator.clone().filter(|_| !same).map(|name| vec![name]);
            return Ok((first, doubt));
        }
        Err(error) => return Err(error),
    };
    if comma.columns() > 1 && comma.known > 0 {
        return Ok((comma, None));
    }
    let mut rivals = Vec::new();
    for separator in &SEPARATORS[1..] {
        let Ok(rival) = top(head, encoding, Some(separator), after, told) else { continue };
        if rival.columns() > 1 && (comma.columns() == 1 || rival.known > comma.known) {
            let same = is_consistent(head, encoding, &rival)?;
            rivals.push((rival, same));
        }
    }
    let doubt = |rivals: &[(Top, bool)]| {
        let names = rivals.iter().filter_map(|(rival, _)| rival.separator.clone());
        Some(std::iter::once(",".to_owned()).chain(names).collect())
    };
    let plain = comma.columns() == 1 && rivals.len() == 1 && rivals[0].1;
    match rivals.len() {
        0 => Ok((comma, None)),
        1 if plain => Ok((rivals.remove(0).0, None)),
        _ => {
            let doubt = doubt(&rivals);
            rivals.sort_by_key(|(rival, same)| (!same, std::cmp::Reverse(rival.known)));
            Ok((rivals.remove(0).0, doubt))
        }
    }
}

/// Looks for the header among the first records.
fn top(
    head: &Head,
    encoding: Encoding,
    separator: Option<&str>,
    after: u64,
    told: &Told,
) -> Result<Top, FileError> {
    let byte = separator.map(csv_byte).transpose()?;
    let mut records = Records::new(head.lines(encoding)?, Some(encoding), Shape::Csv(byte));
    let mut first = None;
    let mut above = Vec::new();
    let mut header = None;
    let mut known = 0;
    while header.is_none() && above.len() < TOP_RECORDS {
        let record = match records.next(&mut |_| {})? {
            None => break,
            Some(Err(lost)) if first.is_none() => return Err(FileError::HeaderUnread(lost.cause)),
            Some(Err(_)) => break,
            Some(Ok(record)) if record.line <= after => continue,
            Some(Ok(record)) => record,
        };
        let (named, filled) = header::names_in(record.cells(), told);
        let cells = || record.cells().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let is_first = first.is_none();
        if is_first {
            first = Some((record.line, cells()));
        }
        if named > 0 && (is_first || 2 * named >= filled) {
            header = Some((record.line, cells()));
            known = named;
        } else {
            above.push((record.line, filled > 1));
        }
    }
    let first = first.ok_or(FileError::Empty)?;
    if separator.is_some_and(|s| s != ",")
        && told.separator.is_some()
        && first.1.len() == 1
        && header.is_none()
    {
        return Err(unfit(
            "separator",
            "the first line does not have it; name the one that stands between the columns",
        ));
    }
    Ok(Top { separator: separator.map(str::to_owned), header, known, above, first })
}

/// Whether every record has the columns of the header, as far as the start of the file goes.
fn is_consistent(head: &Head, encoding: Encoding, top: &Top) -> Result<bool, FileError> {
    let byte = top.separator.as_deref().map(csv_byte).transpose()?;
    let mut records = Records::new(head.lines(encoding)?, Some(encoding), Shape::Csv(byte));
    let from = top.header.as_ref().map_or(top.first.0, |(line, _)| *line);
    let mut last = true;
    while let Some(found) = records.next(&mut |_| {})? {
        if !last {
            return Ok(false);
        }
        last = found.is_ok_and(|record| record.line < from || record.len() == top.columns());
    }
    Ok(last || !head.is_whole())
}

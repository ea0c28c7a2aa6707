//! The first plan of a text file: where a record ends, what divides it, and whether its first line names columns.

use crate::divider::Divider;
use crate::division::{self, Division, Said, said};
use crate::draft::{Asks, Draft, Head, sep_line};
use crate::label::Labels;
use crate::layout::{self, unfit};
use crate::profile::{CANDIDATES, Profile};
use crate::told::{RecordMark, Told};
use crate::total::{self, Total};
use crate::{Encoding, FileError, Meaning, date, header};
use std::ops::Range;

const PEM_BEGIN: &str = "-----BEGIN ";

/// How the lines of a text file are divided.
struct Cut {
    separator: Option<String>,
    expected: Option<(usize, usize)>,
    /// The most columns, and the fewest.
    columns: usize,
    columns_min: usize,
    doubt: Option<Vec<String>>,
}

pub(crate) fn draft(head: &Head, encoding: Encoding, told: &Told) -> Result<Draft, FileError> {
    let mut profile = Profile::new(None);
    let mut above = 0;
    let mut first: Option<(u64, String)> = None;
    head.each_line(encoding, |number, text| {
        if first.is_none() && above == 0 && sep_line(text).is_some() {
            above = number;
        } else if total::of_line(text) != Total::Certain {
            if first.is_none() && !text.trim().is_empty() {
                first = Some((number, text.to_owned()));
            }
            profile.line(number, text);
        }
    })?;
    if profile.lines == 0 && head.is_whole() {
        return Err(FileError::Empty);
    }
    let mut asks = Asks::default();
    let record = record(&profile, told, &mut asks)?;
    let cut = match &record {
        Some(_) => cut_blocks(told),
        None => cut_lines(head, encoding, &profile, told, asks.records.is_some())?,
    };
    asks.separators = cut.doubt.clone();
    let first = first.filter(|_| record.is_none());
    let names = first.as_ref().and_then(|(line, text)| names(*line, text, &cut, told, &mut asks));
    if names.is_some() {
        above = first.map_or(above, |(line, _)| line);
    }
    let dated = cut.columns == 3 && third_is_date(head, encoding, &cut, above)?;
    let labels = labels(head, encoding, &cut, above, told)?;
    let mut by_place = layout::by_place(cut.columns, dated, told);
    for (meaning, (_, said)) in
        by_place.iter_mut().zip(&labels).filter_map(|(m, l)| Some((m, l.as_ref()?)))
    {
        *meaning = said.clone();
    }
    let mut slots = layout::slots(names.as_deref(), &by_place, told)?;
    for (slot, (label, said)) in slots.iter_mut().zip(labels).filter_map(|(s, l)| Some((s, l?))) {
        // Whoever says that the column is another thing keeps all of it.
        if slot.meaning.code() == said.code() {
            slot.strict_date = false;
            slot.header.get_or_insert(label.clone());
            slot.label = Some(label);
        }
    }
    Ok(Draft {
        separator: cut.separator,
        record,
        above,
        cells_min: cut.columns_min,
        slots,
        expected: cut.expected,
        ordered: false,
        asks,
    })
}

/// What divides records of several lines: as it was told, or as it was answered.
fn record(
    profile: &Profile,
    told: &Told,
    asks: &mut Asks,
) -> Result<Option<RecordMark>, FileError> {
    if let Some(mark) = &told.record {
        let text = match mark {
            RecordMark::BlankLine => return Ok(told.record.clone()),
            RecordMark::Mark(text) | RecordMark::Begin(text) => text,
        };
        if text.trim().is_empty() || text.contains(['\n', '\r']) {
            return Err(unfit("record", "the mark must be a text of one line"));
        }
        return Ok(told.record.clone());
    }
    let divided = told.separator.is_some() || told.columns.as_ref().is_some_and(|c| c.len() > 1);
    let uniform = (0..crate::profile::USUAL).any(|at| profile.uniform(at).is_some());
    let has_begins = profile.begins.count > 0;
    if divided || !has_begins && (uniform || profile.blocks_of_lines < 2) {
        return Ok(None);
    }
    let mut choices = vec!["line"];
    choices.extend((profile.blocks > 1).then_some("blank_line"));
    choices.extend(has_begins.then_some("begin"));
    asks.records = Some(choices);
    Ok(match told.answer("records") {
        Some("blank_line") => Some(RecordMark::BlankLine),
        Some("begin") => Some(RecordMark::Begin(PEM_BEGIN.to_owned())),
        _ => None,
    })
}

/// Records of several lines are whole values, unless it was told how to divide them.
fn cut_blocks(told: &Told) -> Cut {
    let columns = told.columns.as_ref().map_or(1, Vec::len);
    let separator = match said(told) {
        Said::Text(text) => Some(text),
        _ if columns > 1 => Some("\n".to_owned()),
        _ => None,
    };
    Cut { separator, expected: None, columns, columns_min: columns, doubt: None }
}

fn cut_lines(
    head: &Head,
    encoding: Encoding,
    profile: &Profile,
    told: &Told,
    in_blocks: bool,
) -> Result<Cut, FileError> {
    let wanted = told.columns.as_ref().map(Vec::len);
    let whole = Cut { separator: None, expected: None, columns: 1, columns_min: 1, doubt: None };
    let found = division::decide(profile, wanted);
    let doubt = found.doubt.as_ref().map(|all| {
        all.iter().map(|at| CANDIDATES[*at].to_owned()).chain(["none".to_owned()]).collect()
    });
    match said(told) {
        Said::WholeLine if told.separator.is_some() => Ok(whole),
        Said::WholeLine => Ok(Cut { doubt, ..whole }),
        Said::Text(text) => {
            let doubt = doubt.filter(|_| told.separator.is_none());
            by_text(head, encoding, text, wanted, doubt)
        }
        Said::Nothing if in_blocks => Ok(whole),
        Said::Nothing => by_profile(&found, wanted, doubt, whole),
    }
}

fn by_profile(
    found: &Division,
    wanted: Option<usize>,
    doubt: Option<Vec<String>>,
    whole: Cut,
) -> Result<Cut, FileError> {
    let Some((_, count)) = found.by else {
        return match wanted {
            None | Some(1) => Ok(whole),
            Some(_) => Err(unfit("columns", "no line has so many columns; name the separator")),
        };
    };
    // With columns told, lines that do not fit are refused one by one.
    let expected = found.by.filter(|_| wanted.is_none());
    let separator = found.separator().map(str::to_owned);
    Ok(Cut { separator, expected, columns: count + 1, columns_min: count + 1, doubt })
}

/// Divides by a text that was told: as many columns as most lines have.
fn by_text(
    head: &Head,
    encoding: Encoding,
    text: String,
    wanted: Option<usize>,
    doubt: Option<Vec<String>>,
) -> Result<Cut, FileError> {
    if text.contains(['\n', '\r']) {
        return Err(FileError::Separator);
    }
    let divider = Divider::new(&text);
    let mut seen = [0_u64; 65];
    let mut cells = Vec::new();
    head.each_line(encoding, |_, line| {
        if divider.split(line, &mut cells).is_ok() && !line.trim().is_empty() {
            seen[cells.len().min(64)] += 1;
        }
    })?;
    let most = (2..64).max_by_key(|parts| (seen[*parts], 64 - parts)).unwrap_or(2);
    if seen[most] == 0 {
        return Err(unfit(
            "separator",
            "no line has it; name the one that stands between the columns",
        ));
    }
    let columns = wanted.unwrap_or(most);
    if seen[columns.min(64)] == 0 {
        return Err(unfit("columns", "no line has so many columns"));
    }
    let mut cut =
        Cut { separator: Some(text), expected: None, columns, columns_min: columns, doubt };
    // The date may be left out.
    if wanted.is_none() && columns <= 3 && seen[3] > 0 {
        let three = Cut {
            columns: 3,
            columns_min: 2,
            doubt: cut.doubt.clone(),
            separator: cut.separator.clone(),
            ..cut
        };
        if columns == 3 || third_is_date(head, encoding, &three, 0)? {
            cut = three;
        }
    }
    Ok(cut)
}

/// The names of columns in the first line, if it holds nothing else.
fn names(line: u64, text: &str, cut: &Cut, told: &Told, asks: &mut Asks) -> Option<Vec<String>> {
    let cells = cells(text, cut)?;
    let parts = || {
        cells
            .iter()
            .map(|cell| text[cell.clone()].trim_matches(['\u{feff}', ' ', '\t', '\u{3000}']))
    };
    let (known, filled) = header::names_in(parts(), told);
    if known == 0 || cells.len() != cut.columns {
        return None;
    }
    let names = || parts().map(str::to_owned).collect();
    if 2 * known > filled {
        return Some(names());
    }
    asks.header = Some(line);
    (told.answer("header") == Some("names")).then(names)
}

fn cells(text: &str, cut: &Cut) -> Option<Vec<Range<usize>>> {
    let mut cells = Vec::new();
    match &cut.separator {
        Some(separator) => Divider::new(separator).split(text, &mut cells).ok()?,
        None => cells.push(0..text.len()),
    }
    Some(cells)
}

/// What the columns mean by labels before their values.
fn labels(
    head: &Head,
    encoding: Encoding,
    cut: &Cut,
    above: u64,
    told: &Told,
) -> Result<Vec<Option<(String, Meaning)>>, FileError> {
    let mut labels = Labels::new(cut.columns);
    if let Some(separator) = &cut.separator {
        let (divider, mut cells) = (Divider::new(separator), Vec::new());
        head.each_line(encoding, |number, text| {
            let whole = number > above && divider.split(text, &mut cells).is_ok();
            if whole && cells.len() == cut.columns && total::of_line(text) != Total::Certain {
                labels.see(cells.iter().map(|cell| &text[cell.clone()]));
            }
        })?;
    }
    Ok(labels.meanings(told))
}

/// Whether every third part is a date that is known without a header, or empty.
fn third_is_date(
    head: &Head,
    encoding: Encoding,
    cut: &Cut,
    above: u64,
) -> Result<bool, FileError> {
    let Some(separator) = &cut.separator else { return Ok(false) };
    let divider = Divider::new(separator);
    let (mut dates, mut others) = (0, 0);
    let mut cells = Vec::new();
    head.each_line(encoding, |number, text| {
        if number > above && divider.split(text, &mut cells).is_ok() && cells.len() == 3 {
            let third = text[cells[2].clone()].trim();
            if date::is_strict(third) {
                dates += 1;
            } else if !third.is_empty() {
                others += 1;
            }
        }
    })?;
    Ok(dates > 0 && others == 0)
}

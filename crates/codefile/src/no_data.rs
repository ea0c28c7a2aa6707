//! Records that are no data: what stands above the header, and the header again in the middle.

use crate::builtin::plain;
use crate::characters::has_ideographs;
use crate::header;
use crate::plan::{Plan, PlanColumn};
use crate::records::{Found, Lost, Record};
use crate::total::{self, Total};
use crate::{Cause, Meaning};

/// What a record is.
pub(crate) enum Sifted<'a> {
    /// A code, or a record that should have been one.
    Data(Found<'a>),
    /// It stands above the data.
    Above,
    /// The header, again.
    HeaderAgain(u64),
    /// A header with other columns.
    HeaderChanged(u64),
    /// A total, or what may be one.
    Total(u64, Total),
    /// It is unlike all others, and was said to be no code.
    Odd,
}

impl<'a> Sifted<'a> {
    pub(crate) fn data(self) -> Option<Found<'a>> {
        match self {
            Self::Data(found) => Some(found),
            _ => None,
        }
    }
}

/// Tells data from what is none.
pub(crate) struct NoData {
    above: u64,
    columns: Vec<PlanColumn>,
    /// A header with other columns stands above the present record.
    changed: bool,
    /// What may be a total is none.
    keep_totals: bool,
}

impl NoData {
    pub(crate) fn new(plan: &Plan) -> Self {
        Self {
            above: plan.above,
            columns: plan.columns.clone(),
            changed: false,
            keep_totals: plan.keep_totals,
        }
    }

    pub(crate) fn sift<'a>(&mut self, found: Found<'a>) -> Sifted<'a> {
        let line = found.as_ref().map_or_else(|lost| lost.line, |record| record.line);
        if line <= self.above {
            return Sifted::Above;
        }
        if let Ok(record) = &found
            && let Some(same) = self.header(record)
        {
            self.changed = !same;
            return if same { Sifted::HeaderAgain(line) } else { Sifted::HeaderChanged(line) };
        }
        if let Ok(record) = &found {
            match total::of_cells(record.cells()) {
                Total::No => {}
                Total::Likely if self.keep_totals => {}
                total => return Sifted::Total(line, total),
            }
            if self.is_odd(record) {
                return Sifted::Odd;
            }
        }
        match found {
            Ok(record) if self.changed => {
                let cause = Cause::HeaderChanged;
                Sifted::Data(Err(Lost { line, lines: record.lines, cause, fields: record.len() }))
            }
            found => Sifted::Data(found),
        }
    }

    pub(crate) fn is_odd(&self, record: &Record<'_>) -> bool {
        let odd = |(place, column): (usize, &PlanColumn)| {
            column.skip_odd && is_unlike_code(record.cell(place).trim())
        };
        self.columns.iter().enumerate().any(odd)
    }

    /// Whether a record names columns, and the same ones as the plan.
    fn header(&self, record: &Record<'_>) -> Option<bool> {
        let first = record.cells().find(|cell| !cell.is_empty())?;
        if first.len() > 64 || !may_be_name(first) {
            return None;
        }
        let names: Vec<String> = record.cells().map(plain).collect();
        let ours = |(name, column): (&String, &PlanColumn)| {
            column.header.as_ref().map_or(name.is_empty(), |header| header == name)
        };
        let named = self.columns.iter().any(|column| column.header.is_some());
        if named && names.len() == self.columns.len() && names.iter().zip(&self.columns).all(ours) {
            return Some(true);
        }
        let meanings: Vec<Option<Meaning>> =
            record.cells().map(|cell| header::known(cell, &[])).collect();
        let filled = names.iter().filter(|name| !name.is_empty()).count();
        let known = meanings.iter().flatten().count();
        if known < filled || filled < 2 && (named || first.is_ascii()) {
            return None;
        }
        let same = |(meaning, column): (&Option<Meaning>, &PlanColumn)| match meaning {
            Some(meaning) => meaning.code() == column.meaning.code(),
            None => column.meaning.code().is_none_or(|code| code == "-"),
        };
        Some(meanings.len() == self.columns.len() && meanings.iter().zip(&self.columns).all(same))
    }
}

/// A quick look: names of columns have letters, and no more than a digit or two.
fn may_be_name(cell: &str) -> bool {
    cell.bytes().filter(u8::is_ascii_digit).count() <= 2
        && !cell.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text reads like a remark: ideographs, words, a line of signs.
pub(crate) fn is_unlike_code(text: &str) -> bool {
    if text.is_empty() || text.contains('\n') {
        return false;
    }
    let words = memchr::memchr_iter(b' ', text.as_bytes()).count() > 1
        || text.starts_with('#')
        || text.starts_with("//");
    words
        || !text.is_ascii() && has_ideographs(text)
        || text.len() > 2
            && !text.bytes().any(|b| b.is_ascii_alphanumeric())
            && !text.chars().any(char::is_alphanumeric)
}

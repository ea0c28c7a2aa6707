//! Labels before values, as in `账号：a1----密码：b1`: they say what a column means and are no part of what a buyer gets.
//!
//! They count only where at least half of the lines of the file's start have the same ones, known ones, before two values
//! at least; a single `密码：` may belong to the code.

use crate::builtin::plain;
use crate::told::Told;
use crate::{Cause, Meaning, header};
use std::collections::BTreeMap;

/// The longest label, in characters.
const CHARS_MAX: usize = 16;
/// Labels of a column that are counted.
const KINDS_MAX: usize = 64;

/// The label of a cell, and what stands behind it.
pub(crate) fn split(cell: &str) -> Option<(&str, &str)> {
    let cell = cell.trim();
    let colon = |(_, sign): &(usize, char)| matches!(sign, ':' | '：');
    let (at, sign) = cell.char_indices().take(CHARS_MAX + 1).find(colon)?;
    let (label, rest) = (&cell[..at], &cell[at + sign.len_utf8()..]);
    (!label.trim().is_empty()).then(|| (label, rest.trim_start()))
}

/// A cell without the label that it must have; `None` when it has another or none.
pub(crate) fn behind<'a>(cell: &'a str, label: &str) -> Option<&'a str> {
    split(cell).filter(|(found, _)| plain(found) == plain(label)).map(|(_, rest)| rest)
}

/// What is done with the labels of a column.
pub(crate) struct Rule {
    /// The label that is taken off.
    pub(crate) label: Option<String>,
    /// Whether a value without it is refused; else it is as it stands.
    pub(crate) needed: bool,
}

impl Rule {
    /// A cell without its label.
    pub(crate) fn take<'a>(&self, cell: &'a str) -> Result<&'a str, Cause> {
        let Some(label) = self.label.as_deref() else { return Ok(cell) };
        match behind(cell, label) {
            Some(rest) => Ok(rest),
            None if self.needed && !cell.trim().is_empty() => Err(Cause::LabelMissing),
            None => Ok(cell),
        }
    }
}

/// The labels of columns, from the lines that are seen: how often each stands there, and how often any value.
pub(crate) struct Labels(Vec<(BTreeMap<String, u64>, u64)>);

impl Labels {
    pub(crate) fn new(columns: usize) -> Self {
        Self(vec![(BTreeMap::new(), 0); columns])
    }

    /// Looks at a record that has all columns.
    pub(crate) fn see<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        for ((labels, count), cell) in self.0.iter_mut().zip(cells) {
            *count += u64::from(!cell.trim().is_empty());
            if let Some((label, _)) = split(cell)
                && (labels.contains_key(label) || labels.len() < KINDS_MAX)
            {
                *labels.entry(label.to_owned()).or_default() += 1;
            }
        }
    }

    /// What each column means by its label; none unless two are known and differ.
    pub(crate) fn meanings(self, told: &Told) -> Vec<Option<(String, Meaning)>> {
        let of = |(labels, count): (BTreeMap<String, u64>, u64)| {
            let (label, times) = labels.into_iter().max_by_key(|(_, times)| *times)?;
            let meaning = header::known(&label, &told.fields)?;
            (2 * times >= count).then_some((label, meaning))
        };
        let found: Vec<_> = self.0.into_iter().map(of).collect();
        let mut codes: Vec<&str> =
            found.iter().flatten().filter_map(|(_, meaning)| meaning.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.len() < 2 { found.iter().map(|_| None).collect() } else { found }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_parted_at_its_first_colon() {
        assert_eq!(split(" 账号： a1 "), Some(("账号", "a1")));
        assert_eq!(split("密码:b:1"), Some(("密码", "b:1")));
        assert_eq!(split("：b"), None);
        assert_eq!(split("a much longer text than labels have: x"), None);
        assert_eq!(behind("ＰＩＮ：7", "pin"), Some("7"));
        assert_eq!(behind("PUK：7", "pin"), None);
    }
}

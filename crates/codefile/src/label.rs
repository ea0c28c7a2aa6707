//! Labels before values, as in `账号：a1----密码：b1`: they say what a column means and are no part of what a buyer gets.
//!
//! They count only where every line of the file's start has the same ones, known ones, before two values at least; a
//! single `密码：` may belong to the code.

use crate::Meaning;
use crate::builtin::plain;
use crate::header;
use crate::told::Told;

/// The longest label, in characters.
const CHARS_MAX: usize = 16;

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

/// A cell without its column's label, if it has it.
pub(crate) fn off<'a>(cell: &'a str, label: Option<&str>) -> &'a str {
    label.and_then(|label| behind(cell, label)).unwrap_or(cell)
}

/// The labels of columns, from the lines that are seen.
pub(crate) struct Labels(Vec<Seen>);

enum Seen {
    Nothing,
    Always(String),
    Otherwise,
}

impl Labels {
    pub(crate) fn new(columns: usize) -> Self {
        Self((0..columns).map(|_| Seen::Nothing).collect())
    }

    /// Looks at a record that has all columns.
    pub(crate) fn see<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        for (seen, cell) in self.0.iter_mut().zip(cells) {
            let label = split(cell).map(|(label, _)| label);
            *seen = match (std::mem::replace(seen, Seen::Otherwise), label) {
                (Seen::Nothing, Some(label)) => Seen::Always(label.to_owned()),
                (Seen::Always(before), Some(label)) if plain(&before) == plain(label) => {
                    Seen::Always(before)
                }
                _ => Seen::Otherwise,
            };
        }
    }

    /// What each column means by its label; none unless two are known and differ.
    pub(crate) fn meanings(self, told: &Told) -> Vec<Option<(String, Meaning)>> {
        let of = |seen: Seen| match seen {
            Seen::Always(label) => {
                let meaning = header::known(&label, &told.fields)?;
                Some((label, meaning))
            }
            Seen::Nothing | Seen::Otherwise => None,
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

//! Divides the text of a record that has no quotes.

use crate::Cause;
use memchr::memmem::Finder;
use std::ops::Range;

/// What stands between fields, made ready for use.
pub(crate) enum Divider {
    /// One byte.
    Byte(u8),
    /// Some other text.
    Text(Box<Finder<'static>>),
    /// A sign repeated so many times; a longer run may hide the beginning of a field.
    Run(u8, usize),
    /// Spaces, however many.
    Spaces,
    /// A colon that does not belong to an address like `https://…`.
    Colon,
}

impl Divider {
    pub(crate) fn new(text: &str) -> Self {
        match text.as_bytes() {
            [b' ', ..] if text.bytes().all(|b| b == b' ') => Self::Spaces,
            [b':'] => Self::Colon,
            [byte] => Self::Byte(*byte),
            [first, rest @ ..]
                if first.is_ascii_punctuation() && rest.iter().all(|b| b == first) =>
            {
                Self::Run(*first, text.len())
            }
            _ => Self::Text(Box::new(Finder::new(text).into_owned())),
        }
    }

    /// The places of the fields, which are at least one.
    pub(crate) fn split(&self, text: &str, cells: &mut Vec<Range<usize>>) -> Result<(), Cause> {
        cells.clear();
        let bytes = text.as_bytes();
        match self {
            Self::Byte(byte) => cut(text, memchr::memchr_iter(*byte, bytes), 1, cells),
            Self::Text(finder) => {
                cut(text, finder.find_iter(bytes), finder.needle().len(), cells);
            }
            Self::Colon => {
                let colons = memchr::memchr_iter(b':', bytes);
                let divides = |at: &usize| !bytes[at + 1..].starts_with(b"//");
                cut(text, colons.filter(divides), 1, cells);
            }
            Self::Run(byte, length) => {
                let mut starts = Vec::new();
                for run in runs(bytes, *byte).filter(|run| run.len() >= *length) {
                    if run.len() % length != 0 {
                        return Err(Cause::SeparatorUnclear);
                    }
                    starts.extend(run.step_by(*length));
                }
                cut(text, starts.into_iter(), *length, cells);
            }
            Self::Spaces => {
                let inner = text.trim();
                let start = text.len() - text.trim_start().len();
                let mut from = start;
                for run in runs(inner.as_bytes(), b' ') {
                    cells.push(from..start + run.start);
                    from = start + run.end;
                }
                cells.push(from..start + inner.len());
            }
        }
        Ok(())
    }
}

fn cut(
    text: &str,
    places: impl Iterator<Item = usize>,
    length: usize,
    cells: &mut Vec<Range<usize>>,
) {
    let mut from = 0;
    for at in places {
        cells.push(from..at);
        from = at + length;
    }
    cells.push(from..text.len());
}

/// The places where a byte stands as often as it can.
pub(crate) fn runs(bytes: &[u8], byte: u8) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + memchr::memchr(byte, &bytes[at..])?;
        let length = bytes[start..].iter().take_while(|b| **b == byte).count();
        at = start + length;
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(separator: &str, text: &str, expected: Result<&[&str], Cause>) {
        let mut cells = Vec::new();
        let result = Divider::new(separator).split(text, &mut cells);
        let found: Vec<&str> = cells.into_iter().map(|cell| &text[cell]).collect();
        assert_eq!(result.map(|()| &found[..]), expected, "{text:?} by {separator:?}");
    }

    #[test]
    fn every_kind_of_separator() {
        check(",", "a,b,,c", Ok(&["a", "b", "", "c"]));
        check(",", "a", Ok(&["a"]));
        check("----", "a----b-c", Ok(&["a", "b-c"]));
        check("----", "a--------c", Ok(&["a", "", "c"]));
        check("----", "a-----c", Err(Cause::SeparatorUnclear));
        check(" ", "  a   b c ", Ok(&["a", "b", "c"]));
        check(":", "a:https://x/y:z", Ok(&["a", "https://x/y", "z"]));
        check("：", "a：b", Ok(&["a", "b"]));
        check("=>", "a=>b=c", Ok(&["a", "b=c"]));
    }
}

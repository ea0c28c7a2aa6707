//! Characters that a buyer could not type, and those that look like others.

use serde::{Deserialize, Serialize};

/// A kind of characters that a person must decide on: keep them, or put the plain ones in their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Odd {
    /// Spaces that are not the usual one.
    Spaces,
    /// Marks without width.
    ZeroWidth,
    /// Letters and digits as wide as an ideograph.
    FullWidth,
    /// Dashes that are not the usual hyphen.
    Dashes,
    /// Quotes that a word processor bent.
    Quotes,
}

impl Odd {
    pub(crate) const ALL: [Self; 5] =
        [Self::Spaces, Self::ZeroWidth, Self::FullWidth, Self::Dashes, Self::Quotes];
}

/// Control characters, marks that turn the direction of text, signs of private use, and the sign
/// that stands where an earlier program lost a character. Line breaks and tabs belong to a text of
/// several lines only.
pub(crate) fn is_forbidden(c: char, in_lines: bool) -> bool {
    match c {
        '\n' | '\t' => !in_lines,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2061}'..='\u{206f}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fe00}'..='\u{fe0e}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{ffff}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{10ffff}' => true,
        c => c.is_control(),
    }
}

/// The kind of an odd character. In a text of ideographs wide signs and long dashes are at home.
pub(crate) fn odd(c: char, in_ideographs: bool) -> Option<Odd> {
    Some(match c {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Odd::Spaces,
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Odd::ZeroWidth,
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            Odd::FullWidth
        }
        _ if in_ideographs => return None,
        '\u{3000}' => Odd::Spaces,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => Odd::Dashes,
        '\u{ff01}'..='\u{ff5e}' => Odd::FullWidth,
        '\u{2018}'..='\u{201f}' | '\u{2032}' | '\u{2033}' => Odd::Quotes,
        _ => return None,
    })
}

/// What stands for an odd character in plain text.
pub(crate) fn plain(c: char, odd: Odd) -> Option<char> {
    match (odd, c) {
        (Odd::ZeroWidth, _) => None,
        (Odd::Spaces, _) => Some(' '),
        (Odd::Dashes, _) => Some('-'),
        (Odd::FullWidth, c) => char::from_u32(c as u32 - 0xfee0),
        (Odd::Quotes, '\u{201c}'..='\u{201f}' | '\u{2033}') => Some('"'),
        (Odd::Quotes, _) => Some('\''),
    }
}

/// Whether a text has ideographs, kana or hangul.
pub(crate) fn has_ideographs(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    })
}

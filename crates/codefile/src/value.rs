//! One value of a code: what it may hold.

use crate::characters::{self, Odd};
use crate::limits::CODE_BYTES_MAX;
use crate::{Cause, damage};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use vault::Zeroizing;

/// What is done with the values of a column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    /// Odd characters that are made plain.
    pub(crate) clean: Vec<Odd>,
    /// Dates are damage here.
    pub(crate) no_dates: bool,
    /// Zeros behind the fifteenth digit are damage here.
    pub(crate) no_rounded: bool,
}

/// The value of a cell, in NFC and without white space at its ends; empty when there is none.
pub(crate) fn read(cell: &str, rules: &Rules) -> Result<Zeroizing<String>, Cause> {
    let text = cell.trim();
    if text.len() > CODE_BYTES_MAX {
        return Err(Cause::TooLong);
    }
    let text = if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        Zeroizing::new(text.to_owned())
    } else {
        in_unicode(text, &rules.clean)?
    };
    if let Some(cause) = damage::of_value(&text) {
        return Err(cause);
    }
    if rules.no_dates && damage::is_date(&text) {
        return Err(Cause::DateMade);
    }
    if rules.no_rounded && damage::rounded(&text) == Some(true) {
        return Err(Cause::Rounded);
    }
    if is_formula(&text) {
        return Err(Cause::Formula);
    }
    Ok(text)
}

fn in_unicode(text: &str, clean: &[Odd]) -> Result<Zeroizing<String>, Cause> {
    let in_lines = text.contains('\n');
    if text.chars().any(|c| characters::is_forbidden(c, in_lines)) {
        return Err(Cause::ControlCharacter);
    }
    let in_ideographs = characters::has_ideographs(text);
    // Room for what NFC may lengthen: a string that grows would leave a copy behind.
    let mut out = Zeroizing::new(String::with_capacity(3 * text.len()));
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        out.push_str(text);
    } else {
        out.extend(text.nfc());
    }
    if !clean.is_empty() {
        let mut cleaned = Zeroizing::new(String::with_capacity(out.len()));
        cleaned.extend(out.chars().filter_map(|c| match characters::odd(c, in_ideographs) {
            Some(odd) if clean.contains(&odd) => characters::plain(c, odd),
            _ => Some(c),
        }));
        out = Zeroizing::new(cleaned.trim().to_owned());
    }
    Ok(out)
}

/// Whether a spreadsheet would run the text (OWASP, "CSV injection"). Codes may begin with a sign,
/// so `+` and `-` count only before a call `f(…)` or a command `program|…!cell`.
fn is_formula(text: &str) -> bool {
    match text.chars().next() {
        Some('=' | '@' | '＝' | '＠') => true,
        Some('+' | '-' | '＋' | '－') => {
            text.contains('(') && text.contains(')') || text.contains('|') && text.contains('!')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_codes() {
        let formulas =
            ["=1+1", "=HYPERLINK(A1)", "@SUM(A1)", "＝1", "+SUM(1)", "-2+3+cmd|' /C calc'!A0"];
        let codes =
            ["+86123", "-ABC", "+", "--", "a=b", "a@b", "(1)", "+a|b", "-wow!", "1=", "'=1"];
        assert_eq!(formulas.map(is_formula), [true; 6]);
        assert_eq!(codes.map(is_formula), [false; 11]);
    }
}

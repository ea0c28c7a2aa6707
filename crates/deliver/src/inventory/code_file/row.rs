//! One code of a file: what it may hold, and what makes two of them the same.

use super::{Cause, Column, RowError, date::Dates};
use kernel::{FOREVER, Timestamp, limits::CODE_CHARS_MAX};
use std::fmt;
use vault::{Zeroize, Zeroizing};

/// One code, wiped from memory when dropped.
#[derive(PartialEq, Eq)]
pub struct CodeRow {
    /// The physical line it stood on, from 1.
    pub line: u64,
    /// The card number; may be empty when there is a password.
    pub number: String,
    /// The password or the code itself; may be empty when there is a number.
    pub password: String,
    /// The last moment of validity; [`FOREVER`] when the file gave none.
    pub valid_until: Timestamp,
}

impl Drop for CodeRow {
    fn drop(&mut self) {
        self.number.zeroize();
        self.password.zeroize();
    }
}

impl fmt::Debug for CodeRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeRow")
            .field("line", &self.line)
            .field("valid_until", &self.valid_until)
            .finish_non_exhaustive()
    }
}

/// The fields of a line by their meaning, as they stood there; empty when there was none.
pub(super) struct Parts<'a> {
    pub(super) number: &'a str,
    pub(super) password: &'a str,
    pub(super) valid_until: &'a str,
}

/// Checks the fields of a line, from left to right.
pub(super) fn read(
    line: u64,
    parts: &Parts<'_>,
    dates: &mut Dates,
    now: Timestamp,
) -> Result<CodeRow, RowError> {
    let bad = |column: Column| move |cause| RowError { line, column: Some(column), cause };
    let number = text(parts.number).map_err(bad(Column::Number))?;
    let password = text(parts.password).map_err(bad(Column::Password))?;
    if number.is_empty() && password.is_empty() {
        return Err(RowError { line, column: None, cause: Cause::Empty });
    }
    let valid_until = match parts.valid_until.trim() {
        "" => FOREVER,
        date => {
            let at = dates.read(date).ok_or(Cause::DateUnreadable);
            let at = at.map_err(bad(Column::ValidUntil))?;
            if at < now {
                return Err(bad(Column::ValidUntil)(Cause::DatePast));
            }
            at
        }
    };
    Ok(CodeRow { line, number: number.to_owned(), password: password.to_owned(), valid_until })
}

fn text(field: &str) -> Result<&str, Cause> {
    let text = field.trim();
    if text.len() > CODE_CHARS_MAX && text.chars().count() > CODE_CHARS_MAX {
        return Err(Cause::TooLong);
    }
    if text.chars().any(is_invisible) {
        return Err(Cause::ControlCharacter);
    }
    if is_formula(text) {
        return Err(Cause::Formula);
    }
    Ok(text)
}

/// Control characters, marks that have no width or turn the direction of text, and the sign that
/// stands where an earlier program lost a character. A buyer could not type such a code.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fffd}'
        )
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

/// What the duplicate tag is made of: the number, or the password where there is none, without
/// spaces and hyphens, full-width characters as ASCII, in capitals.
pub fn normalise(row: &CodeRow) -> Zeroizing<String> {
    let text = if row.number.is_empty() { &row.password } else { &row.number };
    // Capitals may be longer, and a string that grows would leave a copy behind.
    let mut plain = Zeroizing::new(String::with_capacity(3 * text.len()));
    for c in text.chars().map(half_width) {
        if c.is_ascii() {
            if !matches!(c, '-' | ' ') {
                plain.push(c.to_ascii_uppercase());
            }
        } else if !c.is_whitespace() && !is_hyphen(c) {
            plain.extend(c.to_uppercase());
        }
    }
    if plain.is_empty() {
        plain.push_str(text);
    }
    plain
}

/// `Ａ` → `A`; the ideographic space is white space already.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_people_write_differently_are_the_same() {
        let cases = [
            ("", "abcd-EFGH 1234", "ABCDEFGH1234"),
            ("", "ＡＢ１２－ｃ３", "AB12C3"),
            ("", "ab\u{3000}cd\u{2014}ef\u{2212}g", "ABCDEFG"),
            ("No 1", "secret", "NO1"),
            ("", "密码é", "密码É"),
            ("", "- -", "- -"),
            ("", "a+b/c=", "A+B/C="),
        ];
        for (number, password, expected) in cases {
            let (number, password) = (number.to_owned(), password.to_owned());
            let row = CodeRow { line: 1, number, password, valid_until: FOREVER };
            assert_eq!(normalise(&row).as_str(), expected);
        }
    }

    #[test]
    fn debug_shows_no_code() {
        let (number, password) = ("PLANTED1".to_owned(), "PLANTED2".to_owned());
        let row = CodeRow { line: 7, number, password, valid_until: FOREVER };
        assert!(!format!("{row:?}").contains("PLANTED"));
    }

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

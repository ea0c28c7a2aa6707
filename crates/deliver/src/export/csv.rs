//! Text that a spreadsheet opens as it is meant: UTF-8 with a byte order mark, RFC 4180, and nothing in it is a formula.

use super::columns::Columns;
use super::row::{Cell, Kind};

/// What begins a formula, also in its full width; tabs and line breaks are passed over before one.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Whether a spreadsheet may take a text for a formula.
pub fn begins_formula(text: &str) -> bool {
    text.trim_start_matches(' ').starts_with(FORMULA)
}

/// What stands before the first row.
pub fn begin(columns: &Columns, into: &mut Vec<u8>) {
    into.extend_from_slice(MARK);
    let names = columns.columns.iter().map(|column| column.name.as_str());
    for (n, name) in names.enumerate() {
        separate(n, into);
        text(name, into);
    }
    into.extend_from_slice(b"\r\n");
}

/// A row.
pub fn row(cells: &[Cell], into: &mut Vec<u8>) {
    for (n, cell) in cells.iter().enumerate() {
        separate(n, into);
        match cell.kind {
            Kind::Empty => {}
            Kind::Text => text(&cell.text, into),
            Kind::Number | Kind::Flag => into.extend_from_slice(cell.text.as_bytes()),
        }
    }
    into.extend_from_slice(b"\r\n");
}

fn separate(n: usize, into: &mut Vec<u8>) {
    if n > 0 {
        into.push(b',');
    }
}

/// A text, with an apostrophe before what would be a formula. A number below zero is none.
fn text(text: &str, into: &mut Vec<u8>) {
    let quoted =
        text.starts_with(' ') || text.ends_with(' ') || text.contains(['"', ',', '\r', '\n']);
    if quoted {
        into.push(b'"');
    }
    if begins_formula(text) && !is_negative_number(text) {
        into.push(b'\'');
    }
    match text.contains('"') {
        true => into.extend_from_slice(text.replace('"', "\"\"").as_bytes()),
        false => into.extend_from_slice(text.as_bytes()),
    }
    if quoted {
        into.push(b'"');
    }
}

fn is_negative_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_prefix('-').is_some_and(|number| match number.split_once('.') {
        Some((whole, rest)) => digits(whole) && digits(rest),
        None => digits(number),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(kind: Kind, text: &str) -> String {
        let mut bytes = Vec::new();
        row(&[Cell { kind, text: text.to_owned() }], &mut bytes);
        let line = String::from_utf8(bytes).expect("text");
        line.strip_suffix("\r\n").expect("a line's end").to_owned()
    }

    #[test]
    fn formulas_are_text_and_numbers_are_numbers() {
        for value in
            ["=1+1", "+1", "-1+1", "@x", "\t=1", "  =1", "＝1", "-", "-1.", "-.5", "--1", "-1e5"]
        {
            let told = written(Kind::Text, value);
            assert_eq!(told.trim_start_matches('"').chars().next(), Some('\''), "{value}");
        }
        assert_eq!(written(Kind::Text, "\r=1"), "\"'\r=1\"");
        for value in ["1=1", "a-b", "", "'=1", "-1", "-18.5025", "1"] {
            assert_eq!(written(Kind::Text, value), value);
        }
        assert_eq!(written(Kind::Number, "-19.90"), "-19.90");
        assert_eq!(written(Kind::Flag, "true"), "true");
        assert_eq!(written(Kind::Empty, ""), "");
    }

    #[test]
    fn a_value_comes_back_as_it_was() {
        for (value, told) in [
            ("a,b", r#""a,b""#),
            ("say \"no\"", r#""say ""no""""#),
            ("two\nlines", "\"two\nlines\""),
            (" x ", "\" x \""),
            ("; ", "\"; \""),
        ] {
            assert_eq!(written(Kind::Text, value), told);
        }
    }
}

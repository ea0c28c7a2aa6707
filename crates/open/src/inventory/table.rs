//! Codes as a table in CSV that no spreadsheet takes for more than text.

use deliver::inventory::record::Field;
use kernel::{FOREVER, Timestamp};
use std::collections::BTreeSet;

/// What begins a formula, also in its full width; tabs and line breaks are passed over before one.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A row a code: its fields in the order in which they come up first, then the last moment it is good for.
pub fn csv(rows: &[(Vec<Field>, Timestamp)]) -> String {
    let mut columns: Vec<&str> = Vec::new();
    let mut known = BTreeSet::new();
    for field in rows.iter().flat_map(|(fields, _)| fields) {
        if known.insert(field.code.as_str()) {
            columns.push(&field.code);
        }
    }
    let mut text = String::new();
    line(&mut text, columns.iter().copied().chain(["valid_until"]));
    for (fields, until) in rows {
        let value = |column: &&str| {
            let field = fields.iter().find(|field| field.code == *column);
            field.map_or("", |field| field.value.as_str())
        };
        let until = if *until < FOREVER { until.to_string() } else { String::new() };
        line(&mut text, columns.iter().map(value).chain([until.as_str()]));
    }
    text
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (n, value) in cells.enumerate() {
        if n > 0 {
            text.push(',');
        }
        cell(text, value);
    }
    text.push_str("\r\n");
}

/// A value in quotes.
fn cell(text: &mut String, value: &str) {
    text.push('"');
    if value.trim_start_matches(' ').starts_with(FORMULA) {
        text.push('\'');
    }
    text.push_str(&value.replace('"', "\"\""));
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(fields: &[(&str, &str)]) -> (Vec<Field>, Timestamp) {
        let field = |(code, value): &(&str, &str)| Field {
            code: (*code).to_owned(),
            name: None,
            value: (*value).to_owned().into(),
            secret: false,
        };
        (fields.iter().map(field).collect(), FOREVER)
    }

    #[test]
    fn a_row_has_the_value_of_each_column() {
        let dated = Timestamp::parse("2027-01-31T15:59:59Z").expect("a time");
        let (first, _) = row(&[("number", "N1"), ("password", "a\"b")]);
        let rows = [(first, dated), row(&[("link", "x,y"), ("number", "N2")])];
        let lines = [
            r#""number","password","link","valid_until""#,
            r#""N1","a""b","","2027-01-31T15:59:59Z""#,
            r#""N2","","x,y","""#,
        ];
        assert_eq!(csv(&rows), lines.map(|line| format!("{line}\r\n")).concat());
        assert_eq!(csv(&[]), "\"valid_until\"\r\n");
    }

    #[test]
    fn formulas_are_text() {
        for value in ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "＝1", "\n=1"] {
            let mut text = String::new();
            cell(&mut text, value);
            assert_eq!(text, format!("\"'{value}\""));
        }
        for value in ["1=1", "a-b", "", "'=1"] {
            let mut text = String::new();
            cell(&mut text, value);
            assert_eq!(text, format!("\"{value}\""));
        }
    }
}

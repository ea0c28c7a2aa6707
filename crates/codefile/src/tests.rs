//! Whole files through one check.

mod encodings;
mod generated;
mod labels;
mod questions;
mod straight;
mod workbooks;

use crate::*;
use kernel::{FOREVER, Timestamp};
use std::io::Read;

pub(crate) fn now() -> Timestamp {
    Timestamp::parse("2026-01-01T00:00:00Z").expect("a time")
}

pub(crate) fn csv() -> Told {
    Told::new(Format::Csv, "Asia/Shanghai", now())
}

pub(crate) fn txt() -> Told {
    Told::new(Format::Txt, "Asia/Shanghai", now())
}

pub(crate) fn separated(told: Told, separator: &str) -> Told {
    Told { separator: Some(Separator::Text(separator.to_owned())), ..told }
}

/// `2 number=A1 password=P1 until 2027-…` for a code, `3! password formula` for an error.
pub(crate) fn shown(row: Result<CodeRow, RowError>) -> String {
    match row {
        Ok(row) => {
            let mut text = row.line.to_string();
            for field in &row.fields {
                text += &format!(" {}={}", field.code, &*field.value);
            }
            if row.valid_until != FOREVER {
                text += &format!(" until {}", row.valid_until);
            }
            text
        }
        Err(error) => {
            let column = error.column.as_deref().map(|column| format!(" {column}"));
            let lost = (error.lines > 1).then(|| format!(" ({} lines)", error.lines));
            let (column, lost) = (column.unwrap_or_default(), lost.unwrap_or_default());
            format!("{}!{column} {}{lost}", error.line, error.cause.code())
        }
    }
}

pub(crate) fn read(file: impl Read, plan: &Plan) -> Vec<String> {
    let rows = CodeFile::new(file, plan).expect("a plan that can be followed");
    rows.map(|row| shown(row.expect("the file is read to its end"))).collect()
}

/// What becomes of a file: its open questions, or its rows.
pub(crate) fn outcome(file: &[u8], told: &Told) -> Vec<String> {
    let inspection = match inspect(file, told) {
        Ok(inspection) => inspection,
        Err(error) => return vec![format!("fatal {error}")],
    };
    let again = inspect(file, told).expect("it was inspected before");
    assert_eq!(inspection, again, "an inspection is the same every time");
    let json = serde_json::to_string(&inspection).expect("JSON");
    assert_eq!(serde_json::from_str::<Inspection>(&json).expect("JSON"), inspection);
    let open = inspection.findings.iter().filter(|finding| finding.open);
    let open: Vec<String> = open.map(|finding| format!("? {}", finding.id)).collect();
    if !open.is_empty() {
        return open;
    }
    let rows = read(file, &inspection.plan());
    assert_eq!(read(file, &inspection.plan()), rows, "the rows are the same every time");
    assert_eq!(inspection.rows, rows.len() as u64, "the inspection counted them");
    rows
}

#[track_caller]
pub(crate) fn check(file: impl AsRef<[u8]>, told: &Told, expected: &[&str]) {
    let file = file.as_ref();
    assert_eq!(outcome(file, told), expected, "{:?}", String::from_utf8_lossy(file));
}

#[track_caller]
pub(crate) fn check_fatal(file: impl AsRef<[u8]>, told: &Told, expected: &[&str]) {
    let error = inspect(file.as_ref(), told).expect_err("a fatal error");
    let message = error.to_string();
    for part in expected {
        assert!(message.contains(part), "{message}");
    }
    assert!(!message.contains("SECRET"), "{message}");
}

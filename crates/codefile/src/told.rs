//! What is said of a file by those who send it, before anybody has looked at it.

use crate::Encoding;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the caller and the SKU say of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The kind of file, by its media type.
    pub format: Format,
    /// The encoding, if it was named.
    #[serde(default)]
    pub encoding: Option<Encoding>,
    /// What stands between the fields, if it was named.
    #[serde(default)]
    pub separator: Option<Separator>,
    /// What divides records of several lines (TXT only).
    #[serde(default)]
    pub record: Option<RecordMark>,
    /// Field codes by place; `-` is ignored, `valid_until` is the date.
    #[serde(default)]
    pub columns: Option<Vec<String>>,
    /// The file's own names of columns, where they are not the usual ones.
    #[serde(default)]
    pub names: Names,
    /// The fields of the SKU, in its order.
    #[serde(default)]
    pub fields: Vec<FieldSpec>,
    /// The IANA zone in which dates without one are meant.
    pub zone: String,
    /// Time of the upload: codes that ended before it are refused. Keep it over all readings of one job.
    pub now: Timestamp,
    /// Choices by the id of the finding that they answer.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

impl Told {
    /// Nothing but the kind of file, the zone and the time.
    pub fn new(format: Format, zone: &str, now: Timestamp) -> Self {
        Self {
            format,
            encoding: None,
            separator: None,
            record: None,
            columns: None,
            names: Names::default(),
            fields: Vec::new(),
            zone: zone.to_owned(),
            now,
            answers: BTreeMap::new(),
        }
    }

    /// The answer to a finding.
    pub(crate) fn answer(&self, finding: &str) -> Option<&str> {
        self.answers.get(finding).map(String::as_str)
    }
}

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// RFC 4180: a header names the columns, fields may be quoted and hold line breaks.
    Csv,
    /// A code a line, or a record of several lines; no quotes.
    Txt,
}

/// What stands between the fields of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// This text.
    Text(String),
    /// Nothing: the whole line is one value.
    WholeLine,
}

/// What divides records of several lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordMark {
    /// A blank line.
    BlankLine,
    /// A line that holds only this text, and belongs to no record.
    Mark(String),
    /// A line that begins with this text opens the next record.
    Begin(String),
}

/// The names that a file gives its columns, where they are not the usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// The header of the card number.
    #[serde(default)]
    pub number: Option<String>,
    /// The header of the password or code.
    #[serde(default)]
    pub password: Option<String>,
    /// The header of the date.
    #[serde(default)]
    pub valid_until: Option<String>,
}

/// A field that the codes of a SKU have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldSpec {
    /// Its name for programs: `[a-z][a-z0-9_]{0,31}`.
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// Whether it is hidden until it is asked for.
    pub secret: bool,
}

//! How an uploaded file is to be read, and what becomes of rows and questions that a person may want to see.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the caller says of a file. Stored as JSON; what is as usual is not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSettings {
    /// CSV with a header, or plain text.
    pub format: FileFormat,
    /// Between fields: one ASCII character for CSV, any text for plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<String>,
    /// A line is one value, whatever stands in it.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub whole_line: bool,
    /// What ends a record of several lines: an empty text for a blank line, else the mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// How the bytes spell characters, by its usual name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Field codes by place; `-` leaves a column out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
    /// The header of the card number's column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The header of the password's column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The header of the date's column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// The zone in which dates end.
    pub zone: String,
    /// Answers to what the inspection asked, by the finding's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// What becomes of rows that may be twins.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub on_doubt: OnDoubt,
    /// What becomes of an import that has a question.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub on_question: OnQuestion,
    /// What becomes of rows that were voided before anybody saw them.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub on_voided: OnVoided,
    /// What was decided of doubts before the file was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubts: Option<DoubtChoice>,
}

/// The kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// Comma-separated with a header line.
    Csv,
    /// A code a line.
    Txt,
}

/// What becomes of rows that may be twins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDoubt {
    /// They are kept out of stock until somebody decides.
    #[default]
    Hold,
    /// They are taken in.
    Accept,
    /// They are left out.
    Drop,
}

/// What becomes of an import that has a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnQuestion {
    /// It fails; an answer opens it again.
    #[default]
    Fail,
    /// It waits for an answer.
    Wait,
}

/// What becomes of rows that were voided before anybody saw them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnVoided {
    /// They are duplicates.
    #[default]
    Duplicate,
    /// They come in again.
    Readmit,
}

/// What is decided of doubtful rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubtChoice {
    /// Of every row that `lines` does not name; none leaves them as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Verdict>,
    /// Of single rows, by line.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<i64, Verdict>,
}

/// What a person says of a doubtful row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is a code of its own and goes on sale.
    Accept,
    /// It is worthless.
    Drop,
}

impl ImportSettings {
    /// Nothing but the kind of file and the zone.
    pub fn new(format: FileFormat, zone: &str) -> Self {
        Self {
            format,
            separator: None,
            whole_line: false,
            record: None,
            encoding: None,
            columns: None,
            number: None,
            password: None,
            valid_until: None,
            zone: zone.to_owned(),
            answers: BTreeMap::new(),
            on_doubt: OnDoubt::Hold,
            on_question: OnQuestion::Fail,
            on_voided: OnVoided::Duplicate,
            doubts: None,
        }
    }

    /// As if nothing had been decided.
    pub fn forget_answers(&mut self) {
        self.answers.clear();
        (self.columns, self.encoding, self.separator) = (None, None, None);
        self.whole_line = false;
    }

    /// What the settings say of doubts that had to be held all the same.
    pub fn verdict(&self) -> Option<DoubtChoice> {
        let default = match self.on_doubt {
            OnDoubt::Hold => return None,
            OnDoubt::Accept => Verdict::Accept,
            OnDoubt::Drop => Verdict::Drop,
        };
        Some(DoubtChoice { default: Some(default), lines: BTreeMap::new() })
    }
}

impl DoubtChoice {
    /// What was decided of a line.
    pub fn of(&self, line: i64) -> Option<Verdict> {
        self.lines.get(&line).copied().or(self.default)
    }
}

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

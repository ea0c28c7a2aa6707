//! An import as the server tells it. Members that an older server does not know are empty.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far an import is, and what was found in its file.
#[derive(Debug, Default, Deserialize)]
pub struct Import {
    /// Its id.
    pub id: String,
    /// `running`, `needs_decision`, `done` or `failed`.
    pub state: String,
    /// Codes taken in.
    #[serde(default)]
    pub accepted: u64,
    /// Codes that were there before.
    #[serde(default)]
    pub duplicates: u64,
    /// Rows that may be twins.
    #[serde(default)]
    pub doubts: u64,
    /// Of these those that nobody has decided; absent where `doubts` are those.
    pub doubts_open: Option<u64>,
    /// Rows that cannot be read.
    #[serde(default)]
    pub errors: u64,
    /// How the file is read.
    pub understood: Option<Understood>,
    /// What was found.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// Its first rows, masked.
    #[serde(default)]
    pub sample: Vec<Vec<String>>,
    /// Where the errors are told.
    pub error_file_url: Option<String>,
    /// Why it failed.
    pub failure: Option<String>,
}

/// How a file is read.
#[derive(Debug, Deserialize)]
pub struct Understood {
    /// How its bytes spell characters.
    pub encoding: Option<String>,
    /// What stands between fields; `None`: each line is one value.
    pub separator: Option<String>,
    /// What its columns are, by place; `None` where nobody knows.
    #[serde(default)]
    pub columns: Vec<Option<String>>,
}

/// Something that was found in a file.
#[derive(Debug, Deserialize)]
pub struct Finding {
    /// Answers name it by this.
    pub id: String,
    /// What it is about.
    pub kind: String,
    /// The first lines where it was found.
    #[serde(default)]
    pub lines: Vec<u64>,
    /// How many lines have it.
    #[serde(default)]
    pub count: u64,
    /// What to know or decide.
    #[serde(default)]
    pub question: String,
    /// The same in Chinese.
    #[serde(default)]
    pub question_zh: String,
    /// What can be answered.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Whether an answer is missing.
    #[serde(default)]
    pub open: bool,
}

/// An answer that a finding takes.
#[derive(Debug, Deserialize)]
pub struct Choice {
    /// What to send.
    pub value: String,
    /// What it means.
    #[serde(default)]
    pub text: String,
    /// The same in Chinese.
    #[serde(default)]
    pub text_zh: String,
}

/// What was decided.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Decisions {
    /// Field codes by place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
    /// Choices by finding.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// What becomes of rows that may be twins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubts: Option<Doubts>,
}

/// What becomes of rows that may be twins.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Doubts {
    /// Of all of them: `accept` or `drop`.
    pub default: &'static str,
}

/// Some of the rows of a kind.
#[derive(Debug, Deserialize)]
pub struct Rows {
    /// The rows.
    pub data: Vec<Row>,
}

/// A row that brought no code.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// Its line in the file.
    pub line: u64,
    /// The reason.
    #[serde(default)]
    pub reason: String,
    /// What was there first.
    pub first: Option<First>,
}

/// The code that was there first.
#[derive(Debug, Deserialize)]
pub struct First {
    /// The import that brought it.
    pub import: Option<String>,
    /// Its line there.
    pub line: Option<u64>,
    /// Where it is in its life.
    pub state: Option<String>,
}

impl Import {
    /// Whether it stands still until somebody decides.
    pub fn asks(&self) -> bool {
        const NEEDED: &str = "needs_decision";
        self.state == NEEDED || self.failure.as_deref() == Some(NEEDED)
    }

    /// What is asked.
    pub fn questions(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.open)
    }

    /// Doubts that somebody may decide.
    pub fn undecided(&self) -> u64 {
        self.doubts_open.unwrap_or(self.doubts)
    }
}

impl Finding {
    /// Whether it can be answered just like another.
    pub fn has_choices_of(&self, other: &Self) -> bool {
        let values = |finding: &Self| {
            finding.choices.iter().map(|choice| choice.value.clone()).collect::<Vec<_>>()
        };
        !self.choices.is_empty() && values(self) == values(other)
    }

    /// Whether a field code answers it, or a list of them.
    pub fn is_of_columns(&self) -> bool {
        self.kind.starts_with("column") || self.choices.is_empty()
    }
}

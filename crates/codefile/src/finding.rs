//! What the inspection of a file found: remarks, and questions that a person must answer.

use crate::limits::FINDING_LINES_MAX;
use serde::{Deserialize, Serialize};

/// Something that was found, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its name in answers: the same at every inspection of the file.
    pub id: String,
    /// What it is about.
    pub kind: FindingKind,
    /// The first lines where it was found, from 1.
    pub lines: Vec<u64>,
    /// How many lines have it.
    pub count: u64,
    /// What a person should know or decide.
    pub question: String,
    /// The same in Chinese.
    pub question_zh: String,
    /// What can be answered; none where nothing is asked.
    pub choices: Vec<Choice>,
    /// Whether an answer is missing.
    pub open: bool,
}

/// An answer that a finding takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it means.
    pub text: String,
    /// The same in Chinese.
    pub text_zh: String,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// How the bytes are to be read.
    Encoding,
    /// Which sheet of a workbook.
    Sheet,
    /// What stands between fields.
    Separator,
    /// Where a record ends.
    Records,
    /// Whether the first line names the columns.
    Header,
    /// What a column means.
    Column,
    /// What the dates mean.
    Dates,
    /// Characters that look like others or like nothing.
    Characters,
    /// Lines that are no data.
    NotData,
    /// Lines that look unlike all others.
    Odd,
    /// Values that a spreadsheet damaged: their lines are refused.
    Damage,
    /// Lines that are lost behind a quote.
    Quote,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetName {
    /// Its number, from 1.
    pub number: usize,
    /// What it is called.
    pub name: String,
}

/// The lines where something was found: the first of them, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Spots {
    pub(crate) lines: Vec<u64>,
    pub(crate) count: u64,
}

impl Spots {
    pub(crate) fn add(&mut self, line: u64) {
        if self.lines.len() < FINDING_LINES_MAX && self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
        self.count += 1;
    }
}

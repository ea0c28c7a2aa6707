//! What was understood of a code file and what was found in it, as callers see it.

use codefile::{Inspection, Meaning};
use domain::inventory::plan::ImportPlan;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a file is read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Understood {
    /// How its bytes spell characters.
    pub encoding: String,
    /// What stands between fields; null when each line is one value.
    pub separator: Option<String>,
    /// What its columns are, by place: the code of a field, `valid_until`, `-` for one that is left out, null for one
    /// that nobody knows.
    pub columns: Vec<Option<String>>,
    /// The same with what the file calls them and how buyers will see them.
    pub layout: Vec<FileColumn>,
    /// How many records it has, good and bad.
    pub rows: u64,
}

/// A column of a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileColumn {
    /// Its place, from 1.
    pub place: usize,
    /// What the file calls it, where it has a header.
    pub header: Option<String>,
    /// What it is: the code of a field, `valid_until`, `-`; null when nobody knows.
    pub code: Option<String>,
    /// The label that buyers see.
    pub name: Option<String>,
    /// Whether buyers see it only when they ask for it.
    pub secret: bool,
}

/// Something that was found in a file, and what can be done about it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Finding {
    /// Answers name it by this.
    pub id: String,
    /// What it is about: `encoding`, `separator`, `column`, `dates`, `characters` …
    pub kind: String,
    /// The first lines where it was found.
    pub lines: Vec<u64>,
    /// How many lines have it.
    pub count: u64,
    /// What a person should know or decide.
    pub question: String,
    /// The same in Chinese.
    pub question_zh: String,
    /// What can be answered; empty where nothing is asked, or where decisions say it in another way.
    pub choices: Vec<Choice>,
    /// Whether an answer is missing.
    pub open: bool,
}

/// An answer that a finding takes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Choice {
    /// What to send.
    pub value: String,
    /// What it means.
    pub text: String,
    /// The same in Chinese.
    pub text_zh: String,
}

/// What is known of a file that was looked at.
#[derive(Debug, Default)]
pub struct Inspected {
    /// How it is read.
    pub understood: Option<Understood>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Its first rows, masked.
    pub sample: Vec<Vec<String>>,
}

/// What stands in place of an inspection when decisions did not fit the file.
#[derive(Deserialize)]
struct Refused {
    refused: String,
}

/// The stored inspection of a file, if it was looked at.
pub fn inspection(plan: Option<&ImportPlan>) -> Option<Inspection> {
    serde_json::from_str(plan?.inspection.as_deref()?).ok()
}

impl Inspected {
    /// What is stored of a file.
    pub fn of(plan: Option<&ImportPlan>) -> Self {
        if let Some(found) = inspection(plan) {
            return Self::found(found);
        }
        let stored = plan.and_then(|plan| plan.inspection.as_deref());
        let refused = stored.and_then(|json| serde_json::from_str(json).ok());
        refused.map_or_else(Self::default, |Refused { refused }| Self {
            findings: vec![Finding {
                id: "decisions".to_owned(),
                kind: "decisions".to_owned(),
                lines: Vec::new(),
                count: 0,
                question: format!("the decisions do not fit the file: {refused}; decide again"),
                question_zh: format!("这些决定与文件不符（{refused}），请重新决定"),
                choices: Vec::new(),
                open: true,
            }],
            ..Self::default()
        })
    }

    fn found(found: Inspection) -> Self {
        let layout: Vec<FileColumn> = found.columns.iter().map(FileColumn::of).collect();
        let understood = Understood {
            encoding: found.encoding.name().to_owned(),
            separator: found.separator,
            columns: layout.iter().map(|column| column.code.clone()).collect(),
            layout,
            rows: found.rows,
        };
        let findings = found.findings.into_iter().map(Finding::of).collect();
        Self { understood: Some(understood), findings, sample: found.sample }
    }
}

impl FileColumn {
    fn of(column: &codefile::Column) -> Self {
        let (name, secret) = match &column.meaning {
            Meaning::Field { code, name, secret } => {
                let own = || codefile::builtin(code).map(|field| field.name_zh.to_owned());
                (name.clone().or_else(own), *secret)
            }
            _ => (None, false),
        };
        let code = column.meaning.code().map(str::to_owned);
        Self { place: column.place, header: column.header.clone(), code, name, secret }
    }
}

impl Finding {
    fn of(found: codefile::Finding) -> Self {
        let kind = serde_json::to_value(found.kind).ok();
        let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
        let choice =
            |c: codefile::Choice| Choice { value: c.value, text: c.text, text_zh: c.text_zh };
        Self {
            id: found.id,
            kind,
            lines: found.lines,
            count: found.count,
            question: found.question,
            question_zh: found.question_zh,
            choices: found.choices.into_iter().map(choice).collect(),
            open: found.open,
        }
    }
}

//! Decide what an import asked.

use super::findings::inspection;
use super::settings::{WHOLE_LINE, check_columns, check_encoding};
use super::stored;
use super::views::CodeImport;
use codefile::{FindingKind, Inspection};
use domain::Reply;
use domain::inventory::decide_import::{DecideImport, Reading};
use domain::inventory::settings::DoubtChoice;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::problem::Problem;
use edge::wire::{self, EncodingName, FieldCode, Name, Separator, Verdict};
use kernel::ImportId;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How a file is to be read, and what becomes of its doubts. What is left out stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// Field codes by place; `-` leaves a column out.
    pub columns: Option<Vec<FieldCode>>,
    /// How its bytes spell characters.
    pub encoding: Option<EncodingName>,
    /// What stands between fields; `none` leaves each line whole.
    pub separator: Option<Separator>,
    /// Choices by the finding's id.
    pub answers: Option<BTreeMap<String, Name>>,
    /// What becomes of rows that may be twins.
    pub doubts: Option<DoubtDecisions>,
}

/// What becomes of rows that may be twins.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoubtDecisions {
    /// Of every row that `lines` does not name.
    pub default: Option<Verdict>,
    /// Of single rows, by the line of the file.
    pub lines: Option<BTreeMap<String, Verdict>>,
}

/// Answer what an import asked about its file, and decide about rows that may be twins. A file that was asked about is
/// looked at again at once; follow the job to see whether it asks more.
#[utoipa::path(
    post, path = "/v1/code-imports/{id}/decisions", tag = "codes",
    params(("id" = inline(wire::ImportId), Path)),
    request_body = Decisions, responses((status = 200, body = CodeImport))
)]
pub async fn decide_import(
    caller: Caller,
    At(id): At<ImportId>,
    ask: Ask<Decisions>,
) -> Answered<CodeImport> {
    let asked = stored(&caller, id).await?;
    let plan = caller.reader().import_plan(caller.tenant(), id).await?;
    let doubts = ask.body.doubts.as_ref().map(DoubtDecisions::choice).transpose()?;
    // Answers are held against what was asked, as long as it is asked.
    let found = inspection(plan.as_ref()).filter(|_| asked.is_asked());
    let reading = ask.body.reading(found.as_ref())?;
    let command = DecideImport { import: id, reading, doubts };
    let (import, replayed) = match caller.submit(ask.once, command).await? {
        Reply::New(import) => (*import, false),
        Reply::Replayed(_) => (stored(&caller, id).await?, true),
    };
    let plan = caller.reader().import_plan(caller.tenant(), id).await?;
    Ok(Answer::ok(CodeImport::of(&import, plan.as_ref())).replayed(replayed))
}

impl Decisions {
    fn reading(self, found: Option<&Inspection>) -> Result<Reading, Problem> {
        let columns: Option<Vec<String>> =
            self.columns.map(|columns| columns.into_iter().map(|column| column.0).collect());
        columns.as_deref().map(check_columns).transpose()?;
        self.encoding.as_ref().map(|encoding| check_encoding(&encoding.0)).transpose()?;
        let answers = self.answers.unwrap_or_default();
        let answers: BTreeMap<String, String> =
            answers.into_iter().map(|(k, v)| (k, v.0)).collect();
        if let Some(found) = found {
            answers.iter().try_for_each(|(id, choice)| check_answer(found, id, choice))?;
        }
        let separator = self.separator.map(|separator| separator.0);
        let separator = separator.map(|s| if s == WHOLE_LINE { String::new() } else { s });
        Ok(Reading { columns, encoding: self.encoding.map(|name| name.0), separator, answers })
    }
}

fn check_answer(found: &Inspection, id: &str, choice: &str) -> Result<(), Problem> {
    let field = format!("answers.{id}");
    let Some(finding) = found.findings.iter().find(|finding| finding.id == id) else {
        let asked: Vec<&str> = found.findings.iter().map(|finding| finding.id.as_str()).collect();
        let detail = format!("nothing of this name was found; there is: {}", asked.join(", "));
        return Err(Problem::invalid(field, detail));
    };
    let of_column = finding.kind == FindingKind::Column && codefile::is_field_code(choice);
    if of_column || finding.choices.iter().any(|known| known.value == choice) {
        return Ok(());
    }
    let known: Vec<&str> = finding.choices.iter().map(|choice| choice.value.as_str()).collect();
    Err(Problem::invalid(field, format!("choose one of: {}", known.join(", "))))
}

impl DoubtDecisions {
    fn choice(&self) -> Result<DoubtChoice, Problem> {
        let mut lines = BTreeMap::new();
        for (line, verdict) in self.lines.iter().flatten() {
            let number = line.parse::<i64>().ok().filter(|line| *line > 0);
            let wrong = || Problem::invalid(format!("doubts.lines.{line}"), "name lines by number");
            lines.insert(number.ok_or_else(wrong)?, verdict.0);
        }
        let choice = DoubtChoice { default: self.default.map(|verdict| verdict.0), lines };
        if choice.default.is_none() && choice.lines.is_empty() {
            return Err(Problem::invalid("doubts", "say default, or lines, or both"));
        }
        Ok(choice)
    }
}

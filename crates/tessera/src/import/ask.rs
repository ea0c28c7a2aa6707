//! Questions about a file, asked one after the other.

use super::answer::{Decisions, Finding, Import};
use super::report;
use crate::talk::Talk;
use anyhow::Result;

/// What was answered to one question.
#[derive(Debug, PartialEq, Eq)]
enum Reply {
    /// One choice.
    Choice(String),
    /// What every column is.
    Columns(Vec<String>),
}

/// Asks everything that is open; `None` if nobody is there, or he goes.
pub fn ask_all(talk: &mut Talk<'_>, import: &Import) -> Result<Option<Decisions>> {
    let mut decisions = Decisions::default();
    let mut before = None;
    for finding in import.questions() {
        if decisions.columns.is_some() && finding.is_of_columns() {
            continue;
        }
        match ask(talk, finding, before.replace(finding))? {
            None => return Ok(None),
            Some(Reply::Choice(value)) => {
                decisions.answers.insert(finding.id.clone(), value);
            }
            Some(Reply::Columns(columns)) => {
                let columns_open = import.questions().filter(|other| other.is_of_columns());
                columns_open.for_each(|other| {
                    decisions.answers.remove(&other.id);
                });
                decisions.columns = Some(columns);
            }
        }
    }
    Ok(Some(decisions))
}

fn ask(talk: &mut Talk<'_>, finding: &Finding, before: Option<&Finding>) -> Result<Option<Reply>> {
    if !talk.can_ask() {
        return Ok(None);
    }
    report::question(talk, finding, before)?;
    let prompt = match (finding.is_of_columns(), finding.choices.is_empty()) {
        (true, true) => talk.pick(
            "Fields of all columns (like account,password,-):",
            "所有列的字段（如 account,password,-）：",
        ),
        (true, false) => talk.pick(
            "Number, field, or the fields of all columns (like account,password,-):",
            "序号、字段，或所有列的字段（如 account,password,-）：",
        ),
        (false, _) => talk.pick("Number:", "序号："),
    };
    let prompt = prompt.to_owned();
    loop {
        let Some(typed) = talk.answer(&prompt)? else { return Ok(None) };
        match understand(finding, &typed) {
            Some(reply) => return Ok(Some(reply)),
            None => talk.say("That is none of the choices.", "没有这个选项。")?,
        }
    }
}

/// A number of the list, a choice by its value, or fields where columns are asked about.
fn understand(finding: &Finding, typed: &str) -> Option<Reply> {
    let listed = typed.parse().ok().and_then(|n: usize| finding.choices.get(n.checked_sub(1)?));
    let listed = listed.or_else(|| finding.choices.iter().find(|choice| choice.value == typed));
    if let Some(choice) = listed {
        return Some(Reply::Choice(choice.value.clone()));
    }
    if !finding.is_of_columns() {
        return None;
    }
    let fields: Vec<String> =
        typed.split([',', '，']).map(|field| field.trim().to_owned()).collect();
    match fields.as_slice() {
        fields if !fields.iter().all(|field| is_field(field)) => None,
        [one] if !finding.choices.is_empty() => Some(Reply::Choice(one.clone())),
        _ => Some(Reply::Columns(fields)),
    }
}

/// The code of a field, or `-` for a column that is left out.
fn is_field(text: &str) -> bool {
    let tail = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    text == "-" || (text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(tail))
}

/// Asks what becomes of rows that may be twins: `accept`, `drop`, or `None` to leave them.
pub fn ask_doubts(talk: &mut Talk<'_>) -> Result<Option<&'static str>> {
    talk.say("  1  accept: sell them too", "  1  接受：照常入库销售")?;
    talk.say("  2  drop: leave them out", "  2  丢弃：不入库")?;
    talk.say(
        "  3  leave: keep them out of stock until somebody decides",
        "  3  保留：暂不入库，稍后再决定",
    )?;
    let prompt = talk.pick("Number:", "序号：").to_owned();
    loop {
        match talk.answer(&prompt)?.as_deref() {
            Some("1" | "accept") => return Ok(Some("accept")),
            Some("2" | "drop") => return Ok(Some("drop")),
            Some("3" | "leave") | None => return Ok(None),
            Some(_) => talk.say("That is none of the choices.", "没有这个选项。")?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::answer::Choice;

    fn finding(kind: &str, values: &[&str]) -> Finding {
        let choice = |value: &&str| Choice {
            value: (*value).to_owned(),
            text: String::new(),
            text_zh: String::new(),
        };
        Finding {
            id: "f".to_owned(),
            kind: kind.to_owned(),
            lines: Vec::new(),
            count: 0,
            question: String::new(),
            question_zh: String::new(),
            choices: values.iter().map(choice).collect(),
            open: true,
        }
    }

    #[test]
    fn a_question_takes_numbers_choices_and_fields() {
        let choice = |value: &str| Some(Reply::Choice(value.to_owned()));
        let column = finding("column", &["account", "-"]);
        let encoding = finding("encoding", &["gb18030", "big5"]);
        let columns = Some(Reply::Columns(vec!["account".into(), "my_2".into(), "-".into()]));
        for (finding, typed, want) in [
            (&column, "1", choice("account")),
            (&column, "-", choice("-")),
            (&column, "region", choice("region")),
            (&column, "account, my_2，-", columns),
            (&column, "3", None),
            (&column, "0", None),
            (&column, "", None),
            (&column, "Account", None),
            (&column, "a,,b", None),
            (&encoding, "2", choice("big5")),
            (&encoding, "gb18030", choice("gb18030")),
            (&encoding, "latin1", None),
            (&finding("decisions", &[]), "account", Some(Reply::Columns(vec!["account".into()]))),
        ] {
            assert_eq!(understand(finding, typed), want, "{typed}");
        }
    }
}

//! What is printed of an import.

use super::answer::{Decisions, Finding, Import, Rows};
use super::server::Server;
use crate::talk::Talk;
use anyhow::Result;

/// Lines of a finding that are named.
const LINES_NAMED: usize = 5;
/// Rows of the sample that are shown.
const SAMPLE_SHOWN: usize = 3;

/// Says how the file is read.
pub fn understood(talk: &mut Talk<'_>, import: &Import) -> Result<()> {
    let Some(read) = &import.understood else { return Ok(()) };
    let unknown = talk.pick("unknown", "未知");
    let separator = match read.separator.as_deref() {
        None | Some("none") => talk.pick("none (the whole line)", "无（整行为一个值）").to_owned(),
        Some("\t") => talk.pick("tab", "制表符").to_owned(),
        Some(text) => format!("{text:?}"),
    };
    let columns: Vec<&str> = read.columns.iter().map(|c| c.as_deref().unwrap_or("?")).collect();
    let (encoding, columns) = (read.encoding.as_deref().unwrap_or(unknown), columns.join(", "));
    talk.say(
        &format!("Understood: encoding {encoding}; separator {separator}; columns {columns}"),
        &format!("识别结果：编码 {encoding}；分隔符 {separator}；各列 {columns}"),
    )?;
    for row in import.sample.iter().take(SAMPLE_SHOWN) {
        writeln!(
            talk.out,
            "  {}",
            row.iter().map(|v| printable(v)).collect::<Vec<_>>().join(" | ")
        )?;
    }
    Ok(())
}

/// Says what was found and needs no answer.
pub fn findings(talk: &mut Talk<'_>, import: &Import) -> Result<()> {
    for finding in import.findings.iter().filter(|finding| !finding.open) {
        let text = format!("- {}{}", told(talk, finding), lines(talk, finding));
        writeln!(talk.out, "{text}")?;
    }
    Ok(())
}

/// A question with its choices, numbered. Choices that the question before had too are not told again.
pub fn question(talk: &mut Talk<'_>, finding: &Finding, before: Option<&Finding>) -> Result<()> {
    writeln!(talk.out)?;
    let text = format!("? {}{}", told(talk, finding), lines(talk, finding));
    writeln!(talk.out, "{text}")?;
    if before.is_some_and(|before| before.has_choices_of(finding)) {
        return Ok(talk.say("  (the same choices as above)", "  （选项同上）")?);
    }
    for (n, choice) in finding.choices.iter().enumerate() {
        let text = printable(talk.pick(&choice.text, &choice.text_zh));
        writeln!(talk.out, "{:3}  {}: {text}", n + 1, choice.value.escape_debug())?;
    }
    Ok(())
}

/// The questions, and what answers them once the choices are made: as it stands the server refuses it.
pub fn how_to_answer(talk: &mut Talk<'_>, server: &Server<'_>, import: &Import) -> Result<()> {
    let mut decisions = Decisions::default();
    let mut before = None;
    for finding in import.questions() {
        question(talk, finding, before)?;
        before = Some(finding);
        if finding.is_of_columns() {
            let known = import.understood.iter().flat_map(|read| &read.columns);
            let column = |code: &Option<String>| code.clone().unwrap_or_else(|| "?".to_owned());
            let columns: Vec<String> = known.map(column).collect();
            let unknown = || vec!["?".to_owned()];
            decisions.columns = Some(columns).filter(|c| !c.is_empty()).or_else(|| Some(unknown()));
        } else {
            let values: Vec<&str> = finding.choices.iter().map(|c| c.value.as_str()).collect();
            decisions.answers.insert(finding.id.clone(), values.join("|"));
        }
    }
    let url = server.at(&format!("/v1/code-imports/{}/decisions", import.id))?;
    writeln!(talk.out)?;
    talk.say(
        "Put in your choices and send, or send the file again with --columns, --encoding or --separator:",
        "填入你的选择后提交，或加上 --columns、--encoding、--separator 重新发送文件：",
    )?;
    post(talk, url.as_str(), &decisions)
}

fn post(talk: &mut Talk<'_>, url: &str, decisions: &Decisions) -> Result<()> {
    let json = serde_json::to_string(decisions)?.replace('\'', "'\\''");
    writeln!(talk.out, "curl -X POST '{url}' -H \"Authorization: Bearer $TESSERA_KEY\" \\")?;
    writeln!(
        talk.out,
        "  -H 'Content-Type: application/json' -H \"Idempotency-Key: $(date +%s%N)\" \\"
    )?;
    writeln!(talk.out, "  -d '{json}'")?;
    Ok(())
}

/// Rows that may be twins, and what they may be twins of.
pub fn doubts(talk: &mut Talk<'_>, rows: &Rows, all: u64) -> Result<()> {
    writeln!(talk.out)?;
    talk.say(
        &format!("? {all} rows may be codes that are there already. What becomes of them?"),
        &format!("? 有 {all} 行可能与已有卡密重复，如何处理？"),
    )?;
    for row in &rows.data {
        let first = row.first.as_ref().map(|first| {
            let line = first.line.map_or_else(|| "?".to_owned(), |line| line.to_string());
            let import = first.import.as_deref().unwrap_or("?");
            let state = first.state.as_deref().unwrap_or("?");
            match talk.chinese {
                true => format!("，先有 {import} 第 {line} 行（{state}）"),
                false => format!("; first: {import}, line {line} ({state})"),
            }
        });
        let (line, reason) = (row.line, reason(talk, &row.reason));
        let first = first.unwrap_or_default();
        talk.say(
            &format!("  line {line}: {reason}{first}"),
            &format!("  第 {line} 行：{reason}{first}"),
        )?;
    }
    Ok(())
}

fn reason<'a>(talk: &Talk<'_>, code: &'a str) -> &'a str {
    match code {
        "same_secret" => {
            talk.pick("the same secret under another number", "不同编号下有相同的密码")
        }
        "looks_alike" => talk.pick(
            "differs only in case, spaces, hyphens or width",
            "仅大小写、空格、连字符或全半角不同",
        ),
        "not_compared" => talk.pick("not compared yet with codes from before", "尚未与旧卡密比对"),
        other => other,
    }
}

/// What became of the file, and where the rest is listed.
pub fn outcome(talk: &mut Talk<'_>, server: &Server<'_>, import: &Import) -> Result<()> {
    let Import { id, accepted, duplicates, errors, .. } = import;
    let doubts = import.undecided();
    talk.say(
        &format!(
            "{id}: {accepted} accepted, {duplicates} duplicates, {errors} errors, {doubts} doubts"
        ),
        &format!("{id}：入库 {accepted}，重复 {duplicates}，错误 {errors}，存疑 {doubts}"),
    )?;
    for (kind, count) in [("duplicate", *duplicates), ("doubt", doubts), ("error", *errors)] {
        if count > 0 {
            let url = server.at(&format!("/v1/code-imports/{id}/rows?kind={kind}"))?;
            let (en, zh) = match kind {
                "duplicate" => ("duplicates", "重复"),
                "doubt" => ("doubts", "存疑"),
                _ => ("errors", "错误"),
            };
            talk.say(&format!("{en} by line: GET {url}"), &format!("{zh}明细：GET {url}"))?;
        }
    }
    if doubts > 0 {
        talk.say(
            "Doubts are kept out of stock until somebody decides:",
            "存疑的行在决定之前不会入库，处理方法：",
        )?;
        let doubts = Some(super::answer::Doubts { default: "accept" });
        let url = server.at(&format!("/v1/code-imports/{id}/decisions"))?;
        post(talk, url.as_str(), &Decisions { doubts, ..Decisions::default() })?;
    }
    if let Some(url) = &import.error_file_url {
        let url = server.at(url)?;
        talk.say(&format!("error report: {url}"), &format!("错误报告：{url}"))?;
    }
    Ok(())
}

/// A finding in words.
fn told(talk: &Talk<'_>, finding: &Finding) -> String {
    let text = talk.pick(&finding.question, &finding.question_zh);
    let text = if text.is_empty() { finding.question.as_str() } else { text };
    printable(text)
}

fn lines(talk: &Talk<'_>, finding: &Finding) -> String {
    if finding.lines.is_empty() {
        return String::new();
    }
    let named = finding.lines.iter().take(LINES_NAMED).map(u64::to_string);
    let named = named.collect::<Vec<_>>().join(talk.pick(", ", "、"));
    let more = finding.count > LINES_NAMED.min(finding.lines.len()) as u64;
    match (talk.chinese, more) {
        (true, false) => format!("（第 {named} 行）"),
        (true, true) => format!("（第 {named} 行等，共 {} 行）", finding.count),
        (false, false) => format!(" (line {named})"),
        (false, true) => format!(" (lines {named} …, {} in all)", finding.count),
    }
}

/// A text of somebody else, without what a terminal would obey.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

//! What changes, for people.

use super::plan::Plan;
use super::server::{Changed, Fields};
use crate::talk::Talk;
use anyhow::Result;
use serde_json::Value;

/// Characters of a value that are shown.
const SHOWN_CHARS: usize = 100;

/// Tells what changed, or would; gives whether anything did.
pub fn tell(talk: &mut Talk<'_>, plan: &Plan, changed: &[Changed], done: bool) -> Result<bool> {
    let mut counts = [0_usize; 4];
    for (n, one) in changed.iter().enumerate() {
        let Some((at, sign, en, zh)) = words(&one.change) else { continue };
        counts[at] += 1;
        let word = talk.pick(en, zh);
        let place = plan.place(n);
        let id = if place.contains(&one.id) { String::new() } else { format!(" {}", one.id) };
        writeln!(talk.out, "{sign} {place}{id}  {word}")?;
        for line in lines(one) {
            writeln!(talk.out, "    {line}")?;
        }
    }
    let made = changed.iter().enumerate().filter(|(_, one)| one.change == "created");
    for (n, one) in made.filter(|(_, one)| !one.secrets_missing.is_empty()) {
        let (place, secrets) = (plan.place(n), one.secrets_missing.join(", "));
        talk.say(
            &format!("! {place}: no file holds secrets; set {secrets} there"),
            &format!("！{place}：文件不含密钥，请在目标处设置 {secrets}"),
        )?;
    }
    total(talk, plan, counts, done)?;
    Ok(counts.iter().any(|count| *count > 0))
}

fn total(talk: &mut Talk<'_>, plan: &Plan, counts: [usize; 4], done: bool) -> Result<()> {
    let [created, edited, restored, archived] = counts;
    if counts == [0; 4] {
        let files = plan.files;
        talk.say(
            &format!("Nothing to change: {files} files are as they are there."),
            &format!("没有变化：{files} 个文件与服务器一致。"),
        )?;
    } else {
        let (en, zh) = if done { ("Done", "完成") } else { ("To do", "将要") };
        talk.say(
            &format!("{en}: {created} created, {edited} edited, {restored} restored, {archived} archived."),
            &format!("{zh}：新增 {created}，修改 {edited}，恢复 {restored}，归档 {archived}。"),
        )?;
    }
    if plan.left > 0 {
        let left = plan.left;
        talk.say(
            &format!("{left} are there that no file names; they stay (--prune archives them)."),
            &format!("另有 {left} 项没有对应文件，保持不变（--prune 可归档）。"),
        )?;
    }
    Ok(())
}

/// Which count a change adds to, its sign, and its word.
fn words(change: &str) -> Option<(usize, char, &'static str, &'static str)> {
    match change {
        "created" => Some((0, '+', "new", "新增")),
        "edited" => Some((1, '~', "edited", "修改")),
        "restored" => Some((2, '^', "restored", "恢复")),
        "archived" => Some((3, '-', "archived", "归档")),
        _ => None,
    }
}

/// The fields that differ. What is archived keeps all of them.
fn lines(one: &Changed) -> Vec<String> {
    let mut lines = Vec::new();
    let nothing = Fields::new();
    let before = one.before.as_ref().unwrap_or(&nothing);
    fields("", before, &one.after, &mut lines);
    lines
}

fn fields(path: &str, before: &Fields, after: &Fields, lines: &mut Vec<String>) {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        values(&path, before.get(name), after.get(name), lines);
    }
}

fn values(path: &str, before: Option<&Value>, after: Option<&Value>, lines: &mut Vec<String>) {
    match (before, after) {
        (Some(before), Some(after)) if before == after => {}
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            fields(path, before, after, lines)
        }
        (Some(Value::Array(before)), Some(Value::Array(after))) => {
            for n in 0..before.len().max(after.len()) {
                values(&format!("{path}[{n}]"), before.get(n), after.get(n), lines);
            }
        }
        (Some(before), Some(after)) => {
            lines.push(format!("{path}: {} -> {}", shown(before), shown(after)))
        }
        (None, Some(after)) => lines.push(format!("{path} = {}", shown(after))),
        (Some(before), None) => lines.push(format!("{path}: {} -> (none)", shown(before))),
        (None, None) => {}
    }
}

/// A value on one line of a terminal.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    let clean = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut shown: String = clean.clone().take(SHOWN_CHARS).collect();
    if clean.count() > SHOWN_CHARS {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_difference_is_a_line_with_its_path() {
        let object = |value: Value| value.as_object().cloned().expect("an object");
        let one = Changed {
            kind: "thing".into(),
            id: "thg_1".into(),
            change: "edited".into(),
            before: Some(object(
                json!({ "a": 1, "b": { "c": [1, { "d": 2 }] }, "gone": "x", "same": [] }),
            )),
            after: object(
                json!({ "a": "1", "b": { "c": [1, { "d": 3 }, 4] }, "new": "e\u{1b}[2J\u{9b}", "same": [] }),
            ),
            secrets_missing: Vec::new(),
        };
        let expected = [
            "a: 1 -> \"1\"",
            "b.c[1].d: 2 -> 3",
            "b.c[2] = 4",
            "gone: \"x\" -> (none)",
            "new = \"e\\u001b[2J\u{fffd}\"",
        ];
        assert_eq!(lines(&one), expected);
        assert_eq!(shown(&json!("x".repeat(200))).chars().count(), SHOWN_CHARS + 1);
    }
}

//! The command against a stub that answers as the server does: what it sends, asks, prints, and how it ends.

use super::{CodesArgs, flow};
use crate::talk::Talk;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use clap::Parser as _;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::Cursor;
use std::sync::{Arc, Mutex};

/// What the stub answers, and what it was sent.
#[derive(Default)]
struct Stub {
    imports: VecDeque<Value>,
    refusals: VecDeque<Value>,
    rows: Value,
    query: String,
    file: String,
    decisions: Vec<Value>,
}

type Shared = Arc<Mutex<Stub>>;

fn lock(stub: &Shared) -> std::sync::MutexGuard<'_, Stub> {
    stub.lock().expect("no panic")
}

async fn upload(
    State(stub): State<Shared>,
    RawQuery(query): RawQuery,
    file: String,
) -> Json<Value> {
    let mut stub = lock(&stub);
    stub.query = query.unwrap_or_default();
    stub.file = file;
    Json(json!({ "id": "imp_1", "state": "running" }))
}

/// The next answer; the last one stays.
async fn import(State(stub): State<Shared>) -> Json<Value> {
    let mut stub = lock(&stub);
    let next = match stub.imports.len() {
        1 => stub.imports.front().cloned(),
        _ => stub.imports.pop_front(),
    };
    Json(next.expect("an answer"))
}

async fn rows(State(stub): State<Shared>) -> Json<Value> {
    Json(lock(&stub).rows.clone())
}

async fn decide(
    State(stub): State<Shared>,
    Path(id): Path<String>,
    Json(decisions): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let mut stub = lock(&stub);
    stub.decisions.push(decisions);
    match stub.refusals.pop_front() {
        Some(refusal) => (StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)),
        None => (StatusCode::OK, Json(json!({ "id": id, "state": "running" }))),
    }
}

async fn serve(stub: &Shared) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new()
        .route("/v1/skus/{id}/code-imports", post(upload))
        .route("/v1/code-imports/{id}", get(import))
        .route("/v1/code-imports/{id}/rows", get(rows))
        .route("/v1/code-imports/{id}/decisions", post(decide))
        .with_state(Arc::clone(stub));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[derive(clap::Parser)]
struct Cli {
    #[command(flatten)]
    args: CodesArgs,
}

/// What a run printed, how it ended, and what the stub was sent.
struct Ran {
    said: String,
    failed: Option<String>,
    stub: Shared,
}

/// Runs the command; `typed` is `None` off a terminal.
async fn ran(stub: Stub, options: &[&str], typed: Option<&str>, chinese: bool) -> Ran {
    let stub = Arc::new(Mutex::new(stub));
    let url = serve(&stub).await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("codes.txt");
    std::fs::write(&file, "u@example.com----Pw1\n").expect("a file");
    let file = file.to_str().expect("a path");
    let fixed = ["import", "--url", &url, "--key", "sk_test_1", "--sku", "sku_1"];
    let args: Vec<&str> = fixed.iter().chain(options).copied().chain([file]).collect();
    let cli = Cli::try_parse_from(args).expect("arguments");
    let (mut lines, mut out) = (Cursor::new(typed.unwrap_or_default()), Vec::new());
    let mut talk = Talk { chinese, lines: None, out: &mut out };
    if typed.is_some() {
        talk.lines = Some(&mut lines);
    }
    let failed = flow::run(&cli.args, &mut talk).await.err().map(|error| format!("{error:#}"));
    let said = String::from_utf8(out).expect("UTF-8").replace(&url, "URL");
    Ran { said, failed, stub }
}

fn done(more: Value) -> Value {
    let mut import = json!({
        "id": "imp_1", "state": "done", "accepted": 2, "duplicates": 0, "doubts": 0, "errors": 0,
        "understood": { "encoding": "utf-8", "separator": "----", "columns": ["account", "password"] },
        "findings": [], "sample": [["u****om", "****"]], "error_file_url": null, "failure": null,
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        import[name] = value.clone();
    }
    import
}

fn asking(state: &str) -> Value {
    let choice =
        |value: &str, en: &str, zh: &str| json!({ "value": value, "text": en, "text_zh": zh });
    done(json!({
        "state": state, "accepted": 0,
        "failure": if state == "failed" { json!("needs_decision") } else { Value::Null },
        "understood": { "encoding": "utf-8", "separator": "----", "columns": ["account", null, null] },
        "findings": [
            { "id": "column-2", "kind": "column", "lines": [], "count": 9, "open": true,
              "question": "What does column 2 hold?", "question_zh": "第 2 列是什么内容？",
              "choices": [choice("password", "Password", "密码"), choice("-", "Ignore", "忽略此列")] },
            { "id": "column-3", "kind": "column", "lines": [], "count": 9, "open": true,
              "question": "What does column 3 hold?", "question_zh": "第 3 列是什么内容？",
              "choices": [choice("password", "Password", "密码"), choice("-", "Ignore", "忽略此列")] },
            { "id": "date-order", "kind": "dates", "lines": [2, 3, 4, 5, 6, 7], "count": 40, "open": true,
              "question": "In which order?", "question_zh": "什么顺序？",
              "choices": [choice("dmy", "day first", "日-月-年"), choice("mdy", "month first", "月-日-年")] },
            { "id": "totals", "kind": "not_data", "lines": [9], "count": 1, "open": false,
              "question": "A total \u{1b}[31mis passed over.", "question_zh": "合计行已跳过。", "choices": [] },
        ],
    }))
}

fn stub(imports: impl IntoIterator<Item = Value>) -> Stub {
    Stub { imports: imports.into_iter().collect(), ..Stub::default() }
}

fn assert_says(ran: &Ran, texts: &[&str]) {
    for text in texts {
        assert!(ran.said.contains(text), "{text:?} is missing in:\n{}", ran.said);
    }
}

#[tokio::test]
async fn a_plain_file_goes_through_and_every_option_is_sent() {
    let options = [
        "--columns",
        "account,password,-",
        "--encoding",
        "gb18030",
        "--separator",
        "none",
        "--on-doubt",
        "drop",
        "--on-question",
        "fail",
        "--on-voided",
        "readmit",
        "--record",
        "blank",
    ];
    let end =
        json!({ "duplicates": 3, "errors": 1, "error_file_url": "/v1/code-imports/imp_1/errors" });
    let ran =
        ran(stub([done(json!({ "state": "running" })), done(end)]), &options, None, false).await;
    assert_eq!(ran.failed, None, "{}", ran.said);
    let sent = lock(&ran.stub);
    assert_eq!(sent.file, "u@example.com----Pw1\n");
    assert_eq!(
        sent.query,
        "columns=account%2Cpassword%2C-&separator=none&encoding=gb18030&record=blank&on_doubt=drop\
         &on_question=fail&on_voided=readmit"
    );
    drop(sent);
    assert_says(
        &ran,
        &[
            "Understood: encoding utf-8; separator \"----\"; columns account, password\n  u****om | ****\n",
            "imp_1: 2 accepted, 3 duplicates, 1 errors, 0 doubts\n",
            "duplicates by line: GET URL/v1/code-imports/imp_1/rows?kind=duplicate\n",
            "errors by line: GET URL/v1/code-imports/imp_1/rows?kind=error\n",
            "error report: URL/v1/code-imports/imp_1/errors\n",
        ],
    );
}

#[tokio::test]
async fn what_is_not_said_is_not_sent_and_an_older_server_is_understood() {
    let old = json!({ "id": "imp_1", "state": "done", "accepted": 3, "duplicates": 1, "errors": 0,
        "error_file_url": null, "failure": null });
    let ran = ran(stub([old]), &[], None, false).await;
    assert_eq!((ran.failed.as_deref(), lock(&ran.stub).query.as_str()), (None, ""));
    assert!(ran.said.starts_with("imp_1: 3 accepted, 1 duplicates, 0 errors"), "{}", ran.said);
}

#[tokio::test]
async fn off_a_terminal_questions_are_printed_with_what_answers_them() {
    for state in ["needs_decision", "failed"] {
        let ran = ran(stub([asking(state)]), &[], None, false).await;
        assert_eq!(ran.failed.as_deref(), Some("the file has questions"), "{}", ran.said);
        assert_says(
            &ran,
            &[
                "columns account, ?, ?\n",
                "- A total \u{fffd}[31mis passed over. (line 9)\n",
                "? What does column 2 hold?\n  1  password: Password\n  2  -: Ignore\n\n\
                 ? What does column 3 hold?\n  (the same choices as above)\n",
                "? In which order? (lines 2, 3, 4, 5, 6 …, 40 in all)\n  1  dmy: day first\n",
                "curl -X POST 'URL/v1/code-imports/imp_1/decisions' -H \"Authorization: Bearer $TESSERA_KEY\"",
                "-d '{\"columns\":[\"account\",\"?\",\"?\"],\"answers\":{\"date-order\":\"dmy|mdy\"}}'\n",
            ],
        );
        assert!(!ran.said.contains("sk_test_1"), "{}", ran.said);
        assert!(lock(&ran.stub).decisions.is_empty());
    }
}

#[tokio::test]
async fn on_a_terminal_questions_are_asked_until_nothing_is_open() {
    let refusal = json!({ "detail": "x", "errors": [{ "field": "columns", "detail": "name at least one field" }] });
    let imports = [asking("needs_decision"), asking("needs_decision"), done(json!({}))];
    let stub = Stub { refusals: [refusal].into(), ..stub(imports) };
    // First by number and field, refused; then for all columns at once; then for what is asked once more.
    let typed = "1\nnonsense!\nregion\n2\naccount,password,-\n1\n-\n1\ndmy\n";
    let ran = ran(stub, &[], Some(typed), false).await;
    assert_eq!(ran.failed, None, "{}", ran.said);
    let sent = lock(&ran.stub);
    assert_eq!(sent.query, "on_question=wait");
    assert_eq!(
        sent.decisions,
        [
            json!({ "answers": { "column-2": "password", "column-3": "region", "date-order": "mdy" } }),
            json!({ "columns": ["account", "password", "-"], "answers": { "date-order": "dmy" } }),
            json!({ "answers": { "column-2": "-", "column-3": "password", "date-order": "dmy" } }),
        ]
    );
    drop(sent);
    assert_says(
        &ran,
        &[
            "Number, field, or the fields of all columns (like account,password,-): ",
            "That is none of the choices.\n",
            "columns: name at least one field\n",
            "imp_1: 2 accepted",
        ],
    );
}

#[tokio::test]
async fn who_goes_away_is_told_what_to_do() {
    let ran = ran(stub([asking("needs_decision")]), &[], Some("1\n"), false).await;
    assert_eq!(ran.failed.as_deref(), Some("the file has questions"));
    assert!(lock(&ran.stub).decisions.is_empty());
    assert_says(&ran, &["/v1/code-imports/imp_1/decisions"]);
}

#[tokio::test]
async fn doubts_are_shown_and_decided_or_left() {
    let doubted = || done(json!({ "doubts": 2, "doubts_open": 2 }));
    let rows = json!({ "data": [
        { "line": 3, "reason": "same_secret", "first": { "import": "imp_0", "line": 7, "state": "issued" } },
        { "line": 8, "reason": "looks_alike", "first": null },
    ], "next": null });
    for (typed, decision) in [
        (Some("1\n"), Some("accept")),
        (Some("x\n2\n"), Some("drop")),
        (Some("3\n"), None),
        (None, None),
    ] {
        let after = if decision.is_some() {
            done(json!({ "doubts": 2, "doubts_open": 0 }))
        } else {
            doubted()
        };
        let stub = Stub { rows: rows.clone(), ..stub([doubted(), doubted(), after]) };
        let ran = ran(stub, &[], typed, false).await;
        assert_eq!(ran.failed, None, "{}", ran.said);
        let wanted: Vec<Value> =
            decision.into_iter().map(|d| json!({ "doubts": { "default": d } })).collect();
        assert_eq!(lock(&ran.stub).decisions, wanted);
        if typed.is_some() {
            assert_says(
                &ran,
                &[
                    "? 2 rows may be codes that are there already.",
                    "  line 3: the same secret under another number; first: imp_0, line 7 (issued)\n",
                    "  line 8: differs only in case, spaces, hyphens or width\n",
                ],
            );
        }
        let left = decision.is_none();
        assert_eq!(ran.said.contains("rows?kind=doubt"), left, "{}", ran.said);
        assert_eq!(
            ran.said.contains("-d '{\"doubts\":{\"default\":\"accept\"}}'"),
            left,
            "{}",
            ran.said
        );
    }
}

#[tokio::test]
async fn everything_is_said_in_chinese_too() {
    let rows = json!({ "data": [{ "line": 3, "reason": "same_secret", "first": { "import": "imp_0", "line": 7, "state": "available" } }] });
    let imports =
        [asking("needs_decision"), done(json!({ "doubts": 1, "duplicates": 1, "errors": 1 }))];
    let stub = Stub { rows, ..stub(imports) };
    let ran = ran(stub, &[], Some("1\n2\nx\n1\n3\n"), true).await;
    assert_eq!(ran.failed, None, "{}", ran.said);
    assert_says(
        &ran,
        &[
            "识别结果：编码 utf-8；分隔符 \"----\"；各列 account, ?, ?\n",
            "- 合计行已跳过。（第 9 行）\n",
            "? 第 2 列是什么内容？\n  1  password: 密码\n",
            "? 什么顺序？（第 2、3、4、5、6 行等，共 40 行）\n",
            "没有这个选项。\n",
            "? 有 1 行可能与已有卡密重复，如何处理？\n",
            "  第 3 行：不同编号下有相同的密码，先有 imp_0 第 7 行（available）\n",
            "imp_1：入库 2，重复 1，错误 1，存疑 1\n",
            "重复明细：GET URL/v1/code-imports/imp_1/rows?kind=duplicate\n",
        ],
    );
    for line in ran.said.lines() {
        let words = line
            .split(' ')
            .filter(|word| word.len() > 3 && word.chars().all(|c| c.is_ascii_lowercase()));
        assert!(words.count() < 3, "English in {line}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_an_error() {
    let failed =
        done(json!({ "state": "failed", "accepted": 0, "failure": "this is a picture (PNG)" }));
    let ran = ran(stub([failed]), &[], None, false).await;
    assert_eq!(ran.failed.as_deref(), Some("the file cannot be read: this is a picture (PNG)"));
}

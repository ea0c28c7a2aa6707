//! Bad code files: good rows are kept, the report says line, column and cause, and nothing tells a code.

use super::Bench;
use super::transport::{connect, exchange, status};
use domain::inventory::ImportState;
use kernel::limits::CODE_FILE_BYTES_MAX;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::{Caller, Kind, on_both};
use tokio::io::AsyncWriteExt;

on_both!(
    good_rows_of_bad_files_are_kept,
    a_file_that_is_too_large_is_refused_at_once,
    an_upload_that_breaks_off_leaves_nothing_behind,
);

/// Part of every code in these files.
const PLANTED: &str = "PLANTED";

/// A file, and what becomes of it.
struct File {
    what: &'static str,
    query: &'static str,
    bytes: Vec<u8>,
    accepted: u64,
    duplicates: u64,
    /// `line,column,cause` of each row that cannot be read.
    errors: &'static [&'static str],
    /// A part of what is said of the file as a whole.
    failure: Option<&'static str>,
}

fn kept(
    what: &'static str,
    bytes: impl Into<Vec<u8>>,
    accepted: u64,
    errors: &'static [&'static str],
) -> File {
    let bytes = bytes.into();
    File { what, query: "", bytes, accepted, duplicates: 0, errors, failure: None }
}

fn failed(what: &'static str, bytes: impl Into<Vec<u8>>, failure: &'static str) -> File {
    File { failure: Some(failure), ..kept(what, bytes, 0, &[]) }
}

/// Files of which some rows are good.
fn with_good_rows() -> Vec<File> {
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let utf16: Vec<u8> = "\u{feff}number,password\nUPLANTED1,密码\n=UPLANTED2,x\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let long_line = "LPLANTED".repeat(20 * 1024 * 1024 / 8);
    vec![
        kept(
            "broken quotes",
            "number,password\nQPLANTED1,p\n\"QPLANTED2,p\nQ\"PLANTED3,p\n\"QPLANTED4\"x,p\n\
             \"QPLANTED5\",\"p,\"\"5\"\n",
            2,
            &["3,,quote_not_closed", "4,,quote_misplaced", "5,,quote_misplaced"],
        ),
        kept(
            "GBK",
            gbk("卡号,卡密,有效期\nGPLANTED1,密码甲,2099-01-31\nGPLANTED2,密码乙,昨天\n"),
            1,
            &["3,valid_until,date_unreadable"],
        ),
        kept(
            "a byte order mark",
            "\u{feff}number,password\r\nBPLANTED1,p\r\n=BPLANTED2,p",
            1,
            &["3,number,formula"],
        ),
        kept("UTF-16", utf16, 1, &["3,number,formula"]),
        kept(
            "a line of 20 MB",
            format!("number,password\nLP1{PLANTED},p\n{long_line},p\nLP2{PLANTED},p\n"),
            2,
            &["3,,line_too_long"],
        ),
        kept(
            "formulas",
            "number,password\n=PLANTED+1,p\n@PLANTED,p\nFPLANTED3,+PLANTED(1)\n\
             FPLANTED4,-2+3+cmd|' /C PLANTED'!A0\n＝PLANTED,p\n+86PLANTED,-p\n",
            1,
            &[
                "2,number,formula",
                "3,number,formula",
                "4,password,formula",
                "5,password,formula",
                "6,number,formula",
            ],
        ),
        kept(
            "characters that nobody sees",
            "number,password\nC\0PLANTED1,p\nCPLANTED2,a\u{7}b\nC\u{200b}PLANTED3,p\n\
             CPLANTED4,\u{202e}p\nCPLANTED5,p\n",
            1,
            &[
                "2,number,control_character",
                "3,password,control_character",
                "4,number,control_character",
                "5,password,control_character",
            ],
        ),
        kept(
            "too few and too many columns, too long and nothing",
            format!(
                "number,password\nNPLANTED1\nNPLANTED2,p,q\n,\n{},p\nNPLANTED5,{}\nNPLANTED6,\n",
                "N".repeat(513),
                "p".repeat(513)
            ),
            1,
            &[
                "2,,too_few_columns",
                "3,,too_many_columns",
                "4,,empty",
                "5,number,too_long",
                "6,password,too_long",
            ],
        ),
        kept(
            "dates",
            "number,password,valid_until\nDPLANTED1,p,2001-01-01\nDPLANTED2,p,2099-13-01\n\
             DPLANTED3,p,PLANTED\nDPLANTED4,p,2099-02-28T08:00:00+08:00\nDPLANTED5,p,\n",
            2,
            &[
                "2,valid_until,date_past",
                "3,valid_until,date_unreadable",
                "4,valid_until,date_unreadable",
            ],
        ),
        kept(
            "bytes of no encoding",
            [&b"number,password\nEPLANTED1,p\nEPLANTED2,\xff\xff\nEPLANTED3,p\n"[..]].concat(),
            2,
            &["3,,bad_encoding"],
        ),
        kept("nothing but a header", "number,password\n", 0, &[]),
        File {
            duplicates: 3,
            ..kept(
                "codes that were there before",
                "number,password\nqplanted1,p\nXPLANTED1,p\nX-PLANTED 1,p\nＸPLANTED1,q\n",
                1,
                &[],
            )
        },
        File {
            query: "?number=serial&separator=%3B",
            ..kept(
                "another separator",
                "serial;code;note\nSPLANTED1;p;n\nSPLANTED2;=p;n\n",
                1,
                &["3,password,formula"],
            )
        },
    ]
}

/// Files that cannot be read as a whole.
fn without_sense() -> Vec<File> {
    vec![
        failed("nothing but blank lines", " \n\n\r\n \n", "the file is empty"),
        failed("no header", "HPLANTED1,HPLANTED2\nHPLANTED3,p\n", "must name the columns"),
        failed("a spreadsheet", b"PK\x03\x04PLANTED".to_vec(), "spreadsheet"),
        failed("an old spreadsheet", b"\xd0\xcf\x11\xe0PLANTED".to_vec(), "spreadsheet"),
        failed("a broken header", "number,\"pass\"PLANTED\na,b\n", "is broken"),
        failed("a header without end", "PLANTED,".repeat(2_000_000), "is broken"),
        failed("a header of many columns", format!("number{}\n", ",p".repeat(100)), "is broken"),
        failed("a column twice", "number,card_no\nPLANTED,p\n", "both mean number"),
        File {
            query: "?number=nowhere",
            ..failed("a mapping that does not fit", "number,password\nPLANTED,p\n", "no column")
        },
        failed("null bytes", vec![0; 100_000], ""),
    ]
}

async fn start(shop: &Caller, sku: &str, file: &File) -> Value {
    let path = format!("/v1/skus/{sku}/code-imports{}", file.query);
    let request = shop.request(Method::POST, &path).header("content-type", "text/csv");
    let answer = shop.send(request.body(file.bytes.clone())).await;
    assert_eq!(answer.status, 202, "{}: {}", file.what, answer.text);
    shop.imported(answer.json["id"].as_str().expect("an id")).await
}

/// Line, column and cause of each row of a report.
async fn report(shop: &Caller, done: &Value) -> Vec<String> {
    let Some(path) = done["error_file_url"].as_str() else { return Vec::new() };
    let answer = shop.get(path).await;
    assert_eq!((answer.status, &*answer.content_type), (200, "text/csv; charset=utf-8"));
    assert!(!answer.text.to_uppercase().contains(PLANTED), "a report tells a code: {}", answer.text);
    let mut lines = answer.text.lines();
    assert_eq!(lines.next(), Some("line,column,cause,message"));
    let row = |line: &str| {
        let parts: Vec<&str> = line.splitn(4, ',').collect();
        assert!(parts[3].len() > 20 && parts[3].starts_with('"'), "no cure: {line}");
        parts[..3].join(",")
    };
    lines.map(row).collect()
}

async fn good_rows_of_bad_files_are_kept(kind: Kind) {
    let bench = Bench::new(kind).await;
    let shop = &bench.world.shop;
    let sku = shop.sku(100, json!({})).await;
    let mut stock = 0;
    for file in with_good_rows().into_iter().chain(without_sense()) {
        let done = start(shop, &sku, &file).await;
        let what = format!("{}: {done}", file.what);
        assert!(!done.to_string().to_uppercase().contains(PLANTED), "it tells a code: {what}");
        let state = if file.failure.is_some() { "failed" } else { "done" };
        assert_eq!(done["state"], state, "{what}");
        let told = done["failure"].as_str().unwrap_or_default();
        assert!(told.contains(file.failure.unwrap_or_default()), "{what}");
        assert_eq!((&done["accepted"], &done["duplicates"]), (&json!(file.accepted), &json!(file.duplicates)), "{what}");
        assert_eq!(done["errors"], file.errors.len(), "{what}");
        assert_eq!(report(shop, &done).await, file.errors, "{what}");
        stock += file.accepted;
    }
    let view = shop.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(view.json["stock"], stock, "{}", view.text);
    let journal = shop.get("/v1/journal?limit=200").await;
    assert!(!journal.text.to_uppercase().contains(PLANTED), "the journal tells a code");
    assert_eq!(bench.db.number("SELECT count(*) FROM staged_chunks").await, 0);
    bench.app.stop().await;
    bench.db.assert_sound().await;
}

/// The head of an upload.
fn head(bench: &Bench, headers: &str) -> Vec<u8> {
    let sku = &bench.world.names["sku"];
    let first = format!("POST /v1/skus/{sku}/code-imports HTTP/1.1\r\nHost: x");
    let auth = format!("Authorization: Bearer {}", bench.world.shop.key);
    format!("{first}\r\n{auth}\r\nContent-Type: text/csv\r\n{headers}\r\n\r\n").into_bytes()
}

async fn a_file_that_is_too_large_is_refused_at_once(kind: Kind) {
    let bench = Bench::new(kind).await;
    let before = bench.db.rows().await;
    for length in [CODE_FILE_BYTES_MAX + 1, 1 << 40] {
        let sent = head(&bench, &format!("Connection: close\r\nContent-Length: {length}"));
        let answer = exchange(bench.app.url(), &sent).await;
        assert_eq!(status(&answer), Some(413), "{answer}");
        assert!(answer.contains("application/problem+json") && answer.contains("\"too_large\""));
    }
    let after = bench.db.rows().await;
    assert!(before == after, "{:#?}", super::differing(&before, &after));
    bench.app.stop().await;
}

/// Waits until a number in the database is what it should be.
async fn until(bench: &Bench, statement: &str, wanted: i64) {
    let begun = Instant::now();
    loop {
        let number = bench.db.number(statement).await;
        if number == wanted {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{statement} stays {number}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn an_upload_that_breaks_off_leaves_nothing_behind(kind: Kind) {
    const STAGED: &str = "SELECT count(*) FROM staged_chunks";
    let bench = Bench::new(kind).await;
    let rows: String = (0..60_000).map(|n| format!("PLANTED{n:06},p\n")).collect();
    let file = format!("number,password\n{rows}");
    let chunk = format!("{:x}\r\n{file}\r\n", file.len());
    let cases = [
        (format!("Content-Length: {}", file.len() + 1), file.clone()),
        ("Transfer-Encoding: chunked".to_owned(), chunk.clone()),
        ("Transfer-Encoding: chunked".to_owned(), format!("{chunk}no chunk at all")),
    ];
    let failed = ImportState::Failed as i64;
    let failed = format!("SELECT count(*) FROM imports WHERE state = {failed}");
    let before = bench.db.number(&failed).await;
    for (n, (headers, body)) in cases.into_iter().enumerate() {
        let mut stream = connect(bench.app.url()).await;
        stream.write_all(&head(&bench, &headers)).await.expect("the head is taken");
        stream.write_all(body.as_bytes()).await.expect("the file is taken");
        if n < 2 {
            // Three full pieces; the last is still being filled.
            until(&bench, STAGED, 3).await;
        }
        drop(stream);
        until(&bench, &failed, before + 1 + n as i64).await;
        assert_eq!(bench.db.number(STAGED).await, 0, "{headers}");
    }
    let imports = bench.world.shop.get("/v1/code-imports").await;
    let last = &imports.json["data"][0];
    assert_eq!((&last["state"], &last["accepted"]), (&json!("failed"), &json!(0)), "{last}");
    assert!(last["failure"].as_str().is_some_and(|text| text.contains("again")), "{last}");
    assert_eq!(bench.db.number("SELECT count(*) FROM work").await, 0, "no timer stays");

    // What breaks off before its first piece was no import at all.
    let before = bench.db.rows().await;
    let sent = [head(&bench, "Content-Length: 1000"), b"number,password\nPLANTED".to_vec()];
    exchange(bench.app.url(), &sent.concat()).await;
    assert!(before == bench.db.rows().await, "a torn beginning changed rows");
    bench.app.stop().await;
    bench.db.assert_sound().await;
}

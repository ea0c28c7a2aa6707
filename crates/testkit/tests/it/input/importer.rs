//! Bad code files: good rows are kept, the report says line, column and cause, and nothing tells a code.

use super::Bench;
use super::files::{File, PLANTED, with_good_rows, without_sense};
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
    assert!(
        !answer.text.to_uppercase().contains(PLANTED),
        "a report tells a code: {}",
        answer.text
    );
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
    let shop = &bench.fixture.shop;
    let sku = shop.sku(100, json!({})).await;
    let mut flaws = Vec::new();
    let mut stock = 0;
    for file in with_good_rows().into_iter().chain(without_sense()) {
        let done = start(shop, &sku, &file).await;
        let what = format!("{}: {done}", file.what);
        assert!(!done.to_string().to_uppercase().contains(PLANTED), "it tells a code: {what}");
        let state = if file.failure.is_some() { "failed" } else { "done" };
        let told = done["failure"].as_str().unwrap_or_default();
        let counts = (&done["state"], &done["accepted"], &done["duplicates"]);
        let wanted = (&json!(state), &json!(file.accepted), &json!(file.duplicates));
        let errors = report(shop, &done).await;
        if counts != wanted
            || errors != file.errors
            || !told.contains(file.failure.unwrap_or_default())
        {
            flaws.push(format!("{what}: errors {errors:?}"));
        }
        stock += file.accepted;
    }
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
    let view = shop.get(&format!("/v1/skus/{sku}")).await;
    assert_eq!(view.json["stock"], stock, "{}", view.text);
    let journal = shop.get("/v1/journal?limit=200").await;
    assert!(!journal.text.to_uppercase().contains(PLANTED), "the journal tells a code");
    // Uploads of files that were asked about are kept for the answers, and no others.
    let kept = "SELECT count(*) FROM staged_chunks s JOIN imports i ON i.tenant = s.tenant AND i.id = s.import \
                WHERE i.kept_until IS NULL";
    assert_eq!(bench.db.number(kept).await, 0);
    bench.app.stop().await;
    bench.db.assert_sound().await;
}

/// The head of an upload.
fn head(bench: &Bench, headers: &str) -> Vec<u8> {
    let sku = &bench.fixture.names["sku"];
    let first = format!("POST /v1/skus/{sku}/code-imports HTTP/1.1\r\nHost: x");
    let auth = format!("Authorization: Bearer {}", bench.fixture.shop.key);
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
    let imports = bench.fixture.shop.get("/v1/code-imports").await;
    let last = &imports.json["data"][0];
    assert_eq!((&last["state"], &last["accepted"]), (&json!("failed"), &json!(0)), "{last}");
    assert!(last["failure"].as_str().is_some_and(|text| text.contains("again")), "{last}");
    let timers = "SELECT count(*) FROM work WHERE kind IN (1, 2)";
    assert_eq!(bench.db.number(timers).await, 0, "no timer stays");

    // What breaks off before its first piece was no import at all.
    let before = bench.db.rows().await;
    let sent = [head(&bench, "Content-Length: 1000"), b"number,password\nPLANTED".to_vec()];
    exchange(bench.app.url(), &sent.concat()).await;
    assert!(before == bench.db.rows().await, "a torn beginning changed rows");
    bench.app.stop().await;
    bench.db.assert_sound().await;
}

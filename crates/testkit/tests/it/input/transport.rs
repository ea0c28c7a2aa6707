//! Bad HTTP, written byte by byte: nothing changes, nothing is injected, and the server goes on.

use super::{Bench, flaw_of_problem};
use testkit::{Kind, on_both};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

on_both!(bad_http_changes_nothing);

/// A connection to the server at an address.
pub async fn connect(url: &str) -> TcpStream {
    let address = url.strip_prefix("http://").expect("a plain address");
    TcpStream::connect(address).await.expect("the server listens")
}

/// Sends bytes, ends the sending side, and reads whatever comes; nothing when the server hangs up.
pub async fn exchange(url: &str, sent: &[u8]) -> String {
    let mut stream = connect(url).await;
    // The server may hang up before it has read everything.
    let _ = stream.write_all(sent).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status of an answer.
pub fn status(answer: &str) -> Option<u16> {
    answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

fn requests(key: &str, order: &str) -> Vec<(&'static str, Vec<u8>)> {
    let post = |headers: &str, body: &str| {
        let head = "POST /v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close";
        let typed = "Content-Type: application/json\r\nIdempotency-Key: wire";
        let auth = format!("Authorization: Bearer {key}");
        format!("{head}\r\n{auth}\r\n{typed}\r\n{headers}\r\n\r\n{body}").into_bytes()
    };
    let get = |path: &str, headers: &str| {
        let auth = format!("Authorization: Bearer {key}\r\nConnection: close");
        format!("GET {path} HTTP/1.1\r\nHost: x\r\n{auth}\r\n{headers}\r\n").into_bytes()
    };
    let length = order.len();
    let (more, less) = (length + 10, length / 2);
    let many: String = (0..500).map(|n| format!("X-{n}: 1\r\n")).collect();
    let chunk = format!("{length:x}\r\n{order}\r\nno chunk\r\n");
    vec![
        ("garbage", b"\x16\x03\x01\x02\x00 garbage\r\n\r\n".to_vec()),
        ("a line break in the path", get("/v1/orders\r\nX-Injected: 1", "")),
        ("a line break in an id", get("/v1/products/%0D%0AX-Injected:%201", "")),
        ("a null byte in a header", get("/v1/products/x", "X-A: a\0b\r\n")),
        ("a bare CR in a header", get("/v1/products/x", "X-A: a\rX-Injected: 1\r\n")),
        ("a header without a name", get("/v1/products/x", ": a\r\n")),
        ("a huge header", get("/v1/products/x", &format!("X-A: {}\r\n", "a".repeat(900_000)))),
        ("five hundred headers", get("/v1/products/x", &many)),
        ("a huge path", get(&format!("/v1/products/{}", "a".repeat(100_000)), "")),
        ("a negative length", post("Content-Length: -1", order)),
        ("a length in words", post("Content-Length: many", order)),
        ("two lengths", post(&format!("Content-Length: {length}\r\nContent-Length: 1"), order)),
        ("an overflowing length", post("Content-Length: 99999999999999999999", order)),
        ("an unknown transfer coding", post("Transfer-Encoding: gzip", order)),
        ("a broken chunk", post("Transfer-Encoding: chunked", &chunk)),
        ("a body that breaks off", post(&format!("Content-Length: {more}"), order)),
        ("half of a body", post(&format!("Content-Length: {less}"), order)),
        ("a body without a length", post("X-A: 1", order)),
    ]
}

async fn bad_http_changes_nothing(kind: Kind) {
    let bench = Bench::new(kind).await;
    let order = r#"{"sku":"{sku}","buyer":{"id":"{buyer}"},"pay":{"method":"wallet"}}"#;
    let order = bench.fixture.fill(&bench.fixture, order);
    let before = bench.db.rows().await;
    for (what, sent) in requests(&bench.fixture.shop.key, &order) {
        let answer = exchange(bench.app.url(), &sent).await;
        // An answer of none is a connection that was closed, which is an answer, too.
        if !answer.is_empty() {
            let status = status(&answer);
            assert!(status.is_some_and(|s| (400..500).contains(&s)), "{what}: {answer}");
        }
        let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_lowercase();
        assert!(!head.contains("x-injected"), "{what}: {answer}");
        assert!(before == bench.db.rows().await, "{what} changed rows");
    }
    let shop = &bench.fixture.shop;
    let given = shop.request(reqwest::Method::GET, "/v1/nowhere").header("x-request-id", "mine");
    let nowhere = shop.send(given).await;
    assert_eq!(flaw_of_problem(&nowhere), None, "{}", nowhere.text);
    assert_eq!((nowhere.status, nowhere.code()), (404, "not_found"));
    assert!(!nowhere.text.contains("mine"), "a request's id is ours: {}", nowhere.text);
    let whole = shop.post("/v1/orders", &serde_json::from_str(&order).expect("JSON")).await;
    assert_eq!(whole.status, 201, "the order itself was good: {}", whole.text);
    bench.app.stop().await;
}

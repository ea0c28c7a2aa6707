//! Connections that take time without end, spoken by hand.

use super::Stage;
use edge::listen::{Limits, Times};
use std::time::{Duration, Instant};
use testkit::{Db, Kind, Options};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// Far more than any of the times below.
const PATIENCE: Duration = Duration::from_secs(20);

/// The usual times, a hundredth as long.
fn times() -> Times {
    Times {
        head: Duration::from_millis(300),
        idle: Duration::from_millis(900),
        body: Duration::from_millis(600),
        window: Duration::from_millis(1_200),
        bytes_min: 60 * 1024,
    }
}

async fn stage(connections_max: usize, times: Times) -> (Db, Stage) {
    let db = Db::new(Kind::Sqlite);
    let listen = Limits { connections_max, times, ..Limits::default() };
    let stage = Stage::set(db.url(), Options { listen, ..Options::default() }).await;
    (db, stage)
}

async fn connect(stage: &Stage) -> TcpStream {
    let address = stage.app.url().trim_start_matches("http://");
    TcpStream::connect(address).await.expect("a connection")
}

/// Reads until the other side ends it; gives what came and how long that took.
async fn until_closed(stream: &mut TcpStream) -> (String, Duration) {
    let (begun, mut all) = (Instant::now(), Vec::new());
    // A reset is an end as well.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut all)).await.expect("it ends");
    (String::from_utf8_lossy(&all).into_owned(), begun.elapsed())
}

fn assert_about(took: Duration, wanted: Duration, what: &str) {
    let least = wanted - Duration::from_millis(150);
    assert!(took >= least && took < PATIENCE, "{what} ended after {took:?}, not {wanted:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_and_slow_connections_end() {
    let (_db, stage) = stage(100, times()).await;
    let times = times();

    let (said, took) = until_closed(&mut connect(&stage).await).await;
    assert_eq!(said, "");
    assert_about(took, times.head, "a silent connection");

    let mut half = connect(&stage).await;
    half.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Half").await.expect("half a head");
    let (said, took) = until_closed(&mut half).await;
    assert!(!said.contains("200 OK"), "{said}");
    assert_about(took, times.head, "half a head");

    // What is answered at once, and what a database is asked for.
    for path in ["/healthz", "/v1/orders"] {
        let mut idle = connect(&stage).await;
        let ask = format!(
            "GET {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\n\r\n",
            stage.shop.key
        );
        idle.write_all(ask.as_bytes()).await.expect("a request");
        let (said, took) = until_closed(&mut idle).await;
        assert!(said.starts_with("HTTP/1.1 200 OK"), "{said}");
        assert_about(took, times.idle, path);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_that_drip_break_off() {
    let (_db, stage) = stage(100, times()).await;
    let times = times();
    let head = |path: &str, typed: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\nContent-Type: {typed}\r\n\
             Idempotency-Key: drip\r\nContent-Length: 200000\r\n\r\n",
            stage.shop.key
        )
    };
    let upload = format!("/v1/skus/{}/code-imports", stage.sku);
    let cases = [
        ("/v1/orders", "application/json", times.body),
        (upload.as_str(), "text/csv", times.window),
    ];
    for (path, typed, wanted) in cases {
        let mut stream = connect(&stage).await;
        stream.write_all(head(path, typed).as_bytes()).await.expect("a head");
        let (mut read, mut write) = stream.split();
        let drip = async {
            // Bytes come all the time, too few of them.
            while write.write_all(b"x").await.is_ok() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        let begun = Instant::now();
        let mut answer = [0; 64];
        let answered = async {
            let n = timeout(PATIENCE, read.read(&mut answer)).await.expect("it ends").unwrap_or(0);
            (String::from_utf8_lossy(&answer[..n]).into_owned(), begun.elapsed())
        };
        let (said, took) = tokio::select! {
            ended = answered => ended,
            () = drip => (String::new(), begun.elapsed()),
        };
        assert!(said.is_empty() || said.contains(" 422 "), "{path}: {said}");
        assert_about(took, wanted, path);
    }
    stage.sells().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_answer_that_nobody_takes_ends() {
    let (_db, stage) = stage(100, times()).await;
    let mut stream = connect(&stage).await;
    // More answers than the system's buffers hold.
    let ask = "GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n".repeat(400);
    let (mut read, mut write) = stream.split();
    let begun = Instant::now();
    let asked =
        timeout(PATIENCE, write.write_all(ask.as_bytes())).await.expect("it is asked or ends");
    sleep(times().window * 3).await;
    let mut all = Vec::new();
    let ended = timeout(PATIENCE, read.read_to_end(&mut all)).await.expect("it ends");
    let whole = all.windows(8).filter(|part| part == b"HTTP/1.1").count();
    assert!(whole < 400, "all of it was sent: {asked:?} {ended:?}");
    assert!(begun.elapsed() < PATIENCE);
    stage.sells().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_house_takes_callers_and_answers_health() {
    let (_db, stage) = stage(8, Times::default()).await;
    let mut idle = Vec::new();
    for _ in 0..40 {
        idle.push(connect(&stage).await);
    }
    let health = reqwest::get(format!("{}/healthz", stage.app.url())).await.expect("an answer");
    assert_eq!(health.status(), 200);
    stage.sells().await;
    // Eight that are at work: only health has a place beside them.
    let head = format!(
        "POST /v1/orders HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Idempotency-Key: k\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n",
        stage.shop.key
    );
    let mut busy = Vec::new();
    for _ in 0..8 {
        let mut stream = connect(&stage).await;
        stream.write_all(head.as_bytes()).await.expect("a head");
        let mut said = [0; 12];
        let read = timeout(PATIENCE, stream.read_exact(&mut said)).await.expect("it is heard");
        assert!(read.is_ok() && said == *b"HTTP/1.1 100", "the body is wanted: {said:?}");
        busy.push(stream);
    }
    let alone = reqwest::Client::new();
    let ask = async |path: &str| {
        let url = format!("{}{path}", stage.app.url());
        alone.get(url).send().await.expect("an answer").status().as_u16()
    };
    assert_eq!((ask("/readyz").await, ask("/healthz").await), (200, 200));
    assert_eq!(ask("/docs").await, 503, "there is no place for anything else");
    drop(busy);
    let begun = Instant::now();
    while ask("/docs").await != 200 {
        assert!(begun.elapsed() < PATIENCE, "nobody's place is free again");
        sleep(Duration::from_millis(20)).await;
    }
    stage.sells().await;
}

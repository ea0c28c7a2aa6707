//! PostgreSQL behind a proxy that drops connections at the worst moment: around a COMMIT.
//!
//! The proxy reads what the program sends, message by message. When a fault is armed, the next COMMIT
//! meets it: either its answer is dropped, or it never arrives. The program cannot tell which.

use engine::{Limits, Settings};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;
use testkit::{App, Caller, Db, Kind, Options};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What the next COMMIT meets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// The server commits; its answer never arrives.
    AnswerLost,
    /// The server never hears of it.
    CommitLost,
    /// The server never hears of it, and the connection stays open.
    Silence,
}

/// A way to the database that can be broken.
struct Proxy {
    url: String,
    fault: Arc<AtomicU8>,
    open: watch::Sender<bool>,
}

impl Proxy {
    async fn before(db: &Db) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let here = listener.local_addr().expect("an address");
        let there = db.url().split('@').nth(1).and_then(|rest| rest.split('/').next());
        let there = there.expect("the database's address").to_owned();
        let url = db.url().replace(&there, &here.to_string());
        let fault = Arc::new(AtomicU8::new(Fault::None as u8));
        let (open, is_open) = watch::channel(true);
        let armed = Arc::clone(&fault);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if !*is_open.borrow() {
                    continue;
                }
                let (there, armed, mut closed) = (there.clone(), armed.clone(), is_open.clone());
                tokio::spawn(async move {
                    tokio::select! {
                        () = pass(client, there, &armed) => {}
                        _ = closed.wait_for(|open| !*open) => {}
                    }
                });
            }
        });
        Self { url, fault, open }
    }

    fn arm(&self, fault: Fault) {
        self.fault.store(fault as u8, Ordering::SeqCst);
    }

    /// Whether the fault has struck.
    fn struck(&self) -> bool {
        self.fault.load(Ordering::SeqCst) == Fault::None as u8
    }

    /// Breaks every connection and takes no new ones, or takes them again.
    fn set_open(&self, open: bool) {
        self.open.send_replace(open);
    }
}

/// Passes bytes both ways until one side ends or a fault strikes; then both sides are closed.
async fn pass(mut client: TcpStream, there: String, armed: &AtomicU8) {
    let Ok(mut server) = TcpStream::connect(there).await else { return };
    let quick = client.set_nodelay(true).and(server.set_nodelay(true));
    quick.expect("small messages go at once");
    let (mut sent, mut answer) = (Vec::new(), vec![0; 64 * 1024]);
    let mut started = false;
    loop {
        tokio::select! {
            read = client.read_buf(&mut sent) => match read {
                Ok(0) | Err(_) => return,
                Ok(_) => while let Some(message) = take_message(&mut sent, &mut started) {
                    let fault = if is_commit(&message) { take(armed) } else { Fault::None };
                    if fault == Fault::Silence {
                        drop(server);
                        return std::future::pending().await;
                    }
                    if fault == Fault::CommitLost || server.write_all(&message).await.is_err() {
                        return;
                    }
                    if fault == Fault::AnswerLost {
                        // Any answer to COMMIT comes after the fact.
                        let n = server.read(&mut answer).await.unwrap_or(0);
                        let committed = answer[..n].windows(7).any(|w| w == b"COMMIT\0");
                        assert!(committed, "the server did not commit");
                        return;
                    }
                },
            },
            read = server.read(&mut answer) => match read {
                Ok(0) | Err(_) => return,
                Ok(n) if client.write_all(&answer[..n]).await.is_err() => return,
                Ok(_) => {}
            },
        }
    }
}

/// Disarms the fault and gives it, so that it strikes once.
fn take(armed: &AtomicU8) -> Fault {
    match armed.swap(Fault::None as u8, Ordering::SeqCst) {
        n if n == Fault::AnswerLost as u8 => Fault::AnswerLost,
        n if n == Fault::CommitLost as u8 => Fault::CommitLost,
        n if n == Fault::Silence as u8 => Fault::Silence,
        _ => Fault::None,
    }
}

/// Cuts one whole message off. The first one has no type byte: length, then the parameters.
fn take_message(sent: &mut Vec<u8>, started: &mut bool) -> Option<Vec<u8>> {
    let head = usize::from(*started);
    let length = sent.get(head..head + 4)?;
    let length = u32::from_be_bytes(length.try_into().expect("four bytes")) as usize + head;
    if sent.len() < length {
        return None;
    }
    *started = true;
    let rest = sent.split_off(length);
    Some(std::mem::replace(sent, rest))
}

/// A simple query that says COMMIT.
fn is_commit(message: &[u8]) -> bool {
    message.first() == Some(&b'Q') && message.get(5..) == Some(b"COMMIT\0")
}

/// A seller on a straight way to the database, and a node behind the proxy that does no work of its
/// own: the only commits through the proxy are those of the requests.
struct Stage {
    db: Db,
    seller: App,
    proxy: Proxy,
    node: App,
    shop: Caller,
    sku: String,
}

impl Stage {
    async fn set() -> Self {
        let db = Db::new(Kind::Postgres);
        let seller = App::start(&db).await;
        let shop = seller.merchant("星河").await;
        let sku = shop.sku(100, json!({})).await;
        shop.stock(&sku, "U", 40).await;
        shop.credit("buyer", 1_000_000).await;
        let proxy = Proxy::before(&db).await;
        let limits = Limits { silence_max: Duration::from_secs(3), ..Limits::default() };
        let engine = Settings { limits, ..Settings::default() };
        let options = Options { engine, without_work: true, hold_seconds: None };
        let node = App::start_with(&proxy.url, options).await;
        let shop = shop.at(node.url());
        let warm = shop.order(&sku, 1, "buyer").await;
        assert_eq!(warm.status, 201, "{}", warm.text);
        Self { db, seller, proxy, node, shop, sku }
    }

    fn order(&self) -> Value {
        Caller::order_body(&self.sku, 1, "buyer")
    }

    /// Asserts how many codes were sold, the first order's among them, and that the books are sound.
    async fn end(self, sold: usize) {
        let seller = self.shop.at(self.seller.url());
        let sku = seller.get(&format!("/v1/skus/{}", self.sku)).await;
        assert_eq!(sku.json["stock"], 40 - sold, "{}", sku.text);
        let orders = seller.get("/v1/orders?limit=100").await;
        assert_eq!(orders.json["data"].as_array().map(Vec::len), Some(sold), "{}", orders.text);
        self.node.stop().await;
        self.seller.stop().await;
        self.db.assert_sound().await;
    }
}

/// One order meets the fault; the same key then gives the one true outcome.
async fn one_order_meets(fault: Fault) {
    let stage = Stage::set().await;
    stage.proxy.arm(fault);
    let lost = stage.shop.post_as("/v1/orders", &stage.order(), "key").await;
    assert!(stage.proxy.struck(), "no COMMIT went through the proxy");
    assert_eq!((lost.status, lost.code()), (503, "outcome_unknown"), "{}", lost.text);
    assert_eq!(lost.json["retryable"], true, "{}", lost.text);
    assert!(lost.retry_after.is_some_and(|seconds| seconds > 0), "Retry-After");

    let known = stage.shop.post_as("/v1/orders", &stage.order(), "key").await;
    assert_eq!(known.status, 201, "{}", known.text);
    assert_eq!(known.replayed, fault == Fault::AnswerLost, "whether it had happened");
    let elsewhere = stage.shop.at(stage.seller.url());
    let again = elsewhere.post_as("/v1/orders", &stage.order(), "key").await;
    assert!(again.replayed && again.text == known.text, "{}", again.text);
    stage.end(2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_to_commit_is_lost() {
    one_order_meets(Fault::AnswerLost).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_commit_itself_is_lost() {
    one_order_meets(Fault::CommitLost).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_falls_silent() {
    one_order_meets(Fault::Silence).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_meets_both_faults() {
    let stage = Stage::set().await;
    let mut codes = HashSet::new();
    for (round, fault) in [Fault::AnswerLost, Fault::CommitLost].into_iter().enumerate() {
        stage.proxy.arm(fault);
        let bodies = [(); 15].map(|()| stage.order());
        let send = async |n: usize, body: &Value| {
            stage.shop.post_as("/v1/orders", body, &format!("key-{round}-{n}")).await
        };
        let first = join_all(bodies.iter().enumerate().map(|(n, body)| send(n, body))).await;
        let unknown = first.iter().filter(|answer| answer.code() == "outcome_unknown").count();
        assert!(stage.proxy.struck() && unknown > 0, "nobody met the fault");
        let second = join_all(bodies.iter().enumerate().map(|(n, body)| send(n, body))).await;
        for (before, after) in first.iter().zip(&second) {
            assert_eq!(after.status, 201, "{}", after.text);
            if before.status == 201 {
                assert!(after.replayed && before.text == after.text, "{}", after.text);
            } else {
                assert_eq!(before.code(), "outcome_unknown", "{}", before.text);
                assert_eq!(after.replayed, fault == Fault::AnswerLost, "{}", after.text);
            }
            let code = after.json["deliveries"][0]["code"]["number"].to_string();
            assert!(codes.insert(code), "a code went out twice: {}", after.text);
        }
    }
    stage.end(31).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_goes_and_comes_back() {
    let stage = Stage::set().await;
    stage.proxy.set_open(false);
    for n in 0..3 {
        let gone = stage.shop.post_as("/v1/orders", &stage.order(), &format!("key-{n}")).await;
        assert_eq!((gone.status, gone.code()), (503, "overloaded"), "{}", gone.text);
        assert_eq!(gone.json["retryable"], true, "{}", gone.text);
        assert!(gone.retry_after.is_some_and(|seconds| seconds > 0), "Retry-After");
    }
    let ready = stage.shop.get("/readyz").await;
    assert_eq!(ready.status, 503, "a node without its database is not ready: {}", ready.text);
    stage.proxy.set_open(true);
    for n in 0..3 {
        let back = stage.shop.post_as("/v1/orders", &stage.order(), &format!("key-{n}")).await;
        assert!(back.status == 201 && !back.replayed, "{}", back.text);
    }
    assert_eq!(stage.shop.get("/readyz").await.status, 200);
    stage.end(4).await;
}

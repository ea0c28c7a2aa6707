//! Two processes write fifty books of one PostgreSQL and are killed in turns. Each book's journal has its own numbers:
//! nothing that was acknowledged is missing, nothing is there twice, and who follows a book meets every number in order.

use crate::process::{Server, arg, assert_proven, printed, run};
use domain::identity::{self, Scope};
use futures_util::future::{join, join_all};
use kernel::{MerchantId, Mode, Tenant};
use reqwest::Method;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use testkit::{Caller, Db, Kind};

const BOOKS: usize = 50;
const KILLS: usize = 6;
/// How long both trade between two kills.
const BETWEEN: Duration = Duration::from_millis(700);
/// The longest wait for one answer, by whichever process is there.
const PATIENCE: Duration = Duration::from_secs(60);

/// The two processes, where they listen, and whether it is over.
struct Nodes {
    urls: [Mutex<String>; 2],
    over: AtomicBool,
}

impl Nodes {
    fn url(&self, n: usize) -> String {
        self.urls[n % 2].lock().expect("no panic").clone()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_books_are_written_by_two_that_are_killed() {
    let db = Db::new(Kind::Postgres);
    let mut servers = [start(&db, 0).await, start(&db, 1).await];
    let books = books(&servers[0]).await;
    let urls = [0, 1].map(|n: usize| Mutex::new(servers[n].url().to_owned()));
    let nodes = Nodes { urls, over: AtomicBool::new(false) };
    let killing = async {
        for round in 0..KILLS {
            tokio::time::sleep(BETWEEN).await;
            let n = round % 2;
            servers[n].kill();
            servers[n] = start(&db, n).await;
            *nodes.urls[n].lock().expect("no panic") = servers[n].url().to_owned();
        }
        nodes.over.store(true, Ordering::SeqCst);
    };
    let trading = join_all(books.iter().enumerate().map(|(n, book)| trade(&nodes, n, book)));
    let following = join_all(books.iter().take(5).map(|book| follow(&nodes, book)));
    let (((), credited), followed) = join(join(killing, trading), following).await;
    assert!(credited.iter().all(|credits| *credits > KILLS as u64), "{credited:?}");
    assert!(followed.iter().all(|seq| *seq > 0), "{followed:?}");
    for (book, credits) in books.iter().zip(&credited) {
        let (facts, told) = read(&book.at(&nodes.url(0))).await;
        assert_eq!(told, *credits, "of {facts} facts of {:?}", book.tenant);
    }
    for server in servers {
        server.stop().await;
    }
    let output = run(&["verify", "--database", db.url(), "--json"]);
    let (report, complaint) = printed(&output);
    assert!(output.status.success(), "verify fails: {report} {complaint}");
    assert_proven(db.url(), &db.folder().join("the.key"));
}

async fn start(db: &Db, n: usize) -> Server {
    let folder: PathBuf = db.folder().join(format!("node-{n}"));
    fs::create_dir_all(&folder).expect("a folder");
    let (data, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let args = ["demo", "--data", arg(&data), "--database", db.url()];
    Server::start(&folder, &[&args[..], &["--master-key-file", arg(&key)]].concat()).await
}

/// Merchants with a key each.
async fn books(server: &Server) -> Vec<Caller> {
    let key = server.ready["operator_key"].as_str().expect("the operator's key");
    let operator = Caller::new(server.url(), key, identity::operator());
    let mut books = Vec::with_capacity(BOOKS);
    for n in 0..BOOKS {
        let body = json!({ "name": format!("商户 {n}") });
        let made = operator.post_as("/v1/merchants", &body, &format!("book-{n}")).await;
        let merchant = made.json["id"].as_str().expect("a merchant's id");
        let body =
            json!({ "name": "test", "mode": "test", "scopes": Scope::MERCHANT.map(Scope::name) });
        let made = operator.post(&format!("/v1/merchants/{merchant}/keys"), &body).await;
        let secret = made.json["secret"].as_str().expect("a secret");
        let id = MerchantId::parse(merchant).expect("a merchant's id");
        books.push(Caller::new(server.url(), secret, Tenant::new(id, Mode::Test)));
    }
    books
}

/// Credits wallets of one book until it is over; says how many credits were acknowledged. What got no answer is asked
/// again with its key, of the other process.
async fn trade(nodes: &Nodes, book: usize, caller: &Caller) -> u64 {
    let mut credits = 0;
    while !nodes.over.load(Ordering::SeqCst) {
        let body = json!({
            "buyer": { "external_id": format!("buyer-{}", credits % 7) },
            "amount": { "amount": 100, "currency": "CNY" }
        });
        let (key, begun) = (format!("credit-{credits}"), Instant::now());
        for attempt in book.. {
            let caller = caller.at(&nodes.url(attempt));
            let request = caller.request(Method::POST, "/v1/wallet-credits");
            let request = request.header("Idempotency-Key", &key).json(&body);
            if let Ok(answer) = caller.try_send(request).await {
                match answer.status {
                    201 => break,
                    503 => {}
                    _ => panic!("{}", answer.text),
                }
            }
            assert!(begun.elapsed() < PATIENCE, "no answer");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        credits += 1;
    }
    credits
}

/// Follows one book until it is over; gives the last number.
async fn follow(nodes: &Nodes, caller: &Caller) -> i64 {
    let (mut after, mut last, mut attempt) = (String::new(), 0, 0);
    while !nodes.over.load(Ordering::SeqCst) {
        attempt += 1;
        let caller = caller.at(&nodes.url(attempt));
        let request = caller.request(Method::GET, &format!("/v1/journal?limit=100{after}"));
        if let Ok(page) = caller.try_send(request).await
            && page.status == 200
        {
            let rows = page.json["data"].as_array().expect("rows");
            for row in rows {
                last += 1;
                assert_eq!(row["seq"], json!(last), "a number was left out or came late");
            }
            if let Some(next) = page.json["next"].as_str() {
                after = format!("&after={next}");
            }
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    last
}

/// Reads one book from its beginning; gives how many facts there are and how many credits they tell.
async fn read(caller: &Caller) -> (i64, u64) {
    let (mut after, mut last, mut credits) = (String::new(), 0, 0);
    loop {
        let page = caller.get(&format!("/v1/journal?limit=200{after}")).await;
        let rows = page.json["data"].as_array().expect("rows");
        for row in rows {
            last += 1;
            assert_eq!(row["seq"], json!(last), "{}", page.text);
            credits += u64::from(row["kind"] == "wallet.credited");
        }
        match &page.json["next"] {
            Value::String(next) => after = format!("&after={next}"),
            _ => return (last, credits),
        }
    }
}

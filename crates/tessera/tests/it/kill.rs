//! kill -9, again and again, while callers buy and files are imported. Nothing that was acknowledged may
//! be lost, nothing may happen twice, and the next start with the same arguments simply goes on.
//!
//! Callers write each acknowledgement to a file before they send the next request. Requests without an
//! answer are kept and repeated with their idempotency keys after the next start.

use crate::process::{Server, arg, assert_proven, printed, run};
use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use kernel::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use testkit::{Answer, Caller, Db, Kind};
use tokio::sync::{Notify, Semaphore};

/// How often the process is killed, unless `TESSERA_KILLS` says otherwise, as `make faults` does.
const KILLS: usize = 6;
/// Orders that are acknowledged between two kills, at least.
const ACKNOWLEDGED_MIN: u32 = 500;
/// Callers that order at the same time.
const CALLERS: usize = 24;
/// Codes that are in stock before the first kill; imports bring more.
const STOCK: usize = 15_000;
/// What one imported file holds.
const GOOD: usize = 2_500;
const DUPLICATES: usize = 70;
const BAD: usize = 30;
/// Price of a code, and what each buyer has, in fen.
const PRICE: i64 = 3;
const CREDIT: i64 = 10_000_000;
const BUYERS: usize = 8;

/// Everything the callers know.
struct Client {
    shop: Caller,
    sku: String,
    file: PathBuf,
    acknowledgements: Mutex<File>,
    /// A permit for each acknowledged order since the last start.
    since_start: Semaphore,
    /// Orders that were sent and not answered: idempotency key and body.
    unanswered: Mutex<Vec<(String, Value)>>,
    /// Files that were sent and not answered, by name.
    unanswered_files: Mutex<Vec<String>>,
    /// Imports that were acknowledged, by id.
    imports: Mutex<Vec<String>>,
    /// Told whenever a file is seen of which more than half is not read yet.
    mid_file: Notify,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_on_sqlite() {
    kills(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_on_postgres() {
    kills(Kind::Postgres).await;
}

async fn kills(kind: Kind) {
    let (begun, seed) = (Instant::now(), rand::random());
    let rounds =
        std::env::var("TESSERA_KILLS").map_or(KILLS, |text| text.parse().expect("a number"));
    eprintln!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let db = Db::new(kind);
    let (folder, key) = (db.folder().join("data"), db.folder().join("the.key"));
    let args = ["demo", "--data", arg(&folder), "--database", db.url()];
    let args = [&args[..], &["--master-key-file", arg(&key)]].concat();
    let mut server = Server::start(db.folder(), &args).await;
    let mut client = Client::prepare(server.merchant(0), db.folder()).await;
    let (mut kills, mut slowest, mut replayed) = (Vec::new(), Duration::ZERO, 0);
    for round in 0..rounds {
        let more = random.random_range(0..100);
        kills.push(client.trade_until_killed(round, &mut server, more).await);
        server = Server::start(db.folder(), &args).await;
        slowest = slowest.max(server.took);
        client.shop = client.shop.at(server.url());
        replayed += client.repeat_unanswered().await;
    }
    eprintln!("{rounds} kills in {:?}, slowest start {slowest:?}", begun.elapsed());
    assert!(slowest < Duration::from_secs(15), "a start took {slowest:?}");
    let imported = client.check_imports(&kills).await;
    let sold = client.check_orders().await;
    client.check_books(imported, sold).await;
    eprintln!("{sold} codes sold, {imported} imported, {replayed} answers were lost on the way");
    check_verify(db.url());
    assert_proven(db.url(), &key);
    server.stop().await;
    assert_proven(db.url(), &key);
    eprintln!("all in {:?}", begun.elapsed());
}

fn check_verify(url: &str) {
    let output = run(&["verify", "--database", url, "--json"]);
    let (report, complaint) = printed(&output);
    assert!(output.status.success(), "verify fails: {report} {complaint}");
    let report: Value = serde_json::from_str(&report).expect("verify prints JSON");
    assert_eq!(report["ok"], true, "{report}");
}

/// A file of codes that no other file has, with rows that repeat and rows that are wrong.
fn code_file(name: &str) -> String {
    let mut csv = String::from("number,password,valid_until\n");
    for i in 0..GOOD {
        csv += &format!("{name}-{i:05},pw-{i},2031-12-31\n");
    }
    for i in 0..DUPLICATES {
        csv += &format!("{name}-{i:05},pw-{i},2031-12-31\n");
    }
    for i in 0..BAD {
        csv += &format!("{name}-bad-{i},pw,some day\n");
    }
    csv
}

impl Client {
    async fn prepare(shop: Caller, folder: &Path) -> Self {
        let sku = shop.sku(PRICE, json!({})).await;
        shop.stock(&sku, "first-", STOCK).await;
        for buyer in 0..BUYERS {
            shop.credit(&format!("buyer-{buyer}"), CREDIT).await;
        }
        let file = folder.join("acknowledged");
        Self {
            shop,
            sku,
            acknowledgements: Mutex::new(File::create(&file).expect("a file")),
            file,
            since_start: Semaphore::new(0),
            unanswered: Mutex::default(),
            unanswered_files: Mutex::default(),
            imports: Mutex::default(),
            mid_file: Notify::new(),
        }
    }

    /// Orders and imports until the process is gone; says when that was.
    async fn trade_until_killed(&self, round: usize, server: &mut Server, more: u32) -> Timestamp {
        self.since_start.forget_permits(self.since_start.available_permits());
        let callers = join_all((0..CALLERS).map(|caller| self.buy(round, caller)));
        let killer = async {
            let enough = self.since_start.acquire_many(ACKNOWLEDGED_MIN + more).await;
            enough.expect("it is never closed").forget();
            self.mid_file.notified().await;
            server.kill();
            Timestamp::now()
        };
        let (at, ..) = tokio::join!(killer, callers, self.import(round));
        let in_flight = self.unanswered.lock().expect("no panic").len();
        assert!(in_flight > 0, "round {round}: no order was in flight");
        at
    }

    /// One caller: the next order when the last one is answered.
    async fn buy(&self, round: usize, caller: usize) {
        for n in 0.. {
            let buyer = format!("buyer-{}", (caller + n) % BUYERS);
            let quantity = if n % 5 == 0 { 2 } else { 1 };
            let body = Caller::order_body(&self.sku, quantity, &buyer);
            let key = format!("order-{round}-{caller}-{n}");
            let Some(answer) = self.order(&key, &body).await else {
                self.unanswered.lock().expect("no panic").push((key, body));
                return;
            };
            self.acknowledge(&answer);
        }
    }

    /// One file after the other.
    async fn import(&self, round: usize) {
        for n in 0.. {
            let name = format!("file-{round}-{n}");
            let Some(id) = self.upload(&name, code_file(&name)).await else {
                self.unanswered_files.lock().expect("no panic").push(name);
                return;
            };
            self.imports.lock().expect("no panic").push(id.clone());
            if !self.until_imported(&id).await {
                return;
            }
        }
    }

    /// Whether the import came to its end before the process did.
    async fn until_imported(&self, id: &str) -> bool {
        loop {
            let ask = self.shop.request(reqwest::Method::GET, &format!("/v1/code-imports/{id}"));
            match self.shop.try_send(ask).await {
                Err(_) => return false,
                Ok(answer) if answer.json["state"] != "running" => return true,
                Ok(answer) => {
                    if answer.json["accepted"].as_u64() < Some(GOOD as u64 / 2) {
                        self.mid_file.notify_waiters();
                    }
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            }
        }
    }

    /// Orders; none when no answer came.
    async fn order(&self, key: &str, body: &Value) -> Option<Answer> {
        let ask = self.shop.request(reqwest::Method::POST, "/v1/orders");
        let ask = ask.header("Idempotency-Key", key).json(body);
        let answer = self.shop.try_send(ask).await.ok()?;
        assert_eq!(answer.status, 201, "{key}: {}", answer.text);
        Some(answer)
    }

    /// Uploads; the file's name is the idempotency key. None when no answer came.
    async fn upload(&self, name: &str, csv: String) -> Option<String> {
        let path = format!("/v1/skus/{}/code-imports", self.sku);
        let ask = self.shop.request(reqwest::Method::POST, &path).header("Idempotency-Key", name);
        let ask = ask.header("content-type", "text/csv").body(csv);
        let answer = self.shop.try_send(ask).await.ok()?;
        assert_eq!(answer.status, 202, "{name}: {}", answer.text);
        Some(answer.json["id"].as_str().expect("an import's id").to_owned())
    }

    /// Writes down what was promised: the order and its codes.
    fn acknowledge(&self, answer: &Answer) {
        let mut line = answer.json["id"].as_str().expect("an order's id").to_owned();
        for code in codes(&answer.json) {
            line = format!("{line} {code}");
        }
        let mut file = self.acknowledgements.lock().expect("no panic");
        writeln!(file, "{line}").expect("the acknowledgement is written");
        self.since_start.add_permits(1);
    }

    /// Sends again what got no answer; says how often it had happened all the same.
    async fn repeat_unanswered(&self) -> usize {
        let orders = std::mem::take(&mut *self.unanswered.lock().expect("no panic"));
        let mut happened = 0;
        for (key, body) in &orders {
            let once = self.order(key, body).await.expect("the server answers");
            let twice = self.order(key, body).await.expect("the server answers");
            assert!(twice.replayed, "{key}: {}", twice.text);
            assert_eq!(once.text, twice.text, "{key} had two outcomes");
            self.acknowledge(&once);
            happened += usize::from(once.replayed);
        }
        let files = std::mem::take(&mut *self.unanswered_files.lock().expect("no panic"));
        for name in files {
            let id = self.upload(&name, code_file(&name)).await.expect("the server answers");
            self.imports.lock().expect("no panic").push(id);
        }
        happened
    }

    /// Each file was read to its end exactly once; gives how many codes came in.
    async fn check_imports(&self, kills: &[Timestamp]) -> usize {
        let ids = self.imports.lock().expect("no panic").clone();
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "an import came twice");
        let mut lives = Vec::new();
        for id in &ids {
            let end = self.shop.imported(id).await;
            let rows = ["state", "accepted", "duplicates", "errors"].map(|field| &end[field]);
            let expected = [json!("done"), json!(GOOD), json!(DUPLICATES), json!(BAD)];
            assert_eq!(rows, expected.each_ref(), "{end}");
            let at = |field: &str| end[field].as_str().and_then(Timestamp::parse).expect("a time");
            lives.push((at("created_at"), at("finished_at")));
        }
        let broken = |kill: &&Timestamp| lives.iter().any(|(from, to)| from < *kill && *kill < to);
        let broken = kills.iter().filter(broken).count();
        assert_eq!(broken, kills.len(), "an import was running at each kill");
        ids.len() * GOOD
    }

    /// Every acknowledged order exists and has exactly its codes; gives how many codes those are.
    async fn check_orders(&self) -> usize {
        let text = fs::read_to_string(&self.file).expect("the acknowledgements");
        let mut orders: HashMap<&str, Vec<&str>> = HashMap::new();
        for line in text.lines() {
            let mut words = line.split(' ');
            let id = words.next().expect("an order's id");
            assert!(orders.insert(id, words.collect()).is_none(), "{id} was acknowledged twice");
        }
        let sold = orders.values().flatten().count();
        let different = orders.values().flatten().collect::<HashSet<_>>().len();
        assert_eq!(different, sold, "a code went out twice");
        let check = async |(id, promised): (&&str, &Vec<&str>)| {
            let order = self.shop.get(&format!("/v1/orders/{id}")).await;
            assert_eq!(order.json["state"], "delivered", "{id}: {}", order.text);
            let shown = self.shop.post(&format!("/v1/orders/{id}/reveal"), &json!({})).await;
            assert_eq!(&codes(&shown.json), promised, "{id}: {}", shown.text);
        };
        stream::iter(&orders).map(check).buffer_unordered(CALLERS).collect::<Vec<()>>().await;
        assert!(orders.len() > KILLS * ACKNOWLEDGED_MIN as usize);
        sold
    }

    /// No order exists but those that are known: stock and wallets say so.
    async fn check_books(&self, imported: usize, sold: usize) {
        let sku = self.shop.get(&format!("/v1/skus/{}", self.sku)).await;
        assert_eq!(sku.json["stock"], STOCK + imported - sold, "{}", sku.text);
        let mut left = 0;
        for buyer in 0..BUYERS {
            let wallet = json!({ "buyer": { "external_id": format!("buyer-{buyer}") } });
            let wallet = self.shop.post("/v1/wallets/lookup", &wallet).await;
            left += wallet.json["balance"]["amount"].as_i64().expect("a balance");
        }
        assert_eq!(left, BUYERS as i64 * CREDIT - sold as i64 * PRICE, "money is missing");
    }
}

/// The numbers of an order's codes, in its order.
fn codes(order: &Value) -> Vec<&str> {
    let deliveries = order["deliveries"].as_array().expect("deliveries");
    deliveries.iter().map(|d| d["code"]["number"].as_str().expect("a number")).collect()
}

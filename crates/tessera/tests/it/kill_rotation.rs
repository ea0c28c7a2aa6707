//! kill -9 while keys are rotated: of the command that rotates them, and of the server that seals everything
//! again, twice, in the middle. Callers buy all the time. The next start goes on where the last one ended; in the
//! end nothing lies under the old key, the old master key opens nothing, and every code is as it was sold.

use crate::process::{Server, arg, assert_proven, printed, run, signal, tessera};
use domain::seal::SealedCell;
use engine::open_vault;
use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use kernel::sealed::seal_key_of;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use store::Reader;
use store::read::SEALED_TABLES;
use testkit::{Caller, Db, Kind};
use vault::KeyRing;

/// The master key that comes: base64 of 32 bytes.
const NEXT_KEY: &str = "ISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0A=";
/// Data keys before any rotation: one that seals, two for look-up.
const FIRST_KEYS: i64 = 3;
/// Codes that lie under the first key.
const STOCK: usize = 20_000;
const CALLERS: usize = 4;
/// Pause of a caller between two orders, so that the codes last.
const PAUSE: Duration = Duration::from_millis(20);
/// After how many milliseconds the command that rotates is killed.
const COMMAND_KILLS_MS: [u64; 4] = [2, 10, 25, 40];
/// The server is killed when so many hundredths of the codes are sealed again.
const SERVER_KILLS: [usize; 2] = [10, 60];
/// The longest wait for a step of the rotation.
const PATIENCE: Duration = Duration::from_secs(90);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_survives_kills_on_sqlite() {
    a_rotation_survives_kills(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_survives_kills_on_postgres() {
    a_rotation_survives_kills(Kind::Postgres).await;
}

async fn a_rotation_survives_kills(kind: Kind) {
    let begun = Instant::now();
    let db = Db::new(kind);
    let file = db.folder().join("the.key");
    let mut shop = Shop::open(&db, &file).await;
    let old = fs::read_to_string(&file).expect("the old key");
    fs::write(&file, format!("{NEXT_KEY}\n{old}")).expect("both keys");
    let cells = cells(&db.reader().await).await;
    rotate(&db, &file).await;
    fs::write(&file, NEXT_KEY).expect("the new key alone");
    let reader = db.reader().await;
    for part in SERVER_KILLS {
        let mark = &cells[cells.len() * part / 100];
        let pid = shop.server.pid();
        let kill = || signal(pid, "-KILL");
        shop.trade_until(async || seal_of(&reader, mark).await > 1, kill).await;
        shop.server.kill();
        let newest = db.number("SELECT MAX(id) FROM data_keys").await;
        assert!(count_older(&reader, newest).await > 0, "the server was killed too late");
        shop.start(&db, &file).await;
    }
    shop.trade_until(async || seal_keys(&db).await == 1, || ()).await;
    drop(reader);
    shop.check_orders().await;
    shop.server.stop().await;

    let told = "SELECT COUNT(*) FROM journal WHERE kind = 'keys.dropped'";
    assert!(db.number(told).await > 0, "the journal tells of it");
    let output = run(&["verify", "--database", db.url(), "--json"]);
    let (report, complaint) = printed(&output);
    assert!(output.status.success(), "verify fails: {report} {complaint}");
    assert_proven(db.url(), &file);
    let store = db.store().await;
    let ring = |key: &str| KeyRing::parse(key).expect("a master key");
    assert!(open_vault(&store, &ring(&old)).await.is_err(), "the old key opens something");
    assert!(open_vault(&store, &ring(NEXT_KEY)).await.is_ok(), "the new key opens nothing");
    eprintln!("{} orders, all in {:?}", shop.next.load(Ordering::Relaxed), begun.elapsed());
}

async fn start(db: &Db, file: &Path) -> Server {
    let folder = db.folder().join("data");
    let args = ["demo", "--data", arg(&folder), "--database", db.url()];
    let more = ["--master-key-file", arg(file)];
    Server::start(db.folder(), &[&args[..], &more].concat()).await
}

/// Runs the command that rotates, kills it too early a few times, then lets it come to its end. Each time all of
/// it has happened or nothing: there is a key for each rotation that the journal tells of.
async fn rotate(db: &Db, file: &Path) {
    let args = ["keys", "rotate", "--reseal", "--by", "the night shift"];
    let args = [&args[..], &["--database", db.url(), "--master-key-file", arg(file)]].concat();
    let whole = async || {
        let newest = db.number("SELECT MAX(id) FROM data_keys").await;
        let told = "SELECT COUNT(*) FROM journal WHERE kind = 'keys.rotated'";
        assert_eq!(newest, FIRST_KEYS + db.number(told).await);
    };
    for pause in COMMAND_KILLS_MS {
        let mut command = tessera(&args);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut child = child.expect("the binary starts");
        tokio::time::sleep(Duration::from_millis(pause)).await;
        child.kill().expect("it can be killed");
        child.wait().expect("it has ended");
        whole().await;
    }
    let rotated = run(&args);
    assert!(rotated.status.success(), "{:?}", printed(&rotated));
    whole().await;
}

async fn seal_keys(db: &Db) -> i64 {
    db.number("SELECT COUNT(*) FROM data_keys WHERE purpose = 1").await
}

/// Every code there is, in the order in which they are sealed again.
async fn cells(reader: &Reader) -> Vec<SealedCell> {
    let rows = reader.sealed_after(&SEALED_TABLES[0], u32::MAX).await.expect("the codes");
    rows.into_iter().map(|row| row.cell).collect()
}

/// The key of the code that comes after a cell.
async fn seal_of(reader: &Reader, cell: &SealedCell) -> u32 {
    let next = reader.sealed_after(cell, 1).await.expect("a code");
    next.first().and_then(|row| seal_key_of(&row.sealed)).expect("a seal")
}

/// Codes that lie under an older key than this one.
async fn count_older(reader: &Reader, newest: i64) -> usize {
    let rows = reader.sealed_after(&SEALED_TABLES[0], u32::MAX).await.expect("the codes");
    rows.iter()
        .filter_map(|row| seal_key_of(&row.sealed))
        .filter(|key| i64::from(*key) < newest)
        .count()
}

/// A shop whose server is killed, and what its callers know.
struct Shop {
    server: Server,
    caller: Caller,
    sku: String,
    /// The next order's number: each has a buyer and an idempotency key of its own.
    next: AtomicUsize,
    /// Orders with their codes, as they were answered.
    sold: Mutex<Vec<Value>>,
    /// Orders that were sent and not answered.
    unanswered: Mutex<Vec<usize>>,
}

impl Shop {
    async fn open(db: &Db, file: &Path) -> Self {
        let server = start(db, file).await;
        let caller = server.new_merchant().await;
        // What costs nothing needs no wallet: each order brings a buyer, whose name is sealed.
        let sku = caller.sku(0, json!({})).await;
        caller.stock(&sku, "R", STOCK).await;
        let (sold, unanswered) = (Mutex::default(), Mutex::default());
        Self { server, caller, sku, next: AtomicUsize::new(0), sold, unanswered }
    }

    /// Starts again; what got no answer is asked for again, by the same keys.
    async fn start(&mut self, db: &Db, file: &Path) {
        self.server = start(db, file).await;
        self.caller = self.caller.at(self.server.url());
        let unanswered = std::mem::take(&mut *self.unanswered.lock().expect("no panic"));
        for n in unanswered {
            let order = self.order(n).await.expect("the server answers");
            self.sold.lock().expect("no panic").push(order);
        }
    }

    /// Callers order until something is true; then `end` comes, in the middle of their orders.
    async fn trade_until(&self, is_true: impl AsyncFn() -> bool, end: impl FnOnce()) {
        let open = AtomicBool::new(true);
        let wait = async {
            let begun = Instant::now();
            while !is_true().await {
                assert!(begun.elapsed() < PATIENCE, "the rotation does not go on");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            end();
            open.store(false, Ordering::Relaxed);
        };
        tokio::join!(join_all((0..CALLERS).map(|_| self.buy(&open))), wait);
    }

    /// One caller, until the shop closes or no answer comes.
    async fn buy(&self, open: &AtomicBool) {
        while open.load(Ordering::Relaxed) {
            let n = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(order) = self.order(n).await else {
                self.unanswered.lock().expect("no panic").push(n);
                return;
            };
            self.sold.lock().expect("no panic").push(order);
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Orders a code; none when no answer came. Whatever is answered is no failure.
    async fn order(&self, n: usize) -> Option<Value> {
        let body = Caller::order_body(&self.sku, 1, &format!("guest-{n}"));
        let ask = self.caller.request(Method::POST, "/v1/orders");
        let ask = ask.header("Idempotency-Key", format!("order-{n}")).json(&body);
        let answer = self.caller.try_send(ask).await.ok()?;
        assert_eq!(answer.status, 201, "{}", answer.text);
        Some(answer.json)
    }

    /// Every order shows the code that it was answered with, and no other order has it.
    async fn check_orders(&self) {
        let sold = std::mem::take(&mut *self.sold.lock().expect("no panic"));
        assert_eq!(sold.len(), self.next.load(Ordering::Relaxed));
        let codes: HashSet<String> =
            sold.iter().map(|order| order["deliveries"].to_string()).collect();
        assert_eq!(codes.len(), sold.len(), "a code went out twice");
        let check = async |order: &Value| {
            let path = format!("/v1/orders/{}/reveal", order["id"].as_str().expect("an id"));
            let shown = self.caller.post(&path, &json!({})).await;
            assert_eq!(shown.json["deliveries"], order["deliveries"], "{}", shown.text);
        };
        stream::iter(&sold).map(check).buffer_unordered(8).collect::<Vec<()>>().await;
    }
}

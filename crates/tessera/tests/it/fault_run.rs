//! A run of faults, drawn by seed: each is made under load, health must turn well again in time, and in the end nothing
//! that was acknowledged is lost, nothing happened twice, and no order is left in between.
//!
//! `cargo run -p xtask -- faults` runs it for ten minutes; a few faults are met with every `make test`.

use crate::process::{Server, arg, printed, run, signal};
use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use testkit::{Caller, Db, Kind};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::sleep;

/// How long the run is, in seconds, unless `TESSERA_FAULT_SECONDS` says otherwise.
const SECONDS: u64 = 4;
/// Callers that order at the same time.
const CALLERS: usize = 6;
/// How long an order waits for money here, in seconds.
const HOLD_SECONDS: &str = "3";
/// The end of a fault is told within this; starting a process comes on top of it.
const GREEN: Duration = Duration::from_secs(5);
/// Whatever is sent is answered within this, once all is well.
const PATIENCE: Duration = Duration::from_secs(60);
const BUYERS: usize = 4;
const CREDIT: i64 = 10_000_000;

/// What is done to a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Kill,
    Terminate,
    Freeze,
    Lock,
    FullDisk,
    MovedFiles,
    LostConnections,
    ReadOnly,
    Idlers,
    DrippingBodies,
    LogWithoutReader,
}

impl Fault {
    const OF_SQLITE: [Self; 9] = [
        Self::Kill,
        Self::Lock,
        Self::FullDisk,
        Self::MovedFiles,
        Self::Freeze,
        Self::Idlers,
        Self::DrippingBodies,
        Self::LogWithoutReader,
        Self::Terminate,
    ];
    const OF_POSTGRES: [Self; 9] = [
        Self::Kill,
        Self::Lock,
        Self::LostConnections,
        Self::ReadOnly,
        Self::Freeze,
        Self::Idlers,
        Self::DrippingBodies,
        Self::LogWithoutReader,
        Self::Terminate,
    ];
}

/// The shop, whose process comes and goes.
struct Stage {
    db: Db,
    home: PathBuf,
    server: Server,
    /// What reads the process's log, if that is a pipe.
    reader: Option<File>,
}

/// What the callers know.
struct Callers {
    shop: Mutex<Caller>,
    sku: String,
    /// Codes by the idempotency key of their order.
    acknowledged: Mutex<HashMap<String, Vec<String>>>,
    /// Orders without money, by id.
    held: Mutex<Vec<String>>,
    stop: AtomicBool,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_on_sqlite() {
    faults(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_on_postgres() {
    faults(Kind::Postgres).await;
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

async fn faults(kind: Kind) {
    let seed = setting("TESSERA_FAULT_SEED").unwrap_or_else(rand::random);
    let length = Duration::from_secs(setting("TESSERA_FAULT_SECONDS").unwrap_or(SECONDS));
    eprintln!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let mut stage = Stage::set(kind).await;
    let callers = Callers::prepare(&stage.server).await;
    let (begun, mut met) = (Instant::now(), Vec::new());
    let trade = join_all((0..CALLERS).map(|caller| callers.trade(caller)));
    let harm = async {
        let all = if kind == Kind::Sqlite { Fault::OF_SQLITE } else { Fault::OF_POSTGRES };
        while begun.elapsed() < length {
            let fault = all[random.random_range(0..all.len())];
            eprintln!("{:>6.1} s {fault:?}", begun.elapsed().as_secs_f32());
            stage.meet(fault, &mut random, &callers).await;
            stage.turns_well().await;
            callers.sells().await;
            met.push(fault);
        }
        callers.stop.store(true, Ordering::SeqCst);
    };
    tokio::join!(trade, harm);
    callers.check().await;
    stage.end().await;
    let sold = callers.acknowledged.lock().expect("no panic").len();
    eprintln!("{} faults, {sold} orders, {:?}", met.len(), begun.elapsed());
}

impl Stage {
    async fn set(kind: Kind) -> Self {
        let db = Db::new(kind);
        let home = db.folder().join("home");
        fs::create_dir(&home).expect("a folder");
        let url = match kind {
            Kind::Sqlite => format!("sqlite://{}", home.join("t.db").display()),
            Kind::Postgres => {
                let server = db.postgres().expect("a server");
                server.sql("CREATE ROLE clerk LOGIN").expect("a role");
                server.sql("GRANT CREATE, USAGE ON SCHEMA public TO clerk").expect("a right");
                server.sql("GRANT pg_signal_backend TO clerk").expect("a right");
                db.url().replace("postgres@", "clerk@")
            }
        };
        let server = Self::start(&db, &url, Stdio::null()).await;
        Self { db, home, server, reader: None }
    }

    /// Starts the demo so that it survives a limit on the size of files, as it survives a full disk.
    async fn start(db: &Db, url: &str, log: Stdio) -> Server {
        let mut command = Command::new("sh");
        let (program, data) = (env!("CARGO_BIN_EXE_tessera"), db.folder().join("data"));
        command
            .args(["-c", "trap '' XFSZ; exec \"$@\"", "sh", program, "demo", "--data", arg(&data)])
            .args(["--database", url, "--listen", "127.0.0.1:0", "--hold-seconds", HOLD_SECONDS])
            .stdin(Stdio::null());
        Server::spawn_logging(db.folder(), &mut command, log).await
    }

    fn url(&self) -> String {
        self.server.ready["database_url"].as_str().expect("a database").to_owned()
    }

    async fn restart(&mut self, log: Stdio, callers: &Callers) {
        let url = self.url();
        self.server = Self::start(&self.db, &url, log).await;
        let mut shop = callers.shop.lock().expect("no panic");
        *shop = shop.at(self.server.url());
    }

    async fn meet(&mut self, fault: Fault, random: &mut StdRng, callers: &Callers) {
        let a_while = Duration::from_millis(random.random_range(300..2_500));
        match fault {
            Fault::Kill => {
                sleep(a_while / 4).await;
                self.server.kill();
                self.restart(Stdio::null(), callers).await;
            }
            Fault::Terminate => {
                self.server.terminate();
                let begun = Instant::now();
                assert!(self.server.ended().await.success(), "the end was not orderly");
                assert!(begun.elapsed() < GREEN, "the end took {:?}", begun.elapsed());
                self.restart(Stdio::null(), callers).await;
            }
            Fault::LogWithoutReader => self.log_without_reader(callers).await,
            Fault::Freeze => {
                signal(self.server.pid(), "-STOP");
                sleep(a_while).await;
                signal(self.server.pid(), "-CONT");
            }
            Fault::Lock => self.lock(a_while).await,
            Fault::FullDisk => {
                self.limit_files("4096");
                sleep(a_while).await;
                self.limit_files("unlimited");
            }
            Fault::MovedFiles => {
                let elsewhere = self.db.folder().join("elsewhere");
                fs::rename(&self.home, &elsewhere).expect("the folder moves");
                sleep(a_while).await;
                fs::rename(&elsewhere, &self.home).expect("it comes back");
            }
            Fault::LostConnections => {
                for _ in 0..random.random_range(1..4) {
                    let lost = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE application_name LIKE 'tessera-%'";
                    self.sql(lost);
                    sleep(a_while / 4).await;
                }
            }
            Fault::ReadOnly => {
                let rights = "INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public";
                self.sql(&format!("REVOKE {rights} FROM clerk"));
                sleep(a_while).await;
                self.sql(&format!("GRANT {rights} TO clerk"));
            }
            Fault::Idlers => {
                let address = self.server.url().trim_start_matches("http://").to_owned();
                let idle = join_all((0..200).map(|_| TcpStream::connect(&address))).await;
                sleep(a_while).await;
                drop(idle);
            }
            Fault::DrippingBodies => {
                let address = self.server.url().trim_start_matches("http://").to_owned();
                let head = "POST /v1/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{";
                let mut slow = Vec::new();
                for _ in 0..50 {
                    let mut stream = TcpStream::connect(&address).await.expect("a connection");
                    stream.write_all(head.as_bytes()).await.expect("a head");
                    slow.push(stream);
                }
                sleep(a_while).await;
            }
        }
    }

    /// Starts it anew with a log that nobody reads any more, and lets it have something to tell.
    async fn log_without_reader(&mut self, callers: &Callers) {
        self.server.terminate();
        assert!(self.server.ended().await.success(), "the end was not orderly");
        let pipe = self.db.folder().join("pipe");
        if !pipe.exists() {
            let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
            assert!(made.success());
        }
        let reader = File::options().read(true).write(true).open(&pipe).expect("a reader");
        let log = File::options().write(true).open(&pipe).expect("the pipe");
        self.restart(Stdio::from(log), callers).await;
        drop(reader);
        self.reader = None;
        self.lock(Duration::from_millis(1_500)).await;
    }

    async fn lock(&self, a_while: Duration) {
        let settings = store::Settings { url: self.own_url(), readers: 1 };
        let mut conn = store::connect(&settings).await.expect("a connection");
        let text = match self.db.kind {
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => {
                "SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = 0; BEGIN; LOCK TABLE journal_head, pulses, orders"
            }
        };
        // Another writer may be quicker a few times.
        let begun = Instant::now();
        while let Err(error) = conn.raw(text).await {
            assert!(begun.elapsed() < PATIENCE, "{error}");
            // Only PostgreSQL is in a transaction after that.
            let _ = conn.raw("ROLLBACK").await;
        }
        sleep(a_while).await;
        conn.raw("ROLLBACK").await.expect("the lock ends");
        conn.close().await;
    }

    /// The database, as somebody with every right reaches it.
    fn own_url(&self) -> String {
        self.url().replace("clerk@", "postgres@")
    }

    fn sql(&self, text: &str) {
        self.db.postgres().expect("a server").sql(text).expect("the statement runs");
    }

    fn limit_files(&self, size: &str) {
        let pid = self.server.pid().to_string();
        let limit = format!("--fsize={size}:unlimited");
        let set = Command::new("prlimit").args(["--pid", &pid, &limit]).status();
        assert!(set.expect("prlimit runs").success());
    }

    async fn turns_well(&self) {
        let begun = Instant::now();
        loop {
            let answer = reqwest::get(format!("{}/readyz", self.server.url())).await;
            let answer = answer.expect("an answer");
            if answer.status() == 200 {
                return;
            }
            let said = answer.text().await.unwrap_or_default();
            assert!(begun.elapsed() < GREEN, "it stays red: {said}");
            sleep(Duration::from_millis(50)).await;
        }
    }

    async fn end(self) {
        let url = self.own_url();
        self.server.stop().await;
        let output = run(&["verify", "--database", &url]);
        assert!(output.status.success(), "{:?}", printed(&output));
    }
}

impl Callers {
    async fn prepare(server: &Server) -> Self {
        let shop = server.new_merchant().await;
        let sku = shop.sku(1, json!({})).await;
        shop.stock(&sku, "R", 60_000).await;
        for buyer in 0..BUYERS {
            shop.credit(&format!("buyer-{buyer}"), CREDIT).await;
        }
        Self {
            shop: Mutex::new(shop),
            sku,
            acknowledged: Mutex::default(),
            held: Mutex::default(),
            stop: AtomicBool::new(false),
        }
    }

    /// Orders, with money and without, until it is told to stop; each is sent until its outcome is known.
    async fn trade(&self, caller: usize) {
        let mut n = 0;
        while !self.stop.load(Ordering::SeqCst) {
            n += 1;
            let key = format!("order-{caller}-{n}");
            if n % 10 == 0 {
                self.hold(&key).await;
            } else {
                self.buy(&key, caller).await;
            }
            sleep(Duration::from_millis(15)).await;
        }
    }

    async fn buy(&self, key: &str, caller: usize) {
        let body = Caller::order_body(&self.sku, 1, &format!("buyer-{}", caller % BUYERS));
        let order = self.until_known(key, &body).await;
        let deliveries = order["deliveries"].as_array().expect("deliveries");
        let code = |d: &Value| d["code"]["number"].as_str().expect("a number").to_owned();
        let codes = deliveries.iter().map(code).collect();
        self.acknowledged.lock().expect("no panic").insert(key.to_owned(), codes);
    }

    async fn hold(&self, key: &str) {
        let mut body = Caller::order_body(&self.sku, 1, &format!("guest-{key}"));
        body.as_object_mut().expect("an object").remove("pay");
        let order = self.until_known(key, &body).await;
        let id = order["id"].as_str().expect("an id").to_owned();
        self.held.lock().expect("no panic").push(id);
    }

    async fn until_known(&self, key: &str, body: &Value) -> Value {
        let begun = Instant::now();
        loop {
            let shop = self.shop.lock().expect("no panic").clone();
            let ask = shop.request(reqwest::Method::POST, "/v1/orders");
            let ask = ask.header("Idempotency-Key", key).json(body);
            match shop.try_send(ask).await {
                Ok(answer) if answer.status == 201 => return answer.json,
                Ok(answer) => assert!(answer.status >= 500, "{key}: {}", answer.text),
                Err(_) => {}
            }
            assert!(begun.elapsed() < PATIENCE, "{key} is never known");
            sleep(Duration::from_millis(30)).await;
        }
    }

    /// One more order, now that all is well.
    async fn sells(&self) {
        let begun = Instant::now();
        self.buy(&format!("after-{}", rand::random::<u64>()), 0).await;
        assert!(begun.elapsed() < GREEN, "an order took {:?}", begun.elapsed());
    }

    /// What was acknowledged is there, once; nothing else was sold; nothing waits for ever.
    async fn check(&self) {
        let shop = self.shop.lock().expect("no panic").clone();
        let acknowledged = self.acknowledged.lock().expect("no panic").clone();
        let codes: Vec<&String> = acknowledged.values().flatten().collect();
        assert_eq!(
            codes.iter().collect::<HashSet<_>>().len(),
            codes.len(),
            "a code went out twice"
        );
        for (key, promised) in acknowledged.iter().take(200) {
            let caller = key.split('-').nth(1).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
            let caller = if key.starts_with("after") { 0 } else { caller };
            let body = Caller::order_body(&self.sku, 1, &format!("buyer-{}", caller % BUYERS));
            let again = shop.post_as("/v1/orders", &body, key).await;
            assert!(again.status == 201 && again.replayed, "{key} is lost: {}", again.text);
            assert_eq!(
                again.json["deliveries"][0]["code"]["number"],
                promised[0].as_str(),
                "{key}"
            );
        }
        let held = self.held.lock().expect("no panic").clone();
        let begun = Instant::now();
        for id in &held {
            while shop.get(&format!("/v1/orders/{id}")).await.json["state"] != "cancelled" {
                assert!(begun.elapsed() < Duration::from_secs(20), "{id} waits for ever");
                sleep(Duration::from_millis(50)).await;
            }
        }
        let sku = shop.get(&format!("/v1/skus/{}", self.sku)).await;
        assert_eq!(sku.json["stock"], 60_000 - codes.len(), "{}", sku.text);
    }
}

//! A run of faults, drawn by seed: each is made under load, health must turn well again in time, and in the end nothing
//! that was acknowledged is lost, nothing happened twice, and no order is left in between.
//!
//! `cargo run -p xtask -- faults` runs it for ten minutes; a few faults are met with every `make test`.

mod callers;
mod clock;
mod harm;

use crate::process::{Server, arg, assert_proven, printed, program, run};
use callers::Callers;
use clock::Clock;
use futures_util::future::join_all;
use harm::Fault;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use testkit::{Db, Kind};
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

/// The shop, whose process comes and goes.
struct Stage {
    db: Db,
    home: PathBuf,
    server: Server,
    clock: Clock,
    /// How many codes were harmed.
    flipped: u64,
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
        let all = Fault::all(kind);
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
    callers.check(stage.flipped).await;
    stage.end().await;
    let sold = callers.acknowledged.lock().expect("no panic").len();
    eprintln!("{} faults, {sold} orders, {:?}", met.len(), begun.elapsed());
}

impl Stage {
    async fn set(kind: Kind) -> Self {
        let db = Db::new(kind);
        let home = db.folder().join("home");
        fs::create_dir(&home).expect("a folder");
        let clock = Clock::new(db.folder());
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
        let server = Self::start(&db, &url, &clock, Stdio::null()).await;
        Self { db, home, server, clock, flipped: 0 }
    }

    /// Starts the demo so that it survives a limit on the size of files, as it survives a full disk.
    async fn start(db: &Db, url: &str, clock: &Clock, log: Stdio) -> Server {
        let mut command = program("sh");
        let (binary, data) = (env!("CARGO_BIN_EXE_tessera"), db.folder().join("data"));
        command
            .args(["-c", "trap '' XFSZ; exec \"$@\"", "sh", binary, "demo", "--data", arg(&data)])
            .args(["--database", url, "--listen", "127.0.0.1:0", "--hold-seconds", HOLD_SECONDS])
            .stdin(Stdio::null());
        clock.lead(&mut command);
        Server::spawn_logging(db.folder(), &mut command, log).await
    }

    fn url(&self) -> String {
        self.server.ready["database_url"].as_str().expect("a database").to_owned()
    }

    async fn restart(&mut self, log: Stdio, callers: &Callers) {
        let url = self.url();
        self.server = Self::start(&self.db, &url, &self.clock, log).await;
        let mut shop = callers.shop.lock().expect("no panic");
        *shop = shop.at(self.server.url());
    }

    /// The database, as somebody with every right reaches it.
    fn own_url(&self) -> String {
        self.url().replace("clerk@", "postgres@")
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
        assert_proven(&url, &self.db.folder().join("data/master.key"));
    }
}

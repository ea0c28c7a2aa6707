//! What is done to a shop, and how it ends.

use super::callers::Callers;
use super::{GREEN, PATIENCE, Stage};
use crate::process::signal;
use futures_util::future::join_all;
use kernel::SkuId;
use rand::RngExt;
use rand::rngs::StdRng;
use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use testkit::Kind;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::sleep;

/// What is done to a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
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
    ClockSteps,
    FlippedBytes,
}

impl Fault {
    /// What can be done to a shop on this engine.
    pub fn all(kind: Kind) -> &'static [Self] {
        if kind == Kind::Sqlite { &Self::OF_SQLITE } else { &Self::OF_POSTGRES }
    }

    const OF_SQLITE: [Self; 11] = [
        Self::Kill,
        Self::Lock,
        Self::FullDisk,
        Self::MovedFiles,
        Self::Freeze,
        Self::Idlers,
        Self::DrippingBodies,
        Self::LogWithoutReader,
        Self::ClockSteps,
        Self::FlippedBytes,
        Self::Terminate,
    ];
    const OF_POSTGRES: [Self; 11] = [
        Self::Kill,
        Self::Lock,
        Self::LostConnections,
        Self::ReadOnly,
        Self::Freeze,
        Self::Idlers,
        Self::DrippingBodies,
        Self::LogWithoutReader,
        Self::ClockSteps,
        Self::FlippedBytes,
        Self::Terminate,
    ];
}

impl Stage {
    /// Makes a fault and ends it.
    pub async fn meet(&mut self, fault: Fault, random: &mut StdRng, callers: &Callers) {
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
            Fault::ClockSteps => {
                let days = 2 * 86_400;
                self.clock.set(random.random_range(-days..days));
                sleep(a_while).await;
                self.clock.set(0);
            }
            Fault::FlippedBytes => self.flip(callers, random.random_range(0..20)).await,
        }
    }

    /// Flips a byte of a code that is for sale, so many places from the one that is sold next.
    async fn flip(&mut self, callers: &Callers, place: u32) {
        let sku = SkuId::parse(&callers.sku).expect("a SKU").0;
        let sku = sku.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let (sku, flipped) = match self.db.kind {
            Kind::Sqlite => (
                format!("x'{sku}'"),
                "CAST(substr(sealed, 1, length(sealed) - 1) || CASE substr(sealed, -1) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)",
            ),
            Kind::Postgres => (
                format!("'\\x{sku}'::bytea"),
                "set_byte(sealed, length(sealed) - 1, get_byte(sealed, length(sealed) - 1) # 1)",
            ),
        };
        let harm = format!(
            "UPDATE codes SET sealed = {flipped} WHERE sku = {sku} AND position = (SELECT position FROM codes
             WHERE sku = {sku} AND state = 1 ORDER BY position LIMIT 1 OFFSET {place})"
        );
        // A code that is being sold was looked at already and would be harmed after that: no sale is under way meanwhile.
        // SQLite has one writer anyway.
        let harm = match self.db.kind {
            Kind::Sqlite => harm,
            Kind::Postgres => {
                format!("BEGIN; LOCK TABLE accounts IN EXCLUSIVE MODE; {harm}; COMMIT")
            }
        };
        let settings = store::Settings { url: self.own_url(), readers: 1 };
        let mut conn = store::connect(&settings).await.expect("a connection");
        let begun = Instant::now();
        while let Err(error) = conn.raw(&harm).await {
            assert!(begun.elapsed() < PATIENCE, "{error}");
            // Only PostgreSQL is in a transaction after that.
            let _ = conn.raw("ROLLBACK").await;
        }
        conn.close().await;
        self.flipped += 1;
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
        self.lock(Duration::from_millis(1_500)).await;
    }

    async fn lock(&self, a_while: Duration) {
        let settings = store::Settings { url: self.own_url(), readers: 1 };
        let mut conn = store::connect(&settings).await.expect("a connection");
        let text = match self.db.kind {
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => {
                "SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = 0; BEGIN; LOCK TABLE journal_heads, pulses, orders"
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

    fn sql(&self, text: &str) {
        self.db.postgres().expect("a server").sql(text).expect("the statement runs");
    }

    fn limit_files(&self, size: &str) {
        let pid = self.server.pid().to_string();
        let limit = format!("--fsize={size}:unlimited");
        let set = Command::new("prlimit").args(["--pid", &pid, &limit]).status();
        assert!(set.expect("prlimit runs").success());
    }
}

//! A throw-away PostgreSQL server for tests and for `tessera bench`.
//!
//! [`PgTemp::start`] makes a new cluster in the system's temporary directory and serves it on a
//! free port of 127.0.0.1. The server and its files go away with the value, when a test panics,
//! and also when our process is killed with -9 (see [`guard`]).

mod cluster;
mod guard;
mod programs;

use crate::cluster::Cluster;
use crate::guard::Guard;
use anyhow::{Context, Result, bail, ensure};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often a start is tried again because another process took the port first.
const PORT_ATTEMPTS_MAX: u32 = 5;
/// Files of 16 MiB that a durable server's log grows to, and keeps.
pub const LOG_FILES: u32 = 256;
/// What a server of PostgreSQL 15 takes at least to be of use, in MiB.
const BUFFERS_MIB_MIN: u64 = 128;
/// The longest wait for the server to accept connections.
const START_SECONDS_MAX: u64 = 60;

/// What a throw-away server should be like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settings {
    /// True: commits wait for the disk and memory is a quarter of the machine's, as in production.
    /// False: nothing waits for the disk, which is right for tests of behaviour.
    pub durable: bool,
}

/// A running PostgreSQL server that lives as long as this value.
#[derive(Debug)]
pub struct PgTemp {
    // Fields drop in this order: the server first, then its files.
    guard: Guard,
    cluster: Cluster,
    port: u16,
    postmaster: u32,
}

impl PgTemp {
    /// Starts a server. Fails with the name of the Debian package when PostgreSQL is not installed.
    pub fn start(settings: Settings) -> Result<Self> {
        let cluster = Cluster::create(settings.durable)?;
        for _ in 0..PORT_ATTEMPTS_MAX {
            let port = free_port()?;
            let mut guard = Guard::spawn(&cluster, &server_arguments(&cluster, settings, port))?;
            if let Some(postmaster) = wait_until_ready(&cluster, &mut guard)? {
                return Ok(Self { guard, cluster, port, postmaster });
            }
        }
        bail!("PostgreSQL found no free port on 127.0.0.1 in {PORT_ATTEMPTS_MAX} attempts")
    }

    /// The address of the database `postgres`, as superuser and without a password.
    pub fn url(&self) -> String {
        self.database_url("postgres")
    }

    /// Creates an empty database and answers its address. Names are `[a-z0-9_]`, 63 at most.
    pub fn create_database(&self, name: &str) -> Result<String> {
        check_name(name)?;
        self.sql(&format!("create database {name}"))?;
        Ok(self.database_url(name))
    }

    /// Drops a database, and the connections that are still open to it.
    pub fn drop_database(&self, name: &str) -> Result<()> {
        check_name(name)?;
        self.sql(&format!("drop database {name} with (force)"))?;
        Ok(())
    }

    /// Runs one statement in the database `postgres` and answers what `psql -At` prints.
    pub fn sql(&self, statement: &str) -> Result<String> {
        self.cluster.psql(&self.url(), statement)
    }

    /// Gives a durable server the write-ahead log of one that has run for a while: files of 16 MiB that it writes again
    /// instead of making new ones. Making one holds every commit up, for 50 ms where this was measured.
    pub fn fill_log(&self, files: u32) -> Result<()> {
        self.sql(&format!(
            "DO $$ BEGIN FOR i IN 1..{files} LOOP
                PERFORM pg_logical_emit_message(false, '', ''); PERFORM pg_switch_wal();
            END LOOP; END $$"
        ))?;
        self.sql("CHECKPOINT")?;
        Ok(())
    }

    /// The processes whose descendants do the server's work, for accounting of CPU time.
    pub fn pids(&self) -> Vec<u32> {
        vec![self.postmaster]
    }

    /// The process that ends the server when the pipe to us closes. Its parent is this process.
    pub fn guard_pid(&self) -> u32 {
        self.guard.pid()
    }

    /// The directory with everything that the server keeps: its data, its write-ahead log, its log.
    pub fn directory(&self) -> &Path {
        self.cluster.directory()
    }

    fn database_url(&self, name: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }
}

fn check_name(name: &str) -> Result<()> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    let starts_well = name.bytes().next().is_some_and(|b| b.is_ascii_lowercase() || b == b'_');
    ensure!(
        starts_well && name.len() <= 63 && name.bytes().all(plain),
        "a database name is 1 to 63 of a-z, 0-9 and _, without a digit in front: {name:?}"
    );
    Ok(())
}

/// A port that was free a moment ago. Another process may take it before PostgreSQL does.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

fn server_arguments(cluster: &Cluster, settings: Settings, port: u16) -> Vec<String> {
    let mut parameters = vec![
        format!("port={port}"),
        "listen_addresses=127.0.0.1".to_string(),
        format!("unix_socket_directories={}", cluster.data().display()),
        "max_connections=200".to_string(),
        format!("max_wal_size={}MB", LOG_FILES * 16),
        "logging_collector=off".to_string(),
    ];
    if settings.durable {
        parameters.push(format!("shared_buffers={}MB", buffers_mib()));
        parameters.push(format!("min_wal_size={}MB", LOG_FILES * 16));
    } else {
        let careless =
            ["shared_buffers=128MB", "fsync=off", "synchronous_commit=off", "full_page_writes=off"];
        parameters.extend(careless.map(str::to_owned));
    }

    let mut arguments = vec!["-D".to_string(), cluster.data().display().to_string()];
    for parameter in parameters {
        arguments.extend(["-c".to_string(), parameter]);
    }
    arguments
}

/// A quarter of the machine's memory, as PostgreSQL's manual advises for `shared_buffers`.
fn buffers_mib() -> u64 {
    let known = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = known.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib = total.and_then(|total| total.trim().strip_suffix(" kB")?.parse().ok());
    kib.map_or(BUFFERS_MIB_MIN, |kib: u64| kib / 1024 / 4).max(BUFFERS_MIB_MIN)
}

/// The postmaster's process id, or `None` when the port was taken by somebody else.
fn wait_until_ready(cluster: &Cluster, guard: &mut Guard) -> Result<Option<u32>> {
    let deadline = Instant::now() + Duration::from_secs(START_SECONDS_MAX);
    loop {
        if let Some(postmaster) = cluster.ready_postmaster() {
            return Ok(Some(postmaster));
        }
        let ended = guard.has_ended()?;
        if ended && cluster.log().contains("could not create any TCP/IP sockets") {
            return Ok(None);
        }
        ensure!(!ended, "PostgreSQL did not start:\n{}", cluster.log());
        ensure!(
            Instant::now() < deadline,
            "PostgreSQL was not ready after {START_SECONDS_MAX} s:\n{}",
            cluster.log()
        );
        std::thread::sleep(Duration::from_millis(10));
    }
}

//! The server under test: this same program as a child process, on temporary data.

use super::asker::Asker;
use super::{BenchArgs, Engine, Work, raw_run, sign_ins};
use anyhow::{Context, Result, bail};
use pgtemp::{LOG_FILES, PgTemp, Settings};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::ffi::OsString;
use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The longest wait for a server's ready file.
const READY_SECONDS_MAX: u64 = 120;
/// How often the ready file is looked for.
const READY_POLL: Duration = Duration::from_millis(10);
/// Characters of the server's log that are shown when it does not start.
const LOG_CHARS_SHOWN: usize = 2000;

/// A process that is killed when this value goes away.
struct Process {
    child: Child,
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait().map(drop)) {
            eprintln!("the server under test could not be ended: {error}");
        }
    }
}

/// A running `tessera demo` with its database.
pub struct Server {
    // Fields drop in this order: the program, its database, its files.
    process: Process,
    _postgres: Option<PgTemp>,
    directory: TempDir,
    arguments: Vec<OsString>,
    /// What the server wrote to its ready file.
    pub ready: Ready,
}

/// The part of the demo's ready file that the bench needs.
#[derive(Debug, Deserialize)]
pub struct Ready {
    /// Where the server listens.
    pub url: String,
    /// The seeded merchants, of which the first is used.
    pub merchants: Vec<ReadyMerchant>,
}

/// One merchant of the ready file.
#[derive(Debug, Deserialize)]
pub struct ReadyMerchant {
    /// A key with every merchant scope and without a rate limit.
    pub secret_key: String,
    /// Where buyers come in.
    pub shop_url: String,
    /// What is for sale.
    pub skus: Vec<ReadySku>,
}

/// One SKU of the ready file.
#[derive(Debug, Deserialize)]
pub struct ReadySku {
    /// Its id.
    pub id: String,
}

/// A PostgreSQL server of the bench's own, unless the arguments name another database.
pub async fn postgres(args: &BenchArgs) -> Result<Option<PgTemp>> {
    if args.engine != Engine::Postgres || args.database.is_some() {
        return Ok(None);
    }
    // Making a cluster and its log takes seconds of plain waiting.
    let start = || -> Result<PgTemp> {
        let server = PgTemp::start(Settings { durable: true })?;
        server.fill_log(LOG_FILES)?;
        Ok(server)
    };
    Ok(Some(tokio::task::spawn_blocking(start).await.context("PostgreSQL's start")??))
}

impl Server {
    /// Starts the program on the engine that the arguments name.
    pub async fn start(args: &BenchArgs) -> Result<Self> {
        let directory = temporary_directory()?;
        let postgres = postgres(args).await?;
        let database = args.database.clone().or_else(|| postgres.as_ref().map(PgTemp::url));
        let data = directory.path().join("data");
        if args.stored > 0 {
            raw_run::preload(&data, database.as_deref(), args).await?;
        }
        let mut arguments: Vec<OsString> = vec!["demo".into()];
        arguments.extend(["--data".into(), data.into()]);
        if matches!(args.work, Work::Saves | Work::Lists) {
            arguments.push("--sample-kinds".into());
        }
        if args.work == Work::SignIns {
            arguments.extend(sign_ins::FLAGS.map(OsString::from));
        }
        if let Some(database) = database {
            arguments.extend(["--database".into(), database.into()]);
        }
        if let Some(batch_max) = args.batch_max {
            arguments.extend(["--batch-max".into(), batch_max.to_string().into()]);
        }
        let (process, ready) = spawn(&arguments, directory.path()).await?;
        Ok(Self { process, _postgres: postgres, directory, arguments, ready })
    }

    /// Kills the program and starts it again over the same data.
    pub async fn restart(self) -> Result<Self> {
        let Self { process, _postgres, directory, arguments, .. } = self;
        drop(process);
        let old = directory.path().join("ready.json");
        fs::remove_file(old).context("cannot remove the old ready file")?;
        let (process, ready) = spawn(&arguments, directory.path()).await?;
        Ok(Self { process, _postgres, directory, arguments, ready })
    }

    /// Memory that the program holds, without its database, in KiB (`VmRSS` of proc(5)).
    pub fn resident_kib(&self) -> Result<u64> {
        let file = format!("/proc/{}/status", self.process.child.id());
        let status = fs::read_to_string(&file).with_context(|| format!("cannot read {file}"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
        kib.context("no VmRSS")?.parse().context("VmRSS is no number")
    }

    /// Where to connect.
    pub fn address(&self) -> Result<SocketAddr> {
        address_of(&self.ready.url)
    }

    /// The secret key of the first merchant.
    pub fn secret_key(&self) -> Result<&str> {
        let first = self.ready.merchants.first().context("the demo seeded no merchant")?;
        Ok(&first.secret_key)
    }

    /// Requests to the server with that key.
    pub fn asker(&self) -> Result<Asker> {
        Asker::new(&self.address()?.to_string(), self.secret_key()?)
    }
}

/// A running echo server.
pub struct EchoServer {
    _process: Process,
    _directory: TempDir,
    /// Where to connect.
    pub address: SocketAddr,
}

impl EchoServer {
    /// Starts the program's hidden `bench-echo-server`.
    pub async fn start() -> Result<Self> {
        #[derive(Deserialize)]
        struct Ready {
            url: String,
        }
        let directory = temporary_directory()?;
        let arguments = ["bench-echo-server".into()];
        let (process, ready): (_, Ready) = spawn(&arguments, directory.path()).await?;
        let address = address_of(&ready.url)?;
        Ok(Self { _process: process, _directory: directory, address })
    }
}

fn temporary_directory() -> Result<TempDir> {
    tempfile::Builder::new()
        .prefix("tessera-bench-")
        .tempdir()
        .context("cannot make a temporary directory")
}

/// Starts this program with a free port and a ready file, and waits until it is ready.
async fn spawn<R: DeserializeOwned>(
    arguments: &[OsString],
    directory: &Path,
) -> Result<(Process, R)> {
    let ready_file = directory.join("ready.json");
    let log = directory.join("log");
    let child = Command::new(std::env::current_exe().context("where is this program?")?)
        .args(arguments)
        .args(["--listen", "127.0.0.1:0", "--ready-file"])
        .arg(&ready_file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(&log).context("cannot make the server's log")?)
        .spawn()
        .context("cannot start the server under test")?;
    let mut process = Process { child };
    let ready = wait_until_ready(&mut process, &ready_file, &log).await?;
    Ok((process, serde_json::from_slice(&ready).context("the ready file is not as agreed")?))
}

async fn wait_until_ready(process: &mut Process, file: &PathBuf, log: &Path) -> Result<Vec<u8>> {
    let deadline = Instant::now() + Duration::from_secs(READY_SECONDS_MAX);
    loop {
        // The file appears whole, by a rename.
        if let Ok(ready) = fs::read(file) {
            return Ok(ready);
        }
        if let Some(status) = process.child.try_wait().context("cannot ask for the server")? {
            bail!("the server under test ended with {status}:\n{}", tail(log));
        }
        if Instant::now() > deadline {
            bail!("the server was not ready after {READY_SECONDS_MAX} s:\n{}", tail(log));
        }
        tokio::time::sleep(READY_POLL).await;
    }
}

fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let skipped = text.chars().count().saturating_sub(LOG_CHARS_SHOWN);
    text.chars().skip(skipped).collect()
}

fn address_of(url: &str) -> Result<SocketAddr> {
    let host = url.strip_prefix("http://").unwrap_or(url).trim_end_matches('/');
    host.parse().with_context(|| format!("no address in {url}"))
}

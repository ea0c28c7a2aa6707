//! Configuration: a commented file, the environment, the command line; the later wins.

use anyhow::{Context, Result};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use kernel::{Mode, limits};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use vault::{KeyRing, KeySource};

/// Everything a server needs to know. See `tessera.toml` for the words of each.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub database: String,
    pub listen: SocketAddr,
    pub metrics_listen: Option<SocketAddr>,
    pub master_key_file: Option<PathBuf>,
    pub batch_max: usize,
    pub queue_max: usize,
    pub readers: u32,
    pub log: String,
    pub public_url: Option<String>,
    pub hold_seconds: u32,
    pub trusted_proxies: Vec<String>,
    pub pages_per_minute: NonZeroU32,
    pub connections_max: usize,
    pub connections_per_address: usize,
    pub state_dir: Option<PathBuf>,
    pub files: Option<String>,
    pub allow_fsync_off: bool,
    pub allow_plain_http: bool,
    pub password_days: Option<NonZeroU32>,
    pub sandbox: Option<String>,
    pub smtp_url: Option<String>,
    pub smtp_from: Option<String>,
    pub checkpoint_dir: Option<PathBuf>,
    pub checkpoint_seconds: NonZeroU32,
    /// In which mode a person acts who does not say; another one only in the demo.
    #[serde(skip, default = "live")]
    pub default_mode: Mode,
}

fn live() -> Mode {
    Mode::Live
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: "sqlite://tessera.db".to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: None,
            master_key_file: None,
            batch_max: limits::BATCH_COMMANDS_MAX,
            queue_max: limits::INTERACTIVE_QUEUE_MAX,
            readers: 8,
            log: "info".to_owned(),
            public_url: None,
            hold_seconds: limits::HOLD_SECONDS,
            trusted_proxies: Vec::new(),
            pages_per_minute: limits::PAGES_PER_MINUTE,
            connections_max: limits::CONNECTIONS_MAX,
            connections_per_address: limits::CONNECTIONS_ADDRESS_MAX,
            state_dir: None,
            files: None,
            allow_fsync_off: false,
            allow_plain_http: false,
            password_days: None,
            sandbox: None,
            smtp_url: None,
            smtp_from: None,
            default_mode: Mode::Live,
            checkpoint_dir: None,
            checkpoint_seconds: limits::CHECKPOINT_SECONDS,
        }
    }
}

/// Flags that override the file and the environment.
#[derive(Debug, Clone, Default, clap::Args, Serialize)]
pub struct Overrides {
    /// Configuration file.
    #[arg(long, env = "TESSERA_CONFIG")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Database: sqlite://FILE or postgres://….
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// Address to listen on; port 0 takes any free one.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// Address for Prometheus to read metrics from; none is given without it.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics_listen: Option<SocketAddr>,
    /// File with the master key.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub master_key_file: Option<PathBuf>,
    /// Commands that share a commit, at most.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1024))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_max: Option<u32>,
    /// Where buyers reach this server, as https://shop.example; its own address when absent.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// Seconds that an order waits for a payment with its pieces held.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::HOLD_SECONDS_MAX)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold_seconds: Option<u32>,
    /// Networks of proxies whose `X-Forwarded-For` is believed, with commas between: 10.0.0.0/8,::1.
    #[arg(long, value_delimiter = ',')]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trusted_proxies: Vec<String>,
    /// Pages that one address may open in a minute.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages_per_minute: Option<NonZeroU32>,
    /// Connections of callers at the same time, at most.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connections_max: Option<u32>,
    /// Connections from one address without a valid key, at most.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connections_per_address: Option<u32>,
    /// Folder in which is kept what was acknowledged last; `state` beside the key file when absent.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_dir: Option<PathBuf>,
    /// Where uploaded pictures are kept: a folder, or s3://BUCKET/PREFIX; `files` beside the database file when absent.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<String>,
    /// Where payment accounts of test mode ask, as http://127.0.0.1:8090: a `tessera sandbox`; nobody without it.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<String>,
    /// Serve over a PostgreSQL that may lose what it committed (`fsync = off`).
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allow_fsync_off: bool,
    /// Let people sign in over plain http from other machines.
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allow_plain_http: bool,
    /// Days after which people must choose another password; never without it.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_days: Option<NonZeroU32>,
    /// Folder to which each checkpoint of the journal is written, in a file of its own: best on another machine, where
    /// nothing can be changed again.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkpoint_dir: Option<PathBuf>,
    /// Seconds between two checkpoints of the journal.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkpoint_seconds: Option<NonZeroU32>,
}

impl Config {
    /// Reads file and environment, then applies the flags.
    pub fn read(flags: &Overrides) -> Result<Self> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = &flags.config {
            figment = figment.merge(Toml::file_exact(file));
        }
        figment
            .merge(Env::prefixed("TESSERA_").ignore(&["config", "master_key", "key"]))
            .merge(Serialized::defaults(flags))
            .extract()
            .context("the configuration cannot be read")
    }

    /// The folder in which is kept what was acknowledged last; none when nothing says where.
    pub fn state_dir(&self) -> Option<PathBuf> {
        let beside = || Some(self.master_key_file.as_ref()?.with_file_name("state"));
        self.state_dir.clone().or_else(beside)
    }

    /// Where uploaded pictures are kept: where it says, else beside the database file or in the folder that it runs in.
    pub fn files_place(&self) -> String {
        let file = self
            .database
            .strip_prefix("sqlite://")
            .map(|file| file.split('?').next().unwrap_or(file));
        let beside = file.map(|file| Path::new(file).with_file_name("files"));
        let beside = beside.unwrap_or_else(|| PathBuf::from("files"));
        self.files.clone().unwrap_or_else(|| beside.display().to_string())
    }

    /// Where the master keys come from: their file or the environment. There is no default.
    pub fn master_keys(&self) -> Result<KeySource> {
        if let Some(file) = &self.master_key_file {
            return Ok(KeySource::File(file.clone()));
        }
        let text = std::env::var("TESSERA_MASTER_KEY").ok().context(
            "no master key: give --master-key-file FILE or set TESSERA_MASTER_KEY (base64 of 32 random \
             bytes, as `head -c 32 /dev/urandom | base64` prints)",
        )?;
        let ring = KeyRing::parse(&text).context("TESSERA_MASTER_KEY cannot be used")?;
        Ok(KeySource::Given(ring))
    }
}

//! Serve: database, engine, work and HTTP, wired together and ended in order.

use crate::config::{Config, Overrides};
use crate::{descriptors, logging, mail, ready};
use anyhow::{Context, Result, anyhow, bail};
use deliver::payment::{Channels, Gateways};
use domain::resource::AnyKind;
use domain::resource::registry::KINDS;
use edge::listen::{self, Crowd};
use engine::{Ended, Engine, Limits, Settings, keep_running};
use kernel::limits;
use serde::Serialize;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vault::KeySource;

/// Connections to the metrics, which few programs ask for.
const METRICS_CONNECTIONS_MAX: usize = 16;
/// How long the end waits for connections that callers keep open.
const CONNECTIONS_PATIENCE: Duration = Duration::from_secs(2);
/// How often it looks whether they are gone.
const CONNECTIONS_POLL: Duration = Duration::from_millis(20);
/// How long an end waits for a part that is lost.
const LOST_PATIENCE: Duration = Duration::from_secs(5);
/// How often a part that is lost for good is looked for, of which the process ends.
const LIVES_EVERY: Duration = Duration::from_secs(1);

/// Arguments of `tessera serve`.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    #[command(flatten)]
    overrides: Overrides,
    /// Make a new shop where there is none yet; harmless where there is one.
    #[arg(long)]
    create: bool,
    /// File to write, once the server answers, with its address.
    #[arg(long)]
    ready_file: Option<PathBuf>,
}

/// Whether an empty database becomes a new shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Create {
    /// It does.
    Allowed,
    /// It is taken for a mistyped address.
    Refused,
}

#[derive(Serialize)]
struct Ready<'a> {
    url: String,
    console_url: String,
    database_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    metrics_url: Option<String>,
}

/// A running server.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its engine.
    pub engine: Engine,
    /// Its HTTP edge.
    pub app: edge::App,
    metrics: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    crowd: Arc<Crowd>,
    work: JoinHandle<()>,
}

/// Serves until a signal ends it.
pub async fn run(args: ServeArgs) -> Result<()> {
    let config = Config::read(&args.overrides)?;
    let _logging = logging::start(&config.log)?;
    ready::clear(args.ready_file.as_deref())?;
    let create = if args.create { Create::Allowed } else { Create::Refused };
    let server = Server::start(&config, config.master_keys()?, create, KINDS).await?;
    if let Some(url) = &config.smtp_url {
        let from = config.smtp_from.as_deref().unwrap_or_default();
        server.app.set_outbox(mail::outbox(url, from)?);
    }
    offer_set_up(&server).await;
    let signals = Signals::listen()?;
    if let Some(file) = &args.ready_file {
        let ready = Ready {
            url: server.url(),
            console_url: server.console_url(),
            database_url: &config.database,
            metrics_url: server.metrics_url(),
        };
        ready::write(file, &ready)?;
    }
    server.until(signals).await
}

/// Prints the link with which the first person sets himself up, as long as the operator has none.
async fn offer_set_up(server: &Server) {
    match admin::people::set_up(&server.engine).await {
        Ok(None) => {}
        Ok(Some(token)) => {
            let link = admin::link_address(&server.app, &token);
            logging::say(&format!(
                "Nobody can sign in yet. Whoever opens this link first, within a day, administers this instance:\n\
                 还没有人可以登录。一天内第一个打开此链接的人将成为平台管理员：\n  {link}"
            ));
        }
        Err(problem) => {
            let cause = problem.cause.as_deref().unwrap_or(problem.cure());
            tracing::warn!(cause, "no link to set the instance up could be made");
        }
    }
}

/// Serves a router until `stop` says so; a listener that breaks is taken up again.
fn serve_on(
    listener: TcpListener,
    name: &'static str,
    router: axum::Router,
    crowd: Arc<Crowd>,
    (engine, stop): (&Engine, &watch::Receiver<bool>),
) {
    let (listener, stop) = (Arc::new(listener), stop.clone());
    let make = move || {
        let (listener, crowd) = (Arc::clone(&listener), Arc::clone(&crowd));
        let serving = listen::serve(listener, router.clone(), crowd, stop.clone());
        async move {
            serving.await;
            Ended::InOrder
        }
    };
    keep_running(Arc::clone(engine.health()), name, make);
}

impl Server {
    /// Opens the database, starts the engine, its work and HTTP.
    pub async fn start(
        config: &Config,
        keys: KeySource,
        create: Create,
        kinds: &'static [AnyKind],
    ) -> Result<Self> {
        let engine = start_engine(config, keys, create).await?;
        let (stop, stopped) = watch::channel(false);
        let listener = TcpListener::bind(config.listen).await;
        let listener = listener.context("cannot listen on the address")?;
        let address = listener.local_addr()?;
        let base_url = config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
        let trusted_proxies = edge::TrustedProxies::parse(&config.trusted_proxies)
            .map_err(|wrong| anyhow!("trusted_proxies has {wrong:?}, which is no network"))?;
        let crowd = Crowd::new(connections(config, &trusted_proxies));
        let sandbox = config.sandbox.as_deref();
        let live = Gateways::default();
        let channels = Channels::open(&engine, &base_url, live, sandbox)
            .context("the setting `sandbox` or the system's certificates")?;
        let settings = edge::Settings {
            channels: channels.clone(),
            base_url: base_url.trim_end_matches('/').to_owned(),
            hold_seconds: config.hold_seconds.clamp(1, limits::HOLD_SECONDS_MAX),
            trusted_proxies,
            pages_per_minute: config.pages_per_minute,
            files: files::Files::open(&config.files_place()).context("the store of files")?,
            kinds,
            default_mode: config.default_mode,
            allow_plain_http: config.allow_plain_http,
            password_days: config.password_days.map(NonZeroU32::get),
        };
        let parts = [open::part(kinds), h5::part(), console_site::part(), admin::part()];
        let (app, router) = edge::assemble(engine.clone(), settings, &parts);
        let metrics = match config.metrics_listen {
            Some(address) => {
                let listener = TcpListener::bind(address).await;
                let listener = listener.context("cannot listen for metrics")?;
                let address = listener.local_addr()?;
                let connections_max = METRICS_CONNECTIONS_MAX;
                let few = listen::Limits { connections_max, ..listen::Limits::default() };
                let router = edge::metrics_router(app.clone());
                serve_on(listener, "metrics", router, Crowd::new(few), (&engine, &stopped));
                tracing::info!(listen = %address, "serving metrics");
                Some(address)
            }
            None => None,
        };
        serve_on(listener, "http", router, Arc::clone(&crowd), (&engine, &stopped));
        let (worker, health) = (engine.clone(), Arc::clone(engine.health()));
        let checkpoints = deliver::anchor::Settings {
            every: Duration::from_secs(u64::from(config.checkpoint_seconds.get())),
            folder: config.checkpoint_dir.clone(),
        };
        let lists = Arc::new(open::lists(&app));
        let exports = Some(deliver::export::Exports { lists, files: app.files().clone() });
        let settings =
            deliver::Settings { checkpoints, exports, requests: app.requests().clone(), channels };
        let work = keep_running(health, "work", move || {
            let work = deliver::run_with(worker.clone(), settings.clone(), stopped.clone());
            async move {
                work.await;
                Ended::InOrder
            }
        });
        tracing::info!(listen = %address, version = env!("CARGO_PKG_VERSION"), "serving");
        Ok(Self { address, engine, app, metrics, stop, crowd, work })
    }

    /// Where callers reach it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where people find the console.
    pub fn console_url(&self) -> String {
        format!("http://{}{}", self.address, console_site::PATH)
    }

    /// Where metrics are read, if they are served.
    pub fn metrics_url(&self) -> Option<String> {
        self.metrics.map(|address| format!("http://{address}/metrics"))
    }

    /// Waits for SIGINT or SIGTERM, then ends. It ends by itself, with a message, when a part of it is lost that only
    /// a new process has again.
    pub async fn until(self, mut signals: Signals) -> Result<()> {
        let mut every = tokio::time::interval(LIVES_EVERY);
        loop {
            tokio::select! {
                _ = signals.interrupt.recv() => break,
                _ = signals.terminate.recv() => break,
                _ = every.tick() => {
                    let lives = self.engine.health().lives();
                    if !lives.is_well() {
                        let lost = lives.why.join(", ");
                        // What is lost may never end.
                        let _ = tokio::time::timeout(LOST_PATIENCE, self.stop()).await;
                        bail!("a part of the process is lost ({lost}); it must be started anew");
                    }
                }
            }
        }
        self.stop().await
    }

    /// Takes no more requests, finishes those that were accepted, then the work, then the engine.
    pub async fn stop(self) -> Result<()> {
        tracing::info!("stopping");
        self.engine.health().stops();
        self.stop.send_replace(true);
        self.work.await?;
        self.engine.shutdown().await;
        // Connections that callers keep open would hold the end up for ever.
        let gone = async {
            while !self.crowd.is_empty() {
                tokio::time::sleep(CONNECTIONS_POLL).await;
            }
        };
        if tokio::time::timeout(CONNECTIONS_PATIENCE, gone).await.is_err() {
            tracing::info!(connections = self.crowd.len(), "some connections were still open");
        }
        Ok(())
    }
}

/// SIGINT and SIGTERM as wishes for an orderly end.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Takes them over from the system, which would end the process at once. Whoever reads that the server is ready may
    /// send one, so this comes before it is told.
    pub fn listen() -> Result<Self> {
        let (interrupt, terminate) = (SignalKind::interrupt(), SignalKind::terminate());
        Ok(Self { interrupt: signal(interrupt)?, terminate: signal(terminate)? })
    }

    /// Waits for either.
    pub async fn wait(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Opens the database and starts the engine over it.
async fn start_engine(config: &Config, keys: KeySource, create: Create) -> Result<Engine> {
    // A wrong key is told before anything is opened or made.
    keys.read().context("the master key")?;
    let settings = store::Settings { url: config.database.clone(), readers: config.readers };
    let store = match create {
        Create::Allowed => Store::open(&settings).await?,
        Create::Refused => Store::open_existing(&settings).await?,
    };
    let limits = Limits {
        batch_max: config.batch_max,
        interactive_queue_max: config.queue_max,
        ..Limits::default()
    };
    if let KeySource::File(file) = &keys
        && vault::is_readable_by_others(file)
    {
        tracing::warn!(file = %file.display(), "others may read the master key's file");
    }
    let state_dir = config.state_dir();
    if state_dir.is_none() {
        tracing::warn!(
            "what was acknowledged is not kept, because no --state-dir says where; an older copy of the database \
             would go unseen"
        );
    }
    let engine = Engine::start(store, keys, Settings { limits, state_dir, ..Settings::default() });
    let engine = engine.await?;
    if engine.durability().contains("fsync=off") && !config.allow_fsync_off {
        bail!(
            "this PostgreSQL may lose what it committed (fsync = off): set fsync = on, or give --allow-fsync-off"
        );
    }
    Ok(engine)
}

/// How many connections there may be, below the system's limit of open files.
fn connections(config: &Config, proxies: &edge::TrustedProxies) -> listen::Limits {
    let files = descriptors::raise();
    let connections_max =
        config.connections_max.min(descriptors::connections(files, config.readers));
    tracing::info!(files, connections = connections_max, "limits of open files and connections");
    listen::Limits {
        connections_max,
        address_max: config.connections_per_address,
        proxies: proxies.clone(),
        ..listen::Limits::default()
    }
}

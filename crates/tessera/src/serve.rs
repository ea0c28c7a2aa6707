//! Serve: database, engine, work and HTTP, wired together and ended in order.

use crate::config::{Config, Overrides};
use crate::{logging, ready};
use anyhow::{Context, Result, anyhow};
use axum::serve::ListenerExt;
use engine::{Engine, Limits, Settings};
use kernel::limits;
use serde::Serialize;
use std::net::SocketAddr;
use std::path::PathBuf;
use store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vault::KeySource;

/// Arguments of `tessera serve`.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    #[command(flatten)]
    overrides: Overrides,
    /// File to write, once the server answers, with its address.
    #[arg(long)]
    ready_file: Option<PathBuf>,
}

#[derive(Serialize)]
struct Ready<'a> {
    url: String,
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
    pub app: api::App,
    metrics: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    http: JoinHandle<std::io::Result<()>>,
    work: JoinHandle<()>,
}

/// Serves until a signal ends it.
pub async fn run(args: ServeArgs) -> Result<()> {
    let config = Config::read(&args.overrides)?;
    logging::start(&config.log)?;
    ready::clear(args.ready_file.as_deref())?;
    let server = Server::start(&config, config.master_keys()?).await?;
    if let Some(file) = &args.ready_file {
        let (url, metrics_url) = (server.url(), server.metrics_url());
        let ready = Ready { url, database_url: &config.database, metrics_url };
        ready::write(file, &ready)?;
    }
    server.until_signal().await
}

/// Serves the metrics beside the API, until the server stops.
async fn serve_metrics(
    address: SocketAddr,
    app: api::App,
    mut stopped: watch::Receiver<bool>,
) -> Result<SocketAddr> {
    let listener = TcpListener::bind(address).await.context("cannot listen for metrics")?;
    let address = listener.local_addr()?;
    tracing::info!(listen = %address, "serving metrics");
    let serving = axum::serve(listener, api::metrics_router(app));
    tokio::spawn(async move {
        tokio::select! {
            ended = serving.into_future() => {
                if let Err(error) = ended {
                    tracing::error!(error = %error, "metrics are no longer served");
                }
            }
            _ = stopped.wait_for(|stop| *stop) => {}
        }
    });
    Ok(address)
}

impl Server {
    /// Opens the database, starts the engine, its work and HTTP.
    pub async fn start(config: &Config, keys: KeySource) -> Result<Self> {
        let settings = store::Settings { url: config.database.clone(), readers: config.readers };
        let store = Store::open(&settings).await?;
        let limits = Limits {
            batch_max: config.batch_max,
            interactive_queue_max: config.queue_max,
            ..Limits::default()
        };
        let settings = Settings { limits, ..Settings::default() };
        let engine = Engine::start(store, keys, settings).await?;
        let listener =
            TcpListener::bind(config.listen).await.context("cannot listen on the address")?;
        let address = listener.local_addr()?;
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::warn!(error = %error, "a connection keeps its delay");
            }
        });
        let (stop, stopped) = watch::channel(false);
        let base_url = config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
        let base_url = base_url.trim_end_matches('/').to_owned();
        let hold_seconds = config.hold_seconds.clamp(1, limits::HOLD_SECONDS_MAX);
        let trusted_proxies = api::TrustedProxies::parse(&config.trusted_proxies)
            .map_err(|wrong| anyhow!("trusted_proxies has {wrong:?}, which is no network"))?;
        let settings = api::Settings {
            base_url,
            hold_seconds,
            trusted_proxies,
            pages_per_minute: config.pages_per_minute,
        };
        let app = api::App::new(engine.clone(), settings);
        let metrics = match config.metrics_listen {
            Some(address) => Some(serve_metrics(address, app.clone(), stopped.clone()).await?),
            None => None,
        };
        let router = api::router(app.clone());
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let mut http_stop = stopped.clone();
        let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
            let _ = http_stop.wait_for(|stop| *stop).await;
        });
        let http = tokio::spawn(async move { serving.await });
        let work = tokio::spawn(deliver::run(engine.clone(), stopped));
        tracing::info!(listen = %address, version = env!("CARGO_PKG_VERSION"), "serving");
        Ok(Self { address, engine, app, metrics, stop, http, work })
    }

    /// Where callers reach it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where metrics are read, if they are served.
    pub fn metrics_url(&self) -> Option<String> {
        self.metrics.map(|address| format!("http://{address}/metrics"))
    }

    /// Waits for SIGINT or SIGTERM, then ends.
    pub async fn until_signal(self) -> Result<()> {
        let (mut interrupt, mut terminate) =
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        self.stop().await
    }

    /// Takes no more requests, finishes those that were accepted, then the work, then the engine.
    pub async fn stop(self) -> Result<()> {
        tracing::info!("stopping");
        self.stop.send_replace(true);
        self.work.await?;
        self.engine.shutdown().await;
        // Connections that callers keep open would hold the end up for ever.
        let patience = std::time::Duration::from_secs(5);
        if tokio::time::timeout(patience, self.http).await.is_err() {
            tracing::info!("some connections were still open");
        }
        Ok(())
    }
}

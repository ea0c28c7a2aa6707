//! The whole application in this process: store, engine, work, HTTP.

use crate::{Caller, Db};
use deliver::payment::{Channels, Gateways};
use domain::identity::create_api_key::CreateApiKey;
use domain::identity::create_merchant::CreateMerchant;
use domain::identity::{Scope, operator};
use domain::refund::settle::{Answer, SettleRefund};
use domain::resource::registry::ALL;
use edge::listen::{Crowd, Limits, serve};
use engine::{Engine, Settings};
use kernel::{MerchantId, Mode, RefundId, Tenant};
use std::num::NonZeroU32;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vault::{KeySource, MasterKey};

/// The master key of all tests: base64 of 32 bytes.
pub const MASTER_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// How a test's application differs from the usual one.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Batches, queues, clock and seed.
    pub engine: Settings,
    /// Where the master keys come from; none for the one of all tests.
    pub keys: Option<KeySource>,
    /// Whether due work is left undone.
    pub without_work: bool,
    /// How long orders wait for a payment, if not as usual, in seconds.
    pub hold_seconds: Option<u32>,
    /// Networks whose word on the address of a caller is taken.
    pub trusted_proxies: Vec<String>,
    /// How many connections there may be, and how long they may take.
    pub listen: Limits,
    /// Pages that an address may open in a minute, if not as usual.
    pub pages_per_minute: Option<NonZeroU32>,
    /// Where pictures are kept; in memory when it does not say.
    pub files: Option<String>,
    /// In which mode a person acts who does not say, if not in test mode.
    pub default_mode: Option<Mode>,
    /// Whether people may sign in over plain http from elsewhere.
    pub allow_plain_http: bool,
    /// Days after which a person must choose another password.
    pub password_days: Option<u32>,
    /// The origin of a sandbox, which accounts of test mode ask.
    pub sandbox: Option<String>,
}

/// A running application.
pub struct App {
    /// Its engine.
    pub engine: Engine,
    /// Its HTTP edge.
    pub edge: edge::App,
    url: String,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl App {
    /// The usual application over a database.
    pub async fn start(db: &Db) -> Self {
        Self::start_with(db.url(), Options::default()).await
    }

    /// An application over the database at an address.
    pub async fn start_with(url: &str, options: Options) -> Self {
        let settings = store::Settings { url: url.to_owned(), readers: 4 };
        let store = store::Store::open(&settings).await.expect("the database opens");
        let master = MasterKey::parse(MASTER_KEY).expect("the master key");
        let keys = options.keys.clone().unwrap_or_else(|| master.into());
        let engine = Engine::start(store, keys, options.engine.clone()).await.expect("the engine");
        Self::over(engine, options).await
    }

    /// HTTP and work over an engine that runs.
    async fn over(engine: Engine, options: Options) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (stop, stopped) = watch::channel(false);
        let hold_seconds = options.hold_seconds.unwrap_or(kernel::limits::HOLD_SECONDS);
        let trusted_proxies = edge::TrustedProxies::parse(&options.trusted_proxies);
        // No test asks a real channel: nobody listens there.
        let (live, sandbox) = (Gateways::sandbox("http://127.0.0.1:9"), options.sandbox.as_deref());
        let channels = Channels::open(&engine, &url, live, sandbox).expect("doors to the channels");
        let settings = edge::Settings {
            base_url: url.clone(),
            hold_seconds,
            trusted_proxies: trusted_proxies.expect("networks"),
            pages_per_minute: options.pages_per_minute.unwrap_or(kernel::limits::PAGES_PER_MINUTE),
            files: files::Files::open(options.files.as_deref().unwrap_or(files::IN_MEMORY))
                .expect("a store"),
            kinds: ALL,
            default_mode: options.default_mode.unwrap_or(Mode::Test),
            allow_plain_http: options.allow_plain_http,
            password_days: options.password_days,
            channels,
        };
        let parts = [open::part(ALL), h5::part(), console_site::part(), admin::part()];
        let (app, router) = edge::assemble(engine.clone(), settings, &parts);
        app.set_outbox(edge::message::Outbox::inbox());
        let router = router.merge(edge::metrics_router(app.clone()));
        let crowd = Crowd::new(options.listen.clone());
        let http = tokio::spawn(serve(Arc::new(listener), router, crowd, stopped.clone()));
        let mut tasks = vec![http];
        if !options.without_work {
            tasks.push(tokio::spawn(deliver::run_with(engine.clone(), work(&app), stopped)));
        }
        Self { engine, edge: app, url, stop, tasks }
    }

    /// With what work is done here.
    pub fn work(&self) -> deliver::Settings {
        work(&self.edge)
    }

    /// Ends work and HTTP and starts them anew over the same engine: what the edge kept in memory is gone.
    pub async fn restart_edge(mut self, options: Options) -> Self {
        self.finish_work().await;
        Self::over(self.engine.clone(), options).await
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A new merchant with a key of every merchant scope in test mode.
    pub async fn merchant(&self, name: &str) -> Caller {
        let tenant = self.tenant(name).await;
        self.caller(tenant, &every_scope()).await
    }

    /// A new merchant's tenant in test mode.
    pub async fn tenant(&self, name: &str) -> Tenant {
        let create = CreateMerchant { name: name.to_owned(), zone: "Asia/Shanghai".to_owned() };
        let made = self.engine.run(self.engine.internal(operator()), create).await;
        Tenant::new(made.expect("a merchant is made"), Mode::Test)
    }

    /// A key of a merchant in a mode with these scopes.
    pub async fn key(&self, merchant: MerchantId, mode: Mode, scopes: &[Scope]) -> Caller {
        self.caller(Tenant::new(merchant, mode), scopes).await
    }

    /// A key of the operator.
    pub async fn operator(&self) -> Caller {
        self.caller(operator(), &Scope::OPERATOR).await
    }

    /// A caller with a fresh key of a tenant.
    pub async fn caller(&self, tenant: Tenant, scopes: &[Scope]) -> Caller {
        let secret = vault::new_secret("sk_test_");
        let command = CreateApiKey {
            tenant,
            name: "test".to_owned(),
            scopes: scopes.to_vec(),
            hash: vault::key_hash(&secret),
            requests_per_minute: None,
            expires_at: None,
            by: None,
        };
        let made = self.engine.run(self.engine.internal(operator()), command).await;
        made.expect("a key is made");
        Caller::new(&self.url, &secret, tenant)
    }

    /// Tells when the application ends.
    pub fn stopped(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Brings what a channel says of a refund, as the work that sends it does.
    pub async fn settle_refund(&self, tenant: Tenant, refund: &str, answer: Answer) {
        let refund = RefundId::parse(refund).expect("a refund");
        let command = SettleRefund { refund, answer };
        let settled = self.engine.run(self.engine.internal(tenant), command).await;
        settled.expect("the answer is taken in");
    }

    /// Ends work, engine and HTTP; accepted commands are finished.
    pub async fn stop(mut self) {
        self.finish_work().await;
        self.engine.shutdown().await;
    }

    async fn finish_work(&mut self) {
        self.stop.send_replace(true);
        for task in self.tasks.drain(1..) {
            let _ = task.await;
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Every scope that a merchant's key can have.
pub fn every_scope() -> Vec<Scope> {
    let of_kinds = Scope::of(ALL).filter(|scope| !scope.is_of_people());
    Scope::MERCHANT.into_iter().chain(of_kinds).collect()
}

fn work(app: &edge::App) -> deliver::Settings {
    let lists = Arc::new(open::lists(app));
    let exports = Some(deliver::export::Exports { lists, files: app.files().clone() });
    let (requests, channels) = (app.requests().clone(), app.channels().clone());
    deliver::Settings { exports, requests, channels, ..deliver::Settings::default() }
}

//! `bench notices`: orders paid in one call, then as many as come of orders that wait and of which WeChat Pay tells that they were paid.
//!
//! Both are asked for by HTTP of one server in this process. It has no work: nobody asks a channel about the payments that wait. The
//! notices are signed and sealed before the clock starts, as WeChat Pay signs them; the server verifies, opens and completes.

use super::asker::Asker;
use super::load::{self, Load, MakeRequest};
use super::operation::Operation;
use super::raw::Shelf;
use super::report::{BenchRun, Report};
use super::setup::Api;
use super::{BenchArgs, orders, raw_run, run_name, server};
use anyhow::{Context, Result, ensure};
use deliver::payment::{Channels, Gateways};
use domain::identity::Scope;
use domain::identity::create_api_key::CreateApiKey;
use domain::payment::PayMethod;
use domain::payment::account::{PaymentAccount, PaymentAccountId};
use domain::payment::channel::Chosen;
use domain::payment::start::StartPayment;
use domain::resource::Resource;
use domain::resource::registry::KINDS;
use edge::listen::{self, Crowd};
use engine::{Engine, Settings, open_vault};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{HOST, HeaderName, HeaderValue};
use hyper::{HeaderMap, Method, Request, Uri};
use kernel::{Mode, OrderId, Tenant, limits};
use pgtemp::PgTemp;
use sandbox::{Letter, Running};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use vault::MasterKey;

/// More of each per second than a machine of this size does.
const CEILING: u64 = 25_000;
/// Orders that are begun at the same time.
const AT_ONCE: usize = 256;
/// Notices that one task signs.
const SIGNED_AT_ONCE: usize = 1_000;
/// What an order of the shelf costs, in fen.
const PRICE: i64 = 1_990;
/// Longer than a client waits until it sees that a run ended.
const END_IS_SEEN: Duration = Duration::from_millis(50);

/// Runs both and reports them.
pub async fn run(args: &BenchArgs) -> Result<Vec<Report>> {
    let folder = tempfile::tempdir().context("cannot make a temporary directory")?;
    let postgres = server::postgres(args).await?;
    let url = args.database.clone().or_else(|| postgres.as_ref().map(PgTemp::url));
    let master = MasterKey::generate();
    let store = raw_run::open(folder.path(), url.as_deref()).await?;
    let vault = open_vault(&store, &master.clone().into()).await?;
    let mut shelf = Shelf::stock(&store, vault, args.skus).await?;
    let count = (CEILING * (args.seconds + args.warm_up + 1)).min(args.orders) as usize;
    // What is asked for while the end is not seen yet takes a few more.
    let more = usize::from(args.connections) * 4 + 64;
    shelf.fill(count * 2 + more + args.skus).await?;
    let engine = Engine::start(store, master, Settings::default()).await?;
    let sandbox = sandbox::start(sandbox::Settings::default()).await?;
    let (_stop, stopped) = watch::channel(false);
    let address = serve(&engine, sandbox.url(), stopped).await?;

    let (tenant, run) = (shelf.tenant(), run_name());
    let key = key(&engine, tenant).await?;
    let api = Api::new(&format!("http://{address}"), &key);
    api.credit_buyers(&run).await?;
    let asker = Asker::new(&address.to_string(), &key)?;
    let load = args.load(address);
    let one_call = orders::one_call(asker, &run, shelf.sku_ids());
    let (one_call, ended) = numbered(one_call, count, &load);
    let ordered = load::run(load.clone(), Operation::One(one_call)).await?;
    ensure!(ended.load(Ordering::Relaxed) > 0, "no order was asked for");

    let account = account(&api, &sandbox).await?;
    let begun = begin(&engine, &mut shelf, account, count).await?;
    let letters = sign(sandbox, begun).await?;
    let load = args.load(address);
    let told = told(address, account, letters)?;
    let (told, _) = numbered(told, count, &load);
    let noticed = load::run(load, Operation::One(told)).await?;
    ensure!(noticed.tally.errors == 0, "{} notices were not taken", noticed.tally.errors);

    let report = |name: &str, measured| {
        let heading = BenchRun {
            name: name.to_owned(),
            engine: args.engine.name().to_owned(),
            connections: usize::from(args.connections),
            durability: engine.durability().to_owned(),
            batch_mean: None,
        };
        Report::new(heading, measured)
    };
    let reports = vec![report("orders", &ordered), report("notices", &noticed)];
    engine.shutdown().await;
    Ok(reports)
}

/// The open API over an engine, without work.
async fn serve(engine: &Engine, sandbox: &str, stop: watch::Receiver<bool>) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("no free port")?;
    let address = listener.local_addr()?;
    let base_url = format!("http://{address}");
    let channels = Channels::open(engine, &base_url, Gateways::default(), Some(sandbox))
        .context("doors to the channels")?;
    let trusted_proxies = edge::TrustedProxies::parse(&[]);
    let trusted_proxies =
        trusted_proxies.map_err(|_| anyhow::anyhow!("no networks are networks"))?;
    let settings = edge::Settings {
        channels,
        base_url,
        hold_seconds: limits::HOLD_SECONDS,
        trusted_proxies,
        pages_per_minute: limits::PAGES_PER_MINUTE,
        files: files::Files::open(files::IN_MEMORY).context("a store of files")?,
        kinds: KINDS,
        default_mode: Mode::Test,
        allow_plain_http: false,
        password_days: None,
    };
    let (_, router) = edge::assemble(engine.clone(), settings, &[open::part(KINDS)]);
    let crowd = Crowd::new(listen::Limits::default());
    tokio::spawn(listen::serve(Arc::new(listener), router, crowd, stop));
    Ok(address)
}

/// A key with every scope of a merchant.
async fn key(engine: &Engine, tenant: Tenant) -> Result<String> {
    let secret = vault::new_secret("sk_test_");
    let of_kinds = Scope::of(KINDS).filter(|scope| !scope.is_of_people());
    let command = CreateApiKey {
        tenant,
        name: "Bench".to_owned(),
        scopes: Scope::MERCHANT.into_iter().chain(of_kinds).collect(),
        hash: vault::key_hash(&secret),
        requests_per_minute: None,
        expires_at: None,
        by: None,
    };
    engine.run(engine.internal(tenant), command).await.context("the key")?;
    Ok(secret)
}

/// An account at the sandbox's WeChat Pay.
async fn account(api: &Api, sandbox: &Running) -> Result<PaymentAccountId> {
    let accounts = sandbox.accounts();
    let entries = accounts.merchants.first().context("a merchant of the sandbox")?.entries();
    let (_, body) = entries.iter().find(|(word, _)| *word == "wechat").context("WeChat Pay")?;
    let made: Value = api.ask("/v1/payment-accounts", body).await?;
    let id = made["id"].as_str().and_then(|id| PaymentAccount::KIND.parse(id));
    Ok(PaymentAccountId::new(id.context("an account's id")?))
}

/// Orders that wait, each with a payment that was begun; gives the payments' numbers with their orders.
async fn begin(
    engine: &Engine,
    shelf: &mut Shelf,
    account: PaymentAccountId,
    count: usize,
) -> Result<Vec<(String, OrderId)>> {
    let (mut flying, mut begun) = (JoinSet::new(), Vec::with_capacity(count));
    let tenant = shelf.tenant();
    for _ in 0..count {
        if flying.len() >= AT_ONCE {
            begun.extend(flying.join_next().await.transpose()?.transpose()?);
        }
        let (order, place) = shelf.waiting();
        let engine = engine.clone();
        flying.spawn(async move {
            engine.submit(place).await.context("an order")?;
            let channel = Some(Chosen { account, fee_rate: 60 });
            let start = StartPayment { order, method: PayMethod::WechatNative, channel };
            let payment = engine.run(engine.internal(tenant), start).await.context("a payment")?;
            anyhow::Ok((payment.id.to_string(), order))
        });
    }
    while let Some(done) = flying.join_next().await {
        begun.push(done??);
    }
    Ok(begun)
}

/// Notices that they were paid, signed by all cores.
async fn sign(sandbox: Running, begun: Vec<(String, OrderId)>) -> Result<Vec<Letter>> {
    let (sandbox, mut letters) = (Arc::new(sandbox), Vec::with_capacity(begun.len()));
    let mut signing = JoinSet::new();
    for part in begun.chunks(SIGNED_AT_ONCE) {
        let (sandbox, part) = (Arc::clone(&sandbox), part.to_vec());
        signing.spawn_blocking(move || {
            let letter = |(number, order): &(String, OrderId)| {
                sandbox.wechat_letter(0, number, &order.to_string(), PRICE)
            };
            part.iter().map(letter).collect::<Vec<_>>()
        });
    }
    while let Some(part) = signing.join_next().await {
        letters.extend(part?);
    }
    Ok(letters)
}

/// Requests that bring the letters to an account's address.
fn told(
    address: SocketAddr,
    account: PaymentAccountId,
    letters: Vec<Letter>,
) -> Result<MakeRequest> {
    let uri = Uri::try_from(format!("/notify/wechat/{account}")).context("an address")?;
    let host = HeaderValue::from_str(&address.to_string()).context("a host")?;
    let ready: Vec<(HeaderMap, Bytes)> = letters
        .into_iter()
        .map(|letter| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.clone());
            for (name, value) in letter.headers {
                let name = HeaderName::try_from(name).context("a header")?;
                headers.insert(name, HeaderValue::from_str(&value).context("a header")?);
            }
            anyhow::Ok((headers, Bytes::from(letter.body)))
        })
        .collect::<Result<_>>()?;
    ensure!(!ready.is_empty(), "there is nothing to tell");
    Ok(Arc::new(move |_, n| {
        let (headers, body) = &ready[(n as usize).min(ready.len() - 1)];
        let mut request = Request::new(Full::new(body.clone()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri.clone();
        *request.headers_mut() = headers.clone();
        request
    }))
}

/// The same requests numbered from 0 without gaps. When `count` of them were made the run ends, and what is made after that is not
/// measured.
fn numbered(make: MakeRequest, count: usize, load: &Load) -> (MakeRequest, Arc<AtomicUsize>) {
    let (made, stop) = (Arc::new(AtomicUsize::new(0)), Arc::clone(&load.stop));
    let counted = Arc::clone(&made);
    let numbered = move |connection: usize, _: u64| {
        let n = counted.fetch_add(1, Ordering::Relaxed);
        if n >= count {
            stop.store(true, Ordering::Relaxed);
            std::thread::sleep(END_IS_SEEN);
        }
        make(connection, n as u64)
    };
    (Arc::new(numbered), made)
}

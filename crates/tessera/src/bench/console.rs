//! `bench console`: what people ask for all day, over as many orders as `--orders` says, and how far the projections behind
//! it are when orders come at `--rate`.

use super::load::{self, Load, MakeRequest, Measured};
use super::memory::PER_SECOND_MIN;
use super::operation::Operation;
use super::server::Server;
use super::setup::{Api, buyer_name};
use super::tally::{Class, Tally};
use super::{BenchArgs, orders, readiness};
use anyhow::{Context, Result, ensure};
use hyper::{Method, Uri};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// People who ask at the same time.
pub const PEOPLE: usize = 4;
/// Each question is asked for a part of `--seconds`: so many of them together take it whole.
const QUESTIONS_A_RUN: u32 = 5;
/// Orders that fall due in a second while the lag is looked at, unless `--rate` says otherwise.
const RATE: u64 = 5_000;
/// How often it is looked whether an order's story is told.
const LOOK: Duration = Duration::from_millis(20);
/// Pause between two orders whose stories are awaited.
const PAUSE: Duration = Duration::from_millis(250);
/// A projection that is behind for so long is given up.
const FOLLOW_MAX: Duration = Duration::from_secs(300);
/// Pages of a list that are asked for in turn.
const PAGES: usize = 20;

/// A name of a report, its connections, and what was measured.
pub type Row = (String, usize, Measured);

/// Orders at a rate with the lag of their stories; then, over all orders, each list and each search.
pub async fn run(args: &BenchArgs, server: &Server) -> Result<Vec<Row>> {
    let operation = orders::prepare(args, server).await?;
    let api = Api::new(&server.ready.url, server.secret_key()?);
    let mut rows = beside(args, server, &api, operation.clone()).await?;
    fill(args, server, operation).await?;
    let order = told(&api).await?.0;
    for (name, requests) in questions(server, &api, &order).await? {
        let load = Load {
            connections: PEOPLE,
            rate: None,
            warm_up: Duration::ZERO,
            seconds: Duration::from_secs(args.seconds) / QUESTIONS_A_RUN,
            ..args.load(server.address()?)
        };
        rows.push((name, PEOPLE, load::run(load, Operation::One(requests)).await?));
    }
    Ok(rows)
}

/// Orders at a rate, and how long after its answer the story of one of them could be read.
async fn beside(
    args: &BenchArgs,
    server: &Server,
    api: &Api,
    operation: Operation,
) -> Result<Vec<Row>> {
    let load = Load { rate: args.rate.or(Some(RATE)), ..args.load(server.address()?) };
    let running = tokio::spawn(load::run(load, operation));
    tokio::time::sleep(Duration::from_secs(args.warm_up)).await;
    let (began, mut tally) = (Instant::now(), Tally::new()?);
    while !running.is_finished() {
        tally.count(Class::Ok, told(api).await?.1);
        tokio::time::sleep(PAUSE).await;
    }
    let seconds = began.elapsed().as_secs_f64();
    let orders = running.await.context("the load panicked")??;
    let stories = Measured { seconds, offered: tally.ok, tally, cpu_seconds: 0.0 };
    let connections = usize::from(args.connections);
    Ok(vec![
        ("orders at a rate".to_owned(), connections, orders),
        ("story told after".to_owned(), 1, stories),
    ])
}

/// Places an order and waits until its story is told; answers its id and how long that took.
async fn told(api: &Api) -> Result<(String, Duration)> {
    let last: Value = api.read("/v1/orders?limit=1").await?;
    let sku = &first(&last)?["lines"][0]["sku"];
    let buyer = json!({ "external_id": buyer_name(0) });
    let order = json!({ "sku": sku, "quantity": 1, "buyer": buyer, "pay": { "method": "wallet" } });
    let order = api.order(&order).await?;
    let (began, story) = (Instant::now(), format!("/v1/orders/{order}/timeline"));
    while first(&api.read::<Value>(&story).await?).is_err() {
        ensure!(began.elapsed() < FOLLOW_MAX, "the story of {order} is not told");
        tokio::time::sleep(LOOK).await;
    }
    Ok((order, began.elapsed()))
}

/// Orders until there are as many as `--orders` says.
pub async fn fill(args: &BenchArgs, server: &Server, operation: Operation) -> Result<()> {
    let seconds = Duration::from_secs(args.orders.div_ceil(PER_SECOND_MIN));
    let load =
        Load { rate: None, warm_up: Duration::ZERO, seconds, ..args.load(server.address()?) };
    let stop = load.stop.clone();
    // Every order so far was one command.
    let running = tokio::spawn(load::run(load, operation));
    while readiness(server).await?.commands < args.orders && !running.is_finished() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    ensure!(!running.is_finished(), "the load ended before the orders were made");
    stop.store(true, Ordering::Relaxed);
    running.await.context("the load panicked")?.map(drop)
}

/// The first of a list.
fn first(list: &Value) -> Result<&Value> {
    list["data"].get(0).context("an empty list")
}

/// What people ask for: a name, and requests that go round its pages.
async fn questions(server: &Server, api: &Api, order: &str) -> Result<Vec<(String, MakeRequest)>> {
    let shown: Value = api.read(&format!("/v1/orders/{order}")).await?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (sku, buyer) = (text(&shown["lines"][0]["sku"]), text(&shown["buyer"]["id"]));
    let import: Value = api.read("/v1/code-imports?limit=1").await?;
    let batch = text(&first(&import)?["batch"]);
    let code = api.reveal(order).await?;
    let middle = text(&shown["created_at"]);
    let mut all = Vec::new();
    for (name, path) in [
        ("orders", "/v1/orders?".to_owned()),
        ("orders oldest", "/v1/orders?sort=created_at&".to_owned()),
        ("orders dearest", "/v1/orders?sort=-amount&".to_owned()),
        ("orders of a SKU", format!("/v1/orders?sku={sku}&")),
        ("orders of a buyer", format!("/v1/orders?buyer={buyer}&")),
        ("orders of a batch", format!("/v1/orders?batch={batch}&")),
        ("orders refunded", "/v1/orders?state=refunded&".to_owned()),
        ("orders by amount", "/v1/orders?amount_from=100&amount_to=100&".to_owned()),
        ("orders of no fit", format!("/v1/orders?sku={sku}&amount_from=99900&")),
        ("orders before", format!("/v1/orders?created_before={middle}&channel=api&")),
        ("payments", "/v1/payments?".to_owned()),
        ("payments failed", "/v1/payments?state=failed&".to_owned()),
        ("refunds", "/v1/refunds?".to_owned()),
        ("transfers", "/v1/transfers?".to_owned()),
        ("transfers of an order", format!("/v1/transfers?order={order}&")),
        ("stock", "/v1/stock?".to_owned()),
        ("accounts", "/v1/accounts?".to_owned()),
        ("buyers", "/v1/buyers?".to_owned()),
        ("products", "/v1/products?".to_owned()),
        ("imports", "/v1/code-imports?".to_owned()),
        ("journal", "/v1/journal?".to_owned()),
        ("audit of nobody", "/v1/audit?actor=psn_00000000000000000000000000&".to_owned()),
    ] {
        let pages = pages(api, &path).await.with_context(|| name.to_owned())?;
        let asker = server.asker()?;
        let page = move |n: u64| pages[(n % pages.len() as u64) as usize].clone();
        let ask = move |_, n| asker.bare(Method::GET, page(n));
        all.push((format!("list {name}"), Arc::new(ask) as MakeRequest));
    }
    for (name, path) in [
        ("order", format!("/v1/orders/{order}")),
        ("story", format!("/v1/orders/{order}/timeline")),
        ("overview", "/v1/overview".to_owned()),
        ("report by day", "/v1/reports/sales".to_owned()),
        ("report by hour", "/v1/reports/sales?by=hour".to_owned()),
        ("report by SKU", "/v1/reports/sales?by=sku".to_owned()),
        ("report by channel", "/v1/reports/sales?by=channel".to_owned()),
        ("report of batches", "/v1/reports/code-batches?limit=50".to_owned()),
    ] {
        let (asker, uri) = (server.asker()?, Uri::try_from(path).context("a path")?);
        let ask = move |_, _: u64| asker.bare(Method::GET, uri.clone());
        all.push((format!("page {name}"), Arc::new(ask) as MakeRequest));
    }
    for (name, q) in [
        ("number", order.to_owned()),
        ("buyer", buyer_name(7)),
        ("code", code),
        ("amount", "1.00".to_owned()),
        ("product", "Ben".to_owned()),
        ("nothing", "no such thing".to_owned()),
    ] {
        let (asker, body) = (server.asker()?, json!({ "q": q }).to_string());
        let ask =
            move |_, _: u64| asker.json(Method::POST, Uri::from_static("/v1/search"), body.clone());
        all.push((format!("search {name}"), Arc::new(ask) as MakeRequest));
    }
    Ok(all)
}

/// The addresses of the first pages of a list.
async fn pages(api: &Api, path: &str) -> Result<Vec<Uri>> {
    let (mut pages, mut next) = (Vec::new(), String::new());
    while pages.len() < PAGES {
        let path = format!("{path}limit=50{next}");
        pages.push(Uri::try_from(path.as_str()).context("a page's address is no path")?);
        let page: Value = api.read(&path).await?;
        let Some(after) = page["next"].as_str() else { break };
        next = format!("&after={after}");
    }
    Ok(pages)
}

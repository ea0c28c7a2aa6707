//! `tessera bench`: measures this program on this machine, on data of its own.
//!
//! Client, server and database share the machine's cores, so the client is lean and the CPU time
//! of all three is in every report.

// Rates and quantiles are fractions, and none of them is money.
#![allow(clippy::float_arithmetic)]

mod asker;
mod codes;
mod connection;
mod console;
mod cpu;
mod echo;
mod export;
mod import;
mod load;
mod memory;
mod notices;
mod operation;
mod orders;
mod overload;
mod pages;
mod raw;
mod raw_run;
mod redeem;
mod report;
mod resources;
mod server;
mod setup;
mod sign_ins;
mod start;
mod tally;
mod two_step;

pub use echo::{EchoArgs, serve_echo};
pub use report::{BenchRun, Report};
pub use server::Server;

use anyhow::{Context, Result};
use clap::ValueEnum;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Work {
    /// Orders of a code, paid from a wallet in one call or, with `--two-step`, through the test channel.
    Orders,
    /// Orders of a voucher, paid from a wallet in one call.
    Vouchers,
    /// Redemptions of vouchers, one use each.
    Redeem,
    /// The buyer's pages on the way to the goods.
    Pages,
    /// Starts over what is stored, until the first answer.
    Start,
    /// The server's memory while orders are made.
    Memory,
    /// The HTTP stack alone, answering a constant.
    Echo,
    /// The store alone, loading and flushing orders in batches of 128.
    Raw,
    /// Ten times what the engine can do, offered to its queue in process.
    Overload,
    /// A million codes from a CSV file.
    Import,
    /// Edits of one of ten thousand resources that no rule reads.
    Saves,
    /// Pages of a list of ten thousand resources, by name.
    Lists,
    /// Orders alone, then while strangers try to sign in a thousand times a second.
    SignIns,
    /// `tessera journal verify` over stored orders.
    Journal,
    /// The list of all stored orders as CSV and as a workbook.
    Exports,
    /// Orders that wait and of which WeChat Pay tells that they were paid, beside orders in one call.
    Notices,
    /// Lists, searches and pages of the console over stored orders, and how far its projections are behind.
    Console,
}

/// The database under the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// One file, inside the process.
    Sqlite,
    /// A server: a throw-away one, or the one of `--database`.
    Postgres,
}

impl Engine {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Arguments of `tessera bench`.
#[derive(Debug, Clone, clap::Args)]
pub struct BenchArgs {
    /// What to measure.
    pub work: Work,
    /// Database engine.
    #[arg(long, value_enum, default_value = "sqlite")]
    pub engine: Engine,
    /// Connections of the load generator.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=16_384))]
    pub connections: u16,
    /// Open loop: requests per second that fall due. Without it each connection waits for answers.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub rate: Option<u64>,
    /// Measured seconds.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub seconds: u64,
    /// Seconds of load before the measured time.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(0..=3600))]
    pub warm_up: u64,
    /// Largest batch of the server; 1 is one transaction per order.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub batch_max: Option<u32>,
    /// SKUs that the orders are spread over.
    #[arg(long, default_value_t = 1, value_parser = parse_skus)]
    pub skus: usize,
    /// Orders and codes in the database before the run; an import alone meets only codes.
    #[arg(long, default_value_t = 0)]
    pub stored: u64,
    /// An existing, empty PostgreSQL database instead of a throw-away server.
    #[arg(long)]
    pub database: Option<String>,
    /// With `import`: run orders at the same time.
    #[arg(long)]
    pub beside: bool,
    /// With `import`: codes of one field, not of a number and a password.
    #[arg(long)]
    pub password_only: bool,
    /// With `orders`: place, then pay through the test channel.
    #[arg(long)]
    pub two_step: bool,
    /// With `memory`, `exports` and `console`: how many orders to make; with `notices`: at most so many of each.
    #[arg(long, default_value_t = 3_000_000, value_parser = clap::value_parser!(u64).range(10..))]
    pub orders: u64,
    /// Print one JSON object per run instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// What only the server under test can say about a run.
#[derive(Debug, Clone)]
pub struct Facts {
    /// How commits reach the disk, read back from the database.
    pub durability: String,
    /// Mean number of commands in a batch.
    pub batch_mean: Option<f64>,
}

fn parse_skus(text: &str) -> Result<usize> {
    let skus = text.parse().context("expected a number of SKUs")?;
    anyhow::ensure!((1..=100_000).contains(&skus), "expected 1 to 100000 SKUs");
    Ok(skus)
}

impl BenchArgs {
    /// The load that these arguments ask for, on one server.
    fn load(&self, address: SocketAddr) -> load::Load {
        load::Load {
            address,
            connections: usize::from(self.connections),
            rate: self.rate,
            warm_up: Duration::from_secs(self.warm_up),
            seconds: Duration::from_secs(self.seconds),
            stop: Arc::new(AtomicBool::new(false)),
        }
    }

    /// The heading of a report of these arguments.
    pub fn heading(&self, name: &str, engine: &str, facts: Facts) -> BenchRun {
        BenchRun {
            name: name.to_string(),
            engine: engine.to_string(),
            connections: usize::from(self.connections),
            durability: facts.durability,
            batch_mean: facts.batch_mean,
        }
    }
}

/// Measures and prints.
pub async fn run(mut args: BenchArgs) -> Result<()> {
    let reports = match args.work {
        Work::Orders => run_orders(&args).await?,
        Work::Echo => {
            let none = Facts { durability: "none".to_string(), batch_mean: None };
            vec![Report::new(args.heading("echo", "none", none), &echo::run(&args).await?)]
        }
        Work::Vouchers => run_vouchers(&args, "orders of vouchers").await?,
        Work::Redeem => run_vouchers(&args, "redeem").await?,
        Work::Pages => run_pages(&args).await?,
        Work::Start => run_start(&args).await?,
        Work::Memory => return run_memory(&mut args).await,
        Work::Exports => return run_exports(&mut args).await,
        Work::Overload => overload::run(&args).await?,
        Work::Notices => notices::run(&args).await?,
        Work::SignIns => run_sign_ins(&args).await?,
        Work::Console => run_console(&args).await?,
        Work::Journal => vec![raw_run::run_journal(&args).await?],
        Work::Raw => vec![raw_run::run(&args).await?],
        Work::Import => run_import(args.clone()).await?,
        Work::Saves => run_resources(&args, "saves").await?,
        Work::Lists => run_resources(&args, "lists").await?,
    };
    report::print(&reports, args.json).context("cannot write the report")
}

async fn run_orders(args: &BenchArgs) -> Result<Vec<Report>> {
    let server = Server::start(args).await?;
    let operation = orders::prepare(args, &server).await?;
    let before = readiness(&server).await?;
    let measured = load::run(args.load(server.address()?), operation).await?;
    let name = if args.two_step { "orders in two steps" } else { "orders" };
    let heading = args.heading(name, args.engine.name(), facts(&server, &before).await?);
    Ok(vec![Report::new(heading, &measured)])
}

async fn run_vouchers(args: &BenchArgs, name: &str) -> Result<Vec<Report>> {
    let server = Server::start(args).await?;
    let operation = redeem::prepare(args, &server).await?;
    let before = readiness(&server).await?;
    let measured = load::run(args.load(server.address()?), operation).await?;
    let heading = args.heading(name, args.engine.name(), facts(&server, &before).await?);
    Ok(vec![Report::new(heading, &measured)])
}

async fn run_pages(args: &BenchArgs) -> Result<Vec<Report>> {
    let server = Server::start(args).await?;
    let operation = pages::prepare(&server).await?;
    let before = readiness(&server).await?;
    let measured = load::run(args.load(server.address()?), operation).await?;
    let heading = args.heading("pages", args.engine.name(), facts(&server, &before).await?);
    Ok(vec![Report::new(heading, &measured)])
}

async fn run_resources(args: &BenchArgs, name: &str) -> Result<Vec<Report>> {
    let server = Server::start(args).await?;
    let operation = resources::prepare(args.work, &server).await?;
    let before = readiness(&server).await?;
    let measured = load::run(args.load(server.address()?), operation).await?;
    let heading = args.heading(name, args.engine.name(), facts(&server, &before).await?);
    Ok(vec![Report::new(heading, &measured)])
}

async fn run_sign_ins(args: &BenchArgs) -> Result<Vec<Report>> {
    let server = Server::start(args).await?;
    let [alone, beside, strangers] = sign_ins::run(args, &server).await?;
    let now = readiness(&server).await?;
    let facts = Facts { durability: now.durability, batch_mean: None };
    let heading = args.heading("orders", args.engine.name(), facts);
    let named = |name: &str| BenchRun { name: name.to_owned(), ..heading.clone() };
    Ok(vec![
        Report::new(named("orders"), &alone),
        Report::new(named("orders beside sign-ins"), &beside),
        Report::new(
            BenchRun { connections: sign_ins::CONNECTIONS, ..named("sign-ins") },
            &strangers,
        ),
    ])
}

async fn run_console(args: &BenchArgs) -> Result<Vec<Report>> {
    let server = Server::start(args).await?;
    let rows = console::run(args, &server).await?;
    let facts = Facts { durability: readiness(&server).await?.durability, batch_mean: None };
    let heading = args.heading("", args.engine.name(), facts);
    let report = |(name, connections, measured): &console::Row| {
        let run = BenchRun { name: name.clone(), connections: *connections, ..heading.clone() };
        Report::new(run, measured)
    };
    Ok(rows.iter().map(report).collect())
}

async fn run_start(args: &BenchArgs) -> Result<Vec<Report>> {
    let (server, measured) = start::run(args).await?;
    let now = readiness(&server).await?;
    let facts = Facts { durability: now.durability, batch_mean: None };
    let heading = args.heading("start", args.engine.name(), facts);
    Ok(vec![Report::new(BenchRun { connections: 1, ..heading }, &measured)])
}

async fn run_memory(args: &mut BenchArgs) -> Result<()> {
    // The load ends when the orders are made, however long that takes; stock is made for them.
    args.seconds = args.orders.div_ceil(memory::PER_SECOND_MIN);
    for sample in memory::run(args).await? {
        println!("{}", serde_json::to_string(&sample)?);
    }
    Ok(())
}

async fn run_exports(args: &mut BenchArgs) -> Result<()> {
    // Stock is made for the orders, however long they take.
    args.seconds = args.orders.div_ceil(memory::PER_SECOND_MIN);
    for sample in export::run(args).await? {
        println!("{}", serde_json::to_string(&sample)?);
    }
    Ok(())
}

async fn run_import(mut args: BenchArgs) -> Result<Vec<Report>> {
    let server = Server::start(&args).await?;
    let engine = args.engine.name();
    let before = readiness(&server).await?;
    if !args.beside {
        let measured = import::run(&args, &server).await?;
        let heading = args.heading("import", engine, facts(&server, &before).await?);
        return Ok(vec![Report::new(BenchRun { connections: 1, ..heading }, &measured)]);
    }
    args.seconds = import::BESIDE_SECONDS_MAX;
    let (imported, ordered) = import::run_beside(&args, &server).await?;
    let heading = args.heading("import", engine, facts(&server, &before).await?);
    let beside = BenchRun { name: "orders beside import".to_string(), ..heading.clone() };
    let heading = BenchRun { connections: 1, batch_mean: None, ..heading };
    Ok(vec![Report::new(heading, &imported), Report::new(beside, &ordered)])
}

/// What the server says of itself. Asked before a run, `batch_mean` is none.
async fn facts(server: &Server, before: &Readiness) -> Result<Facts> {
    let now = readiness(server).await?;
    let batches = now.batches - before.batches;
    let commands = now.commands - before.commands;
    let batch_mean = (batches > 0).then(|| commands as f64 / batches as f64);
    Ok(Facts { durability: now.durability, batch_mean })
}

#[derive(serde::Deserialize)]
struct Readiness {
    durability: String,
    batches: u64,
    commands: u64,
}

async fn readiness(server: &Server) -> Result<Readiness> {
    let answer = reqwest::get(format!("{}/readyz", server.ready.url)).await?;
    answer.json().await.context("the server's readiness is not as agreed")
}

/// A name that no other run has, for idempotency keys.
fn run_name() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("bench-{:x}", since.as_micros())
}

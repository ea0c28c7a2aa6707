//! `bench exports`: the list of as many orders as `--orders` says, as CSV and as a workbook, through the API; and the most memory that
//! the server had meanwhile.

use super::server::Server;
use super::setup::Api;
use super::{BenchArgs, console, cpu, orders, readiness, report};
use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How often it is looked how far a file is, and how much memory the server has.
const LOOK: Duration = Duration::from_millis(100);
/// A file that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(900);
/// The part of the commands that may be no orders: one of so many.
const SPARE: u64 = 50;
const MIB: f64 = 1024.0;

/// A file as it was made.
#[derive(Debug, Serialize)]
pub struct Sample {
    name: &'static str,
    engine: &'static str,
    durability: String,
    commit: String,
    rows: i64,
    bytes: i64,
    /// From asking until it can be taken.
    seconds: f64,
    /// The program's and the database's.
    cpu_seconds: f64,
    /// Before the file was asked for.
    resident_before_mib: f64,
    /// The most while it was made.
    resident_most_mib: f64,
}

/// Makes the orders, then both files.
pub async fn run(args: &BenchArgs) -> Result<Vec<Sample>> {
    let server = Server::start(args).await?;
    let operation = orders::prepare(args, &server).await?;
    // Not every command is an order; what is counted in the end are rows.
    let more = BenchArgs { orders: args.orders + args.orders / SPARE, ..args.clone() };
    console::fill(&more, &server, operation).await?;
    let api = Api::new(&server.ready.url, server.secret_key()?);
    let mut samples = Vec::new();
    for format in ["csv", "xlsx"] {
        samples.push(file(args, &server, &api, format).await?);
    }
    Ok(samples)
}

async fn file(args: &BenchArgs, server: &Server, api: &Api, format: &str) -> Result<Sample> {
    let resident = || server.resident_kib().map(|kib| kib as f64 / MIB);
    let (before, cpu_before, began) = (resident()?, cpu::tree_seconds()?, Instant::now());
    let asked: Value =
        api.ask("/v1/exports", &json!({ "list": "orders", "format": format })).await?;
    let path = format!("/v1/exports/{}", asked["id"].as_str().context("an export's id")?);
    let mut most = before;
    let done = loop {
        tokio::time::sleep(LOOK).await;
        most = most.max(resident()?);
        let seen: Value = api.read(&path).await?;
        match seen["state"].as_str() {
            Some("done") => break seen,
            Some("waiting" | "running") => {}
            _ => bail!("the export ended as {seen}"),
        }
        ensure!(began.elapsed() < PATIENCE, "the export is never done: {seen}");
    };
    let number = |field: &str| done[field].as_i64().context("a number");
    ensure!(number("rows")? >= args.orders as i64, "rows are missing: {done}");
    Ok(Sample {
        name: if format == "csv" { "export csv" } else { "export xlsx" },
        engine: args.engine.name(),
        durability: readiness(server).await?.durability,
        commit: report::commit(),
        rows: number("rows")?,
        bytes: number("bytes")?,
        seconds: began.elapsed().as_secs_f64(),
        cpu_seconds: cpu::tree_seconds()? - cpu_before,
        resident_before_mib: before,
        resident_most_mib: most,
    })
}

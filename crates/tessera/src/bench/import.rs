//! `bench import`: a million generated codes from a CSV file through HTTP, alone or beside orders.

use super::codes::CodeMaker;
use super::load::{self, Measured};
use super::server::Server;
use super::setup::Api;
use super::tally::Tally;
use super::{BenchArgs, cpu, orders};
use anyhow::{Context, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Codes of the measured import.
const CODES: u64 = 1_000_000;
/// The longest time of orders beside one import. The stock for them is made for it.
pub const BESIDE_SECONDS_MAX: u64 = 60;

/// Imports alone. `ok` counts codes; there are no latencies of single codes.
pub async fn run(args: &BenchArgs, server: &Server) -> Result<Measured> {
    let api = Api::new(&server.ready.url, server.secret_key()?);
    let (sku, csv) = prepare(&api, args.password_only).await?;
    import(&api, &sku, csv).await
}

/// Imports while orders run: the figures of the import, then those of the orders.
pub async fn run_beside(args: &BenchArgs, server: &Server) -> Result<(Measured, Measured)> {
    let api = Api::new(&server.ready.url, server.secret_key()?);
    let (sku, csv) = prepare(&api, args.password_only).await?;
    let operation = orders::prepare(args, server).await?;
    let stop = Arc::new(AtomicBool::new(false));
    let load = load::Load { stop: Arc::clone(&stop), ..args.load(server.address()?) };
    let warm_up = load.warm_up;
    let beside = tokio::spawn(load::run(load, operation));

    // The orders are measured from the end of their warm-up, which is when the import begins.
    tokio::time::sleep(warm_up).await;
    let imported = import(&api, &sku, csv).await;
    stop.store(true, Ordering::Relaxed);
    let ordered = beside.await.context("the load panicked")??;
    let imported = imported?;
    if ordered.seconds < imported.seconds {
        eprintln!(
            "the import took {:.1} s, longer than the {:.1} s of orders beside it",
            imported.seconds, ordered.seconds
        );
    }
    Ok((imported, ordered))
}

async fn prepare(api: &Api, password_only: bool) -> Result<(String, String)> {
    let sku = api.create_skus(1).await?.pop().context("no SKU was made")?;
    let mut codes = CodeMaker::new();
    Ok((sku, if password_only { codes.passwords(CODES) } else { codes.csv(CODES) }))
}

async fn import(api: &Api, sku: &str, csv: String) -> Result<Measured> {
    let (start, cpu_before) = (Instant::now(), cpu::tree_seconds()?);
    let started = api.start_import(sku, csv).await?;
    api.finish_import(started, CODES).await?;
    let seconds = start.elapsed().max(Duration::from_millis(1)).as_secs_f64();
    let cpu_seconds = cpu::tree_seconds()? - cpu_before;
    let tally = Tally { ok: CODES, ..Tally::new()? };
    Ok(Measured { seconds, offered: CODES, tally, cpu_seconds })
}

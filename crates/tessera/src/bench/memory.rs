//! `bench memory`: how much memory the server keeps while millions of orders are made.

use super::server::Server;
use super::{BenchArgs, facts, load, orders, readiness};
use anyhow::{Context, Result};
use serde::Serialize;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How often the server is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// A machine that makes fewer orders a second than this is given up.
pub const PER_SECOND_MIN: u64 = 2_000;
const MIB: f64 = 1024.0;

/// What the server held when it had made so many orders.
#[derive(Debug, Serialize)]
pub struct Sample {
    name: &'static str,
    engine: &'static str,
    durability: String,
    commit: String,
    orders: u64,
    resident_mib: f64,
    seconds: f64,
}

/// Makes `--orders` orders in a closed loop and looks at the server's resident memory at every tenth of them. Fails when
/// the load ends before they are made.
pub async fn run(args: &BenchArgs) -> Result<Vec<Sample>> {
    let server = Server::start(args).await?;
    let operation = orders::prepare(args, &server).await?;
    let before = readiness(&server).await?;
    let load = args.load(server.address()?);
    let stop = load.stop.clone();
    let running = tokio::spawn(load::run(load, operation));
    let began = Instant::now();
    let mut samples = Vec::new();
    for tenth in 1..=10 {
        let goal = args.orders * tenth / 10;
        while readiness(&server).await?.commands - before.commands < goal && !running.is_finished()
        {
            tokio::time::sleep(LOOK).await;
        }
        let made = readiness(&server).await?.commands - before.commands;
        if made < goal {
            running.await.context("the load panicked")??;
            anyhow::bail!("the load ended when {made} of {} orders were made", args.orders);
        }
        samples.push(Sample {
            name: "memory",
            engine: args.engine.name(),
            durability: facts(&server, &before).await?.durability,
            commit: super::report::commit(),
            orders: made,
            resident_mib: server.resident_kib()? as f64 / MIB,
            seconds: began.elapsed().as_secs_f64(),
        });
    }
    stop.store(true, Ordering::Relaxed);
    let measured = running.await.context("the load panicked")??;
    anyhow::ensure!(measured.tally.errors == 0, "{} orders failed", measured.tally.errors);
    Ok(samples)
}

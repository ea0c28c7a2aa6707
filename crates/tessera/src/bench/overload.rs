//! `bench overload`: what the engine still does when ten times as much is offered to its queue.
//!
//! First the queue is kept full enough to saturate the engine; then orders are offered at ten times that
//! rate, open loop, and every refusal is timed. Both runs are in process, without HTTP.

use super::load::Measured;
use super::raw::Shelf;
use super::report::{BenchRun, Report};
use super::tally::{Class, Tally};
use super::{BenchArgs, cpu, raw_run, server};
use anyhow::{Context, Result};
use engine::{EngineError, Settings, open_vault};
use pgtemp::PgTemp;
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use vault::MasterKey;

/// Commands in flight that saturate the engine.
const SATURATING: usize = 1_024;
/// How much more is offered than the engine can do.
const FACTOR: f64 = 10.0;
/// Offers come in steps of this length.
const STEP: Duration = Duration::from_millis(1);
/// Orders per second that codes are made for.
const CEILING: u64 = 60_000;

/// Runs both and reports them as `saturation` and `overload`.
pub async fn run(args: &BenchArgs) -> Result<Vec<Report>> {
    let folder = tempfile::tempdir().context("cannot make a temporary directory")?;
    let postgres = server::postgres(args).await?;
    let url = args.database.clone().or_else(|| postgres.as_ref().map(PgTemp::url));
    let master = MasterKey::generate();
    let store = raw_run::open(folder.path(), url.as_deref()).await?;
    let vault = open_vault(&store, &master.clone().into()).await?;
    let mut shelf = Shelf::stock(&store, vault, args.skus).await?;
    shelf.fill((CEILING * args.seconds * 2) as usize).await?;
    let engine = engine::Engine::start(store, master, Settings::default()).await?;

    let saturation = saturate(&engine, &mut shelf, args.seconds).await?;
    let rate = saturation.tally.ok as f64 / saturation.seconds * FACTOR;
    let overload = overload(&engine, &mut shelf, args.seconds, rate).await?;
    let report = |name: &str, measured: &Measured| {
        let heading = BenchRun {
            name: name.to_owned(),
            engine: args.engine.name().to_owned(),
            connections: SATURATING,
            durability: engine.durability().to_owned(),
            batch_mean: None,
        };
        Report::new(heading, measured)
    };
    let reports = vec![report("saturation", &saturation), report("overload", &overload)];
    engine.shutdown().await;
    Ok(reports)
}

async fn saturate(engine: &engine::Engine, shelf: &mut Shelf, seconds: u64) -> Result<Measured> {
    let (cpu, begun, mut tally) = (cpu::tree_seconds()?, Instant::now(), Tally::new()?);
    let mut flying = JoinSet::new();
    while begun.elapsed() < Duration::from_secs(seconds) {
        while flying.len() < SATURATING {
            flying.spawn(offer(engine.clone(), shelf.order()));
        }
        if let Some(done) = flying.join_next().await {
            let (class, took) = done?;
            tally.count(class, took);
        }
    }
    let measured_seconds = begun.elapsed().as_secs_f64();
    flying.join_all().await;
    let cpu_seconds = cpu::tree_seconds()? - cpu;
    Ok(Measured { seconds: measured_seconds, offered: tally.ok, tally, cpu_seconds })
}

/// Latencies of the report are those of refusals: what matters to a caller who is turned away.
async fn overload(
    engine: &engine::Engine,
    shelf: &mut Shelf,
    seconds: u64,
    rate: f64,
) -> Result<Measured> {
    let (cpu, begun, mut tally) = (cpu::tree_seconds()?, Instant::now(), Tally::new()?);
    let mut flying: JoinSet<(Class, Duration)> = JoinSet::new();
    let mut spare: VecDeque<_> = (0..SATURATING).map(|_| shelf.order()).collect();
    let (mut offered, mut accepted) = (0_u64, 0_u64);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let due = (begun.elapsed().as_secs_f64() * rate) as u64;
        while offered < due {
            let order = spare.pop_front().unwrap_or_else(|| shelf.order());
            let at = Instant::now();
            match engine.offer(order) {
                Ok(outcome) => {
                    accepted += 1;
                    flying.spawn(async move {
                        (
                            class(&outcome.await.unwrap_or(Err(EngineError::ShuttingDown))),
                            at.elapsed(),
                        )
                    });
                }
                Err((order, _)) => {
                    spare.push_back(*order);
                    tally.refused += 1;
                    tally.latencies.saturating_record(at.elapsed().as_micros() as u64);
                }
            }
            offered += 1;
        }
        while let Some(done) = flying.try_join_next() {
            count(&mut tally, done?.0);
        }
        tokio::time::sleep(STEP).await;
    }
    let measured_seconds = begun.elapsed().as_secs_f64();
    for (class, _) in flying.join_all().await {
        count(&mut tally, class);
    }
    anyhow::ensure!(tally.ok + tally.errors == accepted, "an accepted order has no answer");
    let cpu_seconds = cpu::tree_seconds()? - cpu;
    Ok(Measured { seconds: measured_seconds, offered, tally, cpu_seconds })
}

fn count(tally: &mut Tally, class: Class) {
    match class {
        Class::Ok => tally.ok += 1,
        Class::Refused => tally.refused += 1,
        Class::Error => tally.errors += 1,
    }
}

async fn offer(engine: engine::Engine, order: domain::Envelope) -> (Class, Duration) {
    let at = Instant::now();
    let outcome = engine.submit(order).await;
    (class(&outcome), at.elapsed())
}

fn class(outcome: &Result<domain::Outcome, EngineError>) -> Class {
    match outcome {
        Ok(_) => Class::Ok,
        Err(EngineError::Overloaded) => Class::Refused,
        Err(_) => Class::Error,
    }
}

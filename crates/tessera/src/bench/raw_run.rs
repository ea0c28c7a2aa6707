//! `bench raw`, and filling a database before another run.

use super::load::Measured;
use super::raw::Shelf;
use super::report::{BenchRun, Report};
use super::tally::{Class, Tally};
use super::{BenchArgs, Work, cpu, server};
use crate::journal;
use anyhow::{Context, Result};
use engine::open_vault;
use pgtemp::PgTemp;
use std::path::Path;
use std::time::{Duration, Instant};
use store::Store;
use vault::MasterKey;

/// Orders of one batch, as the figure is defined.
const BATCH: usize = 128;
/// Orders of one batch while filling.
const FILL_BATCH: usize = 512;
/// Codes that a run may use per second.
const CEILING: u64 = 120_000;

/// Facts that are verified unless `--stored` says otherwise.
const FACTS: u64 = 1_000_000;

/// Verifies the chain over the journal of a database with stored orders, with the key.
pub async fn run_journal(args: &BenchArgs) -> Result<Report> {
    let folder = tempfile::tempdir().context("cannot make a temporary directory")?;
    let postgres = server::postgres(args).await?;
    let url = args.database.clone().or_else(|| postgres.as_ref().map(PgTemp::url));
    let store = open(folder.path(), url.as_deref()).await?;
    let vault = open_vault(&store, &MasterKey::generate().into()).await?;
    let mut shelf = Shelf::stock(&store, vault, args.skus).await?;
    let stored = if args.stored > 0 { args.stored } else { FACTS };
    shelf.fill(stored as usize).await?;
    shelf.buy(stored as usize, FILL_BATCH).await?;

    let (cpu, begun) = (cpu::tree_seconds()?, Instant::now());
    let chain = journal::chain(store.reader(), Some(shelf.vault()), None, &[], &mut |_| {}).await?;
    let (took, cpu_seconds) = (begun.elapsed(), cpu::tree_seconds()? - cpu);
    anyhow::ensure!(chain.bad.is_empty(), "the journal is not what was written: {:?}", chain.bad);
    let mut tally = Tally::new()?;
    for _ in 0..chain.checked {
        tally.count(Class::Ok, took);
    }
    let seconds = took.as_secs_f64();
    let measured = Measured { seconds, offered: tally.ok, tally, cpu_seconds };
    let heading = BenchRun {
        name: "journal verify".to_owned(),
        engine: args.engine.name().to_owned(),
        connections: 1,
        durability: store.durability().await?,
        batch_mean: None,
    };
    Ok(Report::new(heading, &measured))
}

/// Loads and flushes orders, batch after batch, for the asked seconds. Making the orders is not the store's work
/// and does not count.
pub async fn run(args: &BenchArgs) -> Result<Report> {
    let folder = tempfile::tempdir().context("cannot make a temporary directory")?;
    let postgres = server::postgres(args).await?;
    let url = args.database.clone().or_else(|| postgres.as_ref().map(PgTemp::url));
    let store = open(folder.path(), url.as_deref()).await?;
    let vault = open_vault(&store, &MasterKey::generate().into()).await?;
    let mut shelf = Shelf::stock(&store, vault, args.skus).await?;
    shelf.fill((args.stored + CEILING * args.seconds) as usize).await?;
    shelf.buy(args.stored as usize, FILL_BATCH).await?;

    let cpu = cpu::tree_seconds()?;
    let begun = Instant::now();
    let mut tally = Tally::new()?;
    let mut busy = Duration::ZERO;
    while begun.elapsed() < Duration::from_secs(args.seconds) {
        let took = shelf.buy(BATCH, BATCH).await?;
        busy += took;
        for _ in 0..BATCH {
            tally.count(Class::Ok, took);
        }
    }
    let measured = Measured {
        seconds: busy.as_secs_f64(),
        offered: tally.ok,
        tally,
        cpu_seconds: cpu::tree_seconds()? - cpu,
    };
    let heading = BenchRun {
        name: "raw".to_owned(),
        engine: args.engine.name().to_owned(),
        connections: 1,
        durability: store.durability().await?,
        batch_mean: Some(BATCH as f64),
    };
    Ok(Report::new(heading, &measured))
}

/// Fills the database that a demo will serve: with the stored orders and as many unsold codes, or with codes alone
/// before an import, which meets no orders.
pub async fn preload(data: &Path, url: Option<&str>, args: &BenchArgs) -> Result<()> {
    std::fs::create_dir_all(data).context("cannot make the data folder")?;
    let master = MasterKey::read_or_create_file(&data.join("master.key"))?;
    let store = open(data, url).await?;
    let vault = open_vault(&store, &master.into()).await?;
    let mut shelf = Shelf::stock(&store, vault, 1).await?;
    let stored = args.stored as usize;
    if args.work == Work::Import && !args.beside {
        return shelf.fill(stored).await;
    }
    shelf.fill(2 * stored).await?;
    shelf.buy(stored, FILL_BATCH).await?;
    Ok(())
}

/// Opens the database at `url`, or a file in `folder`.
pub async fn open(folder: &Path, url: Option<&str>) -> Result<Store> {
    let file = format!("sqlite://{}", folder.join("tessera.db").display());
    let settings = store::Settings { url: url.unwrap_or(&file).to_owned(), readers: 2 };
    Ok(Store::open(&settings).await?)
}

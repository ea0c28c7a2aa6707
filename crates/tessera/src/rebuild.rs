//! Rebuild: make reports, timelines and search anew from the journals, where somebody doubts them.

use crate::config::{Config, Overrides};
use anyhow::Result;
use engine::{Engine, Settings};
use indicatif::{ProgressBar, ProgressStyle};
use std::time::{Duration, Instant};
use store::Store;
use tokio::sync::watch;

/// How often it is told how far it is.
const LOOK: Duration = Duration::from_millis(250);

/// Arguments of `tessera rebuild`.
#[derive(Debug, clap::Args)]
pub struct RebuildArgs {
    #[command(flatten)]
    overrides: Overrides,
}

/// Empties what is told behind the journals and follows them from their beginning. Interrupted, it is gone on with by the next
/// server.
pub async fn run(args: RebuildArgs) -> Result<()> {
    let config = Config::read(&args.overrides)?;
    let settings = store::Settings { url: config.database.clone(), readers: 2 };
    let store = Store::open_existing(&settings).await?;
    store.forget_followed().await?;
    let settings = Settings { state_dir: config.state_dir(), ..Settings::default() };
    let engine = Engine::start(store, config.master_keys()?, settings).await?;
    let (began, facts) = (Instant::now(), behind(&engine).await?);
    let style =
        ProgressStyle::with_template("{bar:40} {pos} of {len} facts, {per_sec}, {eta} left")?;
    let bar = ProgressBar::new(facts).with_style(style);
    let (stop, stopped) = watch::channel(false);
    let following = tokio::spawn(insight::follow(engine.clone(), stopped));
    loop {
        let left = behind(&engine).await?;
        bar.set_position(facts.saturating_sub(left));
        if left == 0 {
            break;
        }
        tokio::time::sleep(LOOK).await;
    }
    stop.send_replace(true);
    let _ = following.await;
    bar.finish_and_clear();
    engine.shutdown().await;
    println!("{facts} facts were read anew in {} s.", began.elapsed().as_secs());
    Ok(())
}

/// Facts that are to be read.
async fn behind(engine: &Engine) -> Result<u64> {
    let books = engine.reader().books_behind().await?;
    let facts: i64 = books.iter().map(|book| book.head - book.followed).sum();
    Ok(u64::try_from(facts).unwrap_or(0))
}

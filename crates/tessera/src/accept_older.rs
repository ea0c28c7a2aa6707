//! Accept older: go on with a database that lacks what was acknowledged.

use crate::config::{Config, Overrides};
use anyhow::{Context, Result};
use store::Store;

/// Arguments of `tessera accept-older`.
#[derive(Debug, clap::Args)]
pub struct AcceptOlderArgs {
    #[command(flatten)]
    overrides: Overrides,
    /// Where the database ends, as the refusal tells it.
    #[arg(long)]
    head: String,
}

/// Changes what is kept of the database; servers that run go on within a second.
pub async fn run(args: AcceptOlderArgs) -> Result<()> {
    let config = Config::read(&args.overrides)?;
    let folder = config.state_dir().context(
        "nothing is kept without a folder for it: give --state-dir, or --master-key-file beside which it lies",
    )?;
    let settings = store::Settings { url: config.database.clone(), readers: 1 };
    let reader = Store::open_reader(&settings).await?;
    engine::accept_older(&reader, &folder, &args.head).await?;
    println!("The database is taken as it is, up to {}. What came after it is lost.", args.head);
    Ok(())
}

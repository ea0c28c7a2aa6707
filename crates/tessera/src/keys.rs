//! Keys that are made beside the database: the operator's first key, and other data keys.

use crate::config::{Config, Overrides};
use anyhow::{Context, Result};
use domain::identity::create_api_key::CreateApiKey;
use domain::identity::{Scope, operator};
use engine::{Engine, Settings};
use store::Store;

/// Arguments of `tessera keys`.
#[derive(Debug, clap::Args)]
pub struct KeysArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Make an operator's key and print it once. On SQLite the server must not be running.
    Operator {
        #[command(flatten)]
        overrides: Overrides,
        /// What the key is called.
        #[arg(long, default_value = "operator")]
        name: String,
    },
    /// Bring the data keys under the first master key of the key file; servers may run meanwhile.
    ///
    /// Before: put the new master key as the first line into the file of every server, above the old
    /// one. After: take the old line away.
    Rotate {
        #[command(flatten)]
        overrides: Overrides,
        /// Make a new data key too: running servers seal everything again under it.
        #[arg(long)]
        reseal: bool,
        /// Who does it, for the journal.
        #[arg(long, env = "USER", default_value = "unknown")]
        by: String,
    },
}

/// Makes or changes keys and says what was done.
pub async fn run(args: KeysArgs) -> Result<()> {
    match args.what {
        What::Operator { overrides, name } => print_operator(&overrides, &name).await,
        What::Rotate { overrides, reseal, by } => rotate(&overrides, reseal, &by).await,
    }
}

async fn print_operator(overrides: &Overrides, name: &str) -> Result<()> {
    let config = Config::read(overrides)?;
    let settings = store::Settings { url: config.database.clone(), readers: 1 };
    let store = Store::open(&settings).await?;
    let settings = Settings { state_dir: config.state_dir(), ..Settings::default() };
    let engine = Engine::start(store, config.master_keys()?, settings).await?;
    println!("{}", make_operator(&engine, name).await?);
    engine.shutdown().await;
    Ok(())
}

async fn rotate(overrides: &Overrides, reseal: bool, by: &str) -> Result<()> {
    let config = Config::read(overrides)?;
    let ring = config.master_keys()?.read()?;
    let settings = store::Settings { url: config.database.clone(), readers: 1 };
    engine::rotate_keys(&settings, &ring, reseal, by).await?;
    println!("The data keys lie under the first master key; no other one opens them.");
    if reseal {
        println!(
            "A new data key seals from now on; running servers seal everything again under it."
        );
    }
    Ok(())
}

/// Makes a key with every scope of the operator; gives its secret.
pub async fn make_operator(engine: &Engine, name: &str) -> Result<String> {
    let secret = vault::new_secret("ok_live_");
    let command = CreateApiKey {
        tenant: operator(),
        name: name.to_owned(),
        scopes: Scope::OPERATOR.to_vec(),
        hash: vault::key_hash(&secret),
        requests_per_minute: None,
        expires_at: None,
        by: None,
    };
    engine.run(engine.internal(operator()), command).await.context("the key")?;
    Ok(secret)
}

//! Keys to begin with: the operator's first key can only be made here, beside the database.

use crate::config::{Config, Overrides};
use anyhow::{Context, Result, bail};
use domain::identity::create_api_key::CreateApiKey;
use domain::identity::{Scope, operator};
use domain::{Command, Outcome};
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
}

/// Makes a key and prints it.
pub async fn run(args: KeysArgs) -> Result<()> {
    let What::Operator { overrides, name } = args.what;
    let config = Config::read(&overrides)?;
    let settings = store::Settings { url: config.database.clone(), readers: 1 };
    let store = Store::open(&settings).await?;
    let engine = Engine::start(store, &config.master_key()?, Settings::default()).await?;
    println!("{}", make_operator(&engine, &name).await?);
    engine.shutdown().await;
    Ok(())
}

/// Makes a key with every scope of the operator; gives its secret.
pub async fn make_operator(engine: &Engine, name: &str) -> Result<String> {
    let secret = vault::new_secret("ok_live_");
    let command = Command::CreateApiKey(CreateApiKey {
        tenant: operator(),
        name: name.to_owned(),
        scopes: Scope::OPERATOR.to_vec(),
        hash: vault::key_hash(&secret),
    });
    match engine.submit(engine.internal(operator(), command)).await.context("the key")? {
        Outcome::ApiKey(_) => Ok(secret),
        other => bail!("a key was asked for, not {other:?}"),
    }
}

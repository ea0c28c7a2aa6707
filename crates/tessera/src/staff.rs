//! What whoever has the machine does for people.

use crate::config::{Config, Overrides};
use anyhow::{Result, bail};
use engine::{Engine, Settings};
use store::Store;

/// Arguments of `tessera staff`.
#[derive(Debug, clap::Args)]
pub struct StaffArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Print a link with which a person chooses another password and second factor; good for an hour, once. On SQLite
    /// the server must not be running.
    Recover {
        #[command(flatten)]
        overrides: Overrides,
        /// His mail address.
        email: String,
    },
}

/// Does it and says what was done.
pub async fn run(args: StaffArgs) -> Result<()> {
    let What::Recover { overrides, email } = args.what;
    let config = Config::read(&overrides)?;
    let settings = store::Settings { url: config.database.clone(), readers: 1 };
    let store = Store::open_existing(&settings).await?;
    let settings = Settings { state_dir: config.state_dir(), ..Settings::default() };
    let engine = Engine::start(store, config.master_keys()?, settings).await?;
    let token = admin::people::recover(&engine, &email).await;
    engine.shutdown().await;
    match token {
        Ok(Some(token)) => {
            let url = config.public_url.unwrap_or_else(|| format!("http://{}", config.listen));
            println!("{}/console/link#{}", url.trim_end_matches('/'), token.as_str());
            Ok(())
        }
        Ok(None) => bail!("nobody has the address {email}"),
        Err(problem) => bail!("{}", problem.cause.as_deref().unwrap_or(problem.cure())),
    }
}

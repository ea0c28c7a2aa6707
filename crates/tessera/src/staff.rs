//! What whoever has the machine does for people.

use crate::config::{Config, Overrides};
use anyhow::{Result, bail};
use edge::problem::Problem;
use engine::{Engine, Settings};
use kernel::MerchantId;
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
    /// Archive every network of a merchant's staff, so that they may work from anywhere again. On SQLite the server must
    /// not be running.
    ForgetNetworks {
        #[command(flatten)]
        overrides: Overrides,
        /// The merchant, as `mer_…`.
        merchant: MerchantId,
    },
}

/// Does it and says what was done.
pub async fn run(args: StaffArgs) -> Result<()> {
    match args.what {
        What::Recover { overrides, email } => recover(&overrides, &email).await,
        What::ForgetNetworks { overrides, merchant } => {
            let (engine, _) = start(&overrides).await?;
            let forgotten = admin::people::forget_networks(&engine, merchant).await;
            engine.shutdown().await;
            match forgotten {
                Ok(count) => println!("{count} networks were archived."),
                Err(problem) => bail!("{}", words(&problem)),
            }
            Ok(())
        }
    }
}

/// The engine over the database that the configuration names.
async fn start(overrides: &Overrides) -> Result<(Engine, Config)> {
    let config = Config::read(overrides)?;
    let settings = store::Settings { url: config.database.clone(), readers: 1 };
    let store = Store::open_existing(&settings).await?;
    let settings = Settings { state_dir: config.state_dir(), ..Settings::default() };
    Ok((Engine::start(store, config.master_keys()?, settings).await?, config))
}

fn words(problem: &Problem) -> &str {
    problem.cause.as_deref().unwrap_or(problem.cure())
}

async fn recover(overrides: &Overrides, email: &str) -> Result<()> {
    let (engine, config) = start(overrides).await?;
    let token = admin::people::recover(&engine, email).await;
    engine.shutdown().await;
    match token {
        Ok(Some(token)) => {
            let url = config.public_url.unwrap_or_else(|| format!("http://{}", config.listen));
            println!("{}/console/link#{}", url.trim_end_matches('/'), token.as_str());
            Ok(())
        }
        Ok(None) => bail!("nobody has the address {email}"),
        Err(problem) => bail!("{}", words(&problem)),
    }
}

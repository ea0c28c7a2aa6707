//! The demo: two invented merchants with goods on the shelf, seeded through the open API itself.

mod client;
mod codes;
mod payment;
mod people;
mod seed;
mod style;

use crate::config::{Config, Overrides};
use crate::serve::{Create, Server, Signals};
use crate::{logging, ready};
use anyhow::{Context, Result};
use domain::resource::registry;
use edge::message::Outbox;
use kernel::{Mode, limits};
use people::SeededPerson;
use sandbox::{Accounts, Running};
use seed::{SeededMerchant, SeededStore};
use serde::Serialize;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use vault::{KeySource, MasterKey};

/// Arguments of `tessera demo`.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    #[command(flatten)]
    overrides: Overrides,
    /// Folder for database and master key.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Serve the kinds of resources that show how a kind is added.
    #[arg(long)]
    sample_kinds: bool,
    /// File to write, once everything is seeded and served: addresses and keys.
    #[arg(long)]
    ready_file: Option<PathBuf>,
}

#[derive(Serialize)]
struct Ready<'a> {
    url: String,
    console_url: String,
    database_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    metrics_url: Option<String>,
    operator_key: String,
    merchants: Vec<SeededMerchant>,
    staff_url: String,
    stores: Vec<SeededStore>,
    staff: Vec<SeededPerson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sandbox: Option<Accounts>,
}

/// Serves the demo until a signal ends it.
pub async fn run(args: DemoArgs) -> Result<()> {
    std::fs::create_dir_all(&args.data).context("cannot make the data folder")?;
    let mut config = Config::read(&args.overrides)?;
    if args.overrides.database.is_none() {
        config.database = format!("sqlite://{}", args.data.join("tessera.db").display());
    }
    // Whoever tries the demo out comes from one address.
    if config.pages_per_minute == limits::PAGES_PER_MINUTE {
        config.pages_per_minute = NonZeroU32::MAX;
    }
    config.files.get_or_insert_with(|| args.data.join("files").display().to_string());
    let _logging = logging::start(&config.log)?;
    ready::clear(args.ready_file.as_deref())?;
    let key_file = master_key_file(&config, &args.data);
    MasterKey::read_or_create_file(&key_file)?;
    config.master_key_file = Some(key_file.clone());
    config.allow_fsync_off = true;
    // The demo moves no money.
    config.default_mode = Mode::Test;
    let kinds = if args.sample_kinds { registry::ALL } else { registry::KINDS };
    let keys = KeySource::File(key_file);
    let sandbox = match config.sandbox {
        Some(_) => None,
        None => Some(start_sandbox(&args.data).await?),
    };
    config.sandbox = config.sandbox.or_else(|| sandbox.as_ref().map(|it| it.url().to_owned()));
    let server = Server::start(&config, keys, Create::Allowed, kinds).await?;
    let operator_key = crate::keys::make_operator(&server.engine, "demo").await?;
    let shops = config.public_url.clone().unwrap_or_else(|| server.url());
    let shops = shops.trim_end_matches('/').to_owned();
    let merchants =
        seed::seed(&server.engine.vault(), &server.url(), &shops, &operator_key, kinds).await?;
    if let Some(running) = &sandbox {
        payment::seed(running, &server.url(), &merchants).await?;
    }
    let stores = merchants.iter().flat_map(SeededMerchant::stores).collect();
    let staff_url = merchants.first().map(|first| first.staff_url().to_owned());
    server.app.set_outbox(Outbox::inbox());
    let staff = people::seed(&server.app, &merchants).await?;
    server.app.set_demo(edge::Demo {
        shops: merchants.iter().map(SeededMerchant::shop).collect(),
        keys: args.ready_file.as_ref().map(|file| file.display().to_string()),
        people: staff.iter().map(|person| person.shown(&merchants)).collect(),
    });
    let ready = Ready {
        url: server.url(),
        console_url: server.console_url(),
        database_url: &config.database,
        metrics_url: server.metrics_url(),
        operator_key,
        merchants,
        staff_url: staff_url.unwrap_or_default(),
        stores,
        staff,
        sandbox: sandbox.as_ref().map(Running::accounts),
    };
    let signals = Signals::listen()?;
    if let Some(file) = &args.ready_file {
        ready::write(file, &ready)?;
    }
    logging::say(&greeting(&ready, args.ready_file.as_deref()));
    server.until(signals).await
}

/// A sandbox for payments in test mode, whose accounts are kept beside the database.
async fn start_sandbox(data: &Path) -> Result<Running> {
    let settings = sandbox::Settings {
        accounts_file: Some(data.join("sandbox.json")),
        ..sandbox::Settings::default()
    };
    sandbox::start(settings).await
}

/// What to open, and where the keys are.
fn greeting(ready: &Ready<'_>, ready_file: Option<&Path>) -> String {
    let mut text = format!("Open in a browser / 请用浏览器打开: {}\n", ready.url);
    text += &format!("  控制台 Console: {}\n", ready.console_url);
    for merchant in &ready.merchants {
        text += &format!("  {}\n", merchant.shop_line());
    }
    if let Some(sandbox) = &ready.sandbox {
        text += &format!("  支付沙箱 Payment sandbox: {}/control\n", sandbox.url);
    }
    if let Some(file) = ready_file {
        text += &format!("Addresses and keys / 地址和密钥: {}\n", file.display());
    }
    text + "Ctrl-C ends it / 按 Ctrl-C 结束"
}

fn master_key_file(config: &Config, data: &Path) -> PathBuf {
    config.master_key_file.clone().unwrap_or_else(|| data.join("master.key"))
}

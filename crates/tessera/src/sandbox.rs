//! `tessera sandbox`: WeChat Pay, Alipay and Stripe on loopback, to test against.

use crate::serve::Signals;
use crate::{logging, ready};
use ::sandbox::{Pace, Settings};
use anyhow::Result;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

/// Arguments of `tessera sandbox`.
#[derive(Debug, clap::Args)]
pub struct SandboxArgs {
    /// Loopback address to listen on; port 0 takes any free one.
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// File that keeps the merchants' accounts and keys, so that they outlive a restart.
    #[arg(long)]
    accounts_file: Option<PathBuf>,
    /// How many times faster than documented notices are repeated.
    #[arg(long, default_value_t = NonZeroU32::MIN)]
    notices_faster: NonZeroU32,
    /// File to write, once it answers: addresses and keys.
    #[arg(long)]
    ready_file: Option<PathBuf>,
    /// What is logged.
    #[arg(long, default_value = "info")]
    log: String,
}

/// Serves the sandbox until a signal ends it.
pub async fn run(args: SandboxArgs) -> Result<()> {
    let _logging = logging::start(&args.log)?;
    ready::clear(args.ready_file.as_deref())?;
    let pace = Pace { notices_faster: args.notices_faster.get(), ..Pace::default() };
    let settings = Settings { listen: args.listen, accounts_file: args.accounts_file, pace };
    let running = ::sandbox::start(settings).await?;
    let signals = Signals::listen()?;
    if let Some(file) = &args.ready_file {
        ready::write(file, &running.accounts())?;
    }
    let url = running.url();
    logging::say(&format!("Payment sandbox / 支付沙箱: {url}\n  Control / 控制台: {url}/control"));
    signals.wait().await;
    Ok(())
}

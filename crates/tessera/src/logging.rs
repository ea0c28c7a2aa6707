//! Logs: one JSON object a line on standard error.

use anyhow::{Result, anyhow};
use tracing_subscriber::EnvFilter;

/// Starts logging with a filter such as `info` or `warn,api=debug`.
pub fn start(filter: &str) -> Result<()> {
    let filter = EnvFilter::try_new(filter)?;
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init()
        .map_err(|e| anyhow!("logging cannot start: {e}"))
}

//! The long fault run: ten minutes of faults drawn by seed, half of them on each engine, and twenty kills. The same
//! runs that `make test` makes for a few seconds.

use anyhow::{Context, Result};
use std::process::{Command, ExitCode};

/// How long it is unless told otherwise, in seconds, over both engines.
const SECONDS: u64 = 600;
/// How often each engine's server is killed.
const KILLS: &str = "20";

/// Runs it, with the seed that is given or a fresh one that it prints.
pub fn run(seconds: Option<&str>, seed: Option<&str>) -> Result<ExitCode> {
    let seconds = seconds.map_or(Ok(SECONDS), str::parse).context("SECONDS is a number")?;
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["test", "--locked", "-p", "tessera", "--test", "it"])
        .args(["--", "fault_run::", "kill::", "--nocapture", "--test-threads=1"])
        .env("TESSERA_KILLS", KILLS)
        .env("TESSERA_FAULT_SECONDS", (seconds / 2).to_string())
        .current_dir(crate::root());
    if let Some(seed) = seed {
        command.env("TESSERA_FAULT_SEED", seed);
    }
    let status = command.status().context("cargo cannot be run")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

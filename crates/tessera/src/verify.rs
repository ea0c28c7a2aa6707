//! Verify: ask a database whether it keeps the invariants.

use anyhow::Result;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::{Reader, Store};

/// Arguments of `tessera verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Database: sqlite://FILE or postgres://….
    #[arg(long, env = "TESSERA_DATABASE")]
    database: String,
    /// The folder in which is kept what was acknowledged: an older copy of the database is told.
    #[arg(long, env = "TESSERA_STATE_DIR")]
    state_dir: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    ok: bool,
    checks: Vec<Check>,
}

#[derive(Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
    count: u64,
    detail: String,
}

/// Runs every check; exit code 1 when one fails.
pub async fn run(args: VerifyArgs) -> Result<ExitCode> {
    let settings = store::Settings { url: args.database, readers: 1 };
    let reader = Store::open_reader(&settings).await?;
    let mut checks: Vec<Check> = store::verify::verify(&reader)
        .await?
        .into_iter()
        .map(|c| Check { name: c.name, ok: c.ok, count: c.count, detail: c.detail })
        .collect();
    if let Some(folder) = &args.state_dir {
        checks.push(acknowledged(&reader, folder).await?);
    }
    let report = Report { ok: checks.iter().all(|check| check.ok), checks };
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        for check in &report.checks {
            let word = if check.ok { "ok" } else { "FAILED" };
            println!("{word:>6}  {:<24} {:>12}  {}", check.name, check.count, check.detail);
        }
    }
    Ok(if report.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether everything that was acknowledged is there.
async fn acknowledged(reader: &Reader, folder: &Path) -> Result<Check> {
    let lacking = engine::lacks(reader, folder).await?;
    let (ok, detail) = (lacking.is_none(), lacking.unwrap_or_default());
    Ok(Check { name: "acknowledged", ok, count: 1, detail })
}

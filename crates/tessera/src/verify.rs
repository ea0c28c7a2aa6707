//! Verify: ask a database whether it keeps the invariants, and with the master key whether everything opens.

use crate::journal;
use anyhow::Result;
use deliver::seal::open_all::open_all;
use indicatif::{ProgressBar, ProgressStyle};
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
    /// Open every sealed value with the master keys of this file: codes, buyers, answers, staged pieces.
    #[arg(long)]
    master_key_file: Option<PathBuf>,
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
    if let Some(file) = &args.master_key_file {
        checks.extend(sealed_values(&reader, file).await?);
        checks.push(proven(&reader, file).await?);
    }
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

/// Opens every sealed value; on a terminal it shows how far it is.
async fn sealed_values(reader: &Reader, file: &Path) -> Result<Vec<Check>> {
    let vault = journal::open_vault(reader, file).await?;
    let style = ProgressStyle::with_template("{spinner} {pos} sealed values opened, {per_sec}")?;
    let bar = ProgressBar::new_spinner().with_style(style);
    let tables = open_all(reader, &vault, |count| bar.set_position(count)).await?;
    bar.finish_and_clear();
    let check = |table: &deliver::seal::open_all::Opened| Check {
        name: table.name,
        ok: table.is_ok(),
        count: table.count,
        detail: table.detail(),
    };
    Ok(tables.iter().map(check).collect())
}

/// Whether the journal is what the holders of the key wrote.
async fn proven(reader: &Reader, file: &Path) -> Result<Check> {
    let vault = journal::open_vault(reader, file).await?;
    let chain = journal::chain(reader, Some(&vault), None, &[], &mut |_| {}).await?;
    let first = chain.bad.first().map(|bad| format!("{}: {:?} {}", bad.why, bad.tenant, bad.seq));
    let (ok, detail) = (chain.bad.is_empty(), first.unwrap_or_default());
    Ok(Check { name: "journal_proofs", ok, count: chain.checked, detail })
}

/// Whether everything that was acknowledged is there.
async fn acknowledged(reader: &Reader, folder: &Path) -> Result<Check> {
    let lacking = engine::lacks(reader, folder).await?;
    let (ok, detail) = (lacking.is_none(), lacking.unwrap_or_default());
    Ok(Check { name: "acknowledged", ok, count: 1, detail })
}

//! What a run says: one JSON object for programs, one line of a table for people.

use super::load::Measured;
use serde::Serialize;
use std::process::Command;

/// What a run was, apart from its figures.
#[derive(Debug, Clone)]
pub struct BenchRun {
    /// `orders`, `echo`, `raw`, `import`, …
    pub name: String,
    /// `sqlite`, `postgres`, or `none` where no database takes part.
    pub engine: String,
    /// Connections of the load generator.
    pub connections: usize,
    /// How commits reach the disk, as read back from the database.
    pub durability: String,
    /// Mean number of commands in a batch, where the server counts them.
    pub batch_mean: Option<f64>,
}

/// One run's report. The names are a contract with the tests from outside.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    name: String,
    engine: String,
    commit: String,
    cores: usize,
    durability: String,
    connections: usize,
    seconds: f64,
    ok: u64,
    errors: u64,
    refused: u64,
    offered: u64,
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    p999_ms: f64,
    cpu_s_per_1000: f64,
    batch_mean: Option<f64>,
}

impl Report {
    /// Puts a run and its figures together.
    pub fn new(run: BenchRun, measured: &Measured) -> Self {
        let tally = &measured.tally;
        let quantile_ms =
            |quantile| rounded(tally.latencies.value_at_quantile(quantile) as f64 / 1000.0);
        Self {
            name: run.name,
            engine: run.engine,
            commit: commit(),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            durability: run.durability,
            connections: run.connections,
            seconds: rounded(measured.seconds),
            ok: tally.ok,
            errors: tally.errors,
            refused: tally.refused,
            offered: measured.offered,
            per_second: rounded(ratio(tally.ok as f64, measured.seconds)),
            p50_ms: quantile_ms(0.5),
            p99_ms: quantile_ms(0.99),
            p999_ms: quantile_ms(0.999),
            cpu_s_per_1000: rounded(ratio(measured.cpu_seconds * 1000.0, tally.ok as f64)),
            batch_mean: run.batch_mean.map(rounded),
        }
    }
}

/// Prints one JSON object a line, or a table.
pub fn print(reports: &[Report], json: bool) -> serde_json::Result<()> {
    if json {
        for report in reports {
            println!("{}", serde_json::to_string(report)?);
        }
        return Ok(());
    }
    if let Some(first) = reports.first() {
        println!("commit {}, {} cores", first.commit, first.cores);
    }
    println!(
        "{:<22} {:<8} {:>5} {:>10} {:>9} {:>7} {:>8} {:>8} {:>8} {:>8} {:>9} {:>6}  durability",
        "run", "engine", "conns", "per second", "ok", "errors", "refused", "p50 ms", "p99 ms",
        "p999 ms", "cpu s/1k", "batch"
    );
    for r in reports {
        let batch = r.batch_mean.map_or_else(|| "-".to_string(), |mean| format!("{mean:.1}"));
        println!(
            "{:<22} {:<8} {:>5} {:>10.0} {:>9} {:>7} {:>8} {:>8.2} {:>8.2} {:>8.2} {:>9.3} {:>6}  {}",
            r.name, r.engine, r.connections, r.per_second, r.ok, r.errors, r.refused, r.p50_ms,
            r.p99_ms, r.p999_ms, r.cpu_s_per_1000, batch, r.durability
        );
    }
    Ok(())
}

/// The commit of the source: from the build when it says so, else from the working tree.
fn commit() -> String {
    if let Some(commit) = option_env!("TESSERA_COMMIT") {
        return commit.to_string();
    }
    Command::new("git")
        .args(["describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"])
        .output()
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .map_or_else(|| "unknown".to_string(), |text| text.trim().to_string())
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Three digits behind the point are more than any run can repeat.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

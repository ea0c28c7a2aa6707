//! What a run says: one JSON object for programs, one line of a table for people.

use super::load::Measured;
use serde::Serialize;
use std::process::Command;

/// The table's first line; [`Report::line`] keeps to its columns.
const HEADING: &str = "run                    engine   conns per second        ok  errors  refused   \
                       p50 ms   p99 ms  p999 ms  cpu s/1k  batch  durability";

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

    fn line(&self) -> String {
        let batch = self.batch_mean.map_or_else(|| "-".to_string(), |mean| format!("{mean:.1}"));
        let what = format!("{:<22} {:<8} {:>5}", self.name, self.engine, self.connections);
        let counts = format!("{:>9} {:>7} {:>8}", self.ok, self.errors, self.refused);
        let latency = format!("{:>8.2} {:>8.2} {:>8.2}", self.p50_ms, self.p99_ms, self.p999_ms);
        let cost = format!("{:>9.3} {batch:>6}  {}", self.cpu_s_per_1000, self.durability);
        format!("{what} {:>10.0} {counts} {latency} {cost}", self.per_second)
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
    println!("{HEADING}");
    for report in reports {
        println!("{}", report.line());
    }
    Ok(())
}

/// The commit of the source: from the build when it says so, else from the working tree.
pub fn commit() -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::tally::{Class, Tally};
    use anyhow::Result;
    use std::time::Duration;

    #[test]
    fn the_object_has_the_agreed_names_and_figures() -> Result<()> {
        let mut tally = Tally::new()?;
        for _ in 0..100 {
            tally.count(Class::Ok, Duration::from_millis(4));
        }
        tally.count(Class::Refused, Duration::from_millis(1));
        let measured = Measured { seconds: 2.0, offered: 110, tally, cpu_seconds: 0.5 };
        let run = BenchRun {
            name: "orders".to_string(),
            engine: "sqlite".to_string(),
            connections: 64,
            durability: "full".to_string(),
            batch_mean: Some(31.5),
        };
        let report = Report::new(run, &measured);
        let object = serde_json::to_value(&report)?;
        let expected = [
            ("seconds", 2.0),
            ("ok", 100.0),
            ("errors", 0.0),
            ("refused", 1.0),
            ("offered", 110.0),
            ("per_second", 50.0),
            ("cpu_s_per_1000", 5.0),
            ("batch_mean", 31.5),
            ("connections", 64.0),
        ];
        for (name, value) in expected {
            assert_eq!(object[name].as_f64(), Some(value), "{name}");
        }
        for name in ["p50_ms", "p99_ms", "p999_ms"] {
            assert_eq!(object[name].as_f64().map(f64::round), Some(4.0), "{name}");
        }
        for name in ["name", "engine", "commit", "durability"] {
            assert!(object[name].as_str().is_some_and(|text| !text.is_empty()), "{name}");
        }
        assert!(object["cores"].as_u64() > Some(0));
        assert_eq!(object.as_object().map(serde_json::Map::len), Some(17));
        assert_eq!(report.line().find("full"), HEADING.find("durability"));
        Ok(())
    }
}

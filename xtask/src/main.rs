//! Tasks of the repository that are too long for a Makefile: `tidy`, and `faults`.

use std::process::ExitCode;

const USAGE: &str = "usage: cargo run -p xtask -- tidy | faults [SECONDS [SEED]]";

fn main() -> anyhow::Result<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["tidy"] => tidy(),
        ["faults"] => xtask::faults::run(None, None),
        ["faults", seconds] => xtask::faults::run(Some(seconds), None),
        ["faults", seconds, seed] => xtask::faults::run(Some(seconds), Some(seed)),
        _ => anyhow::bail!(USAGE),
    }
}

fn tidy() -> anyhow::Result<ExitCode> {
    let report = xtask::tidy::run(&xtask::root())?;
    for problem in &report.problems {
        eprintln!("{problem}");
    }
    println!("tidy: {} files read, problems: {}", report.files, report.problems.len());
    Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

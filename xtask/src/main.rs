//! Tasks of the repository that are too long for a Makefile. Today there is one: `tidy`.

use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    if std::env::args().skip(1).ne(["tidy".to_owned()]) {
        anyhow::bail!("usage: cargo run -p xtask -- tidy");
    }
    let report = xtask::tidy::run(&xtask::root())?;
    for problem in &report.problems {
        eprintln!("{problem}");
    }
    println!("tidy: {} files read, problems: {}", report.files, report.problems.len());
    Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

//! Import: send a file of codes to a server, watch it being read, and answer what is asked about it.

mod answer;
mod ask;
mod flow;
mod report;
mod server;
#[cfg(test)]
mod tests;

use crate::talk::{self, Talk};
use anyhow::Result;
use reqwest::Url;
use std::io::{IsTerminal, stderr, stdin, stdout};
use std::path::PathBuf;

/// Arguments of `tessera import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Import codes (卡密) from a CSV or TXT file into the pool of a SKU.
    ///
    /// On a terminal, questions about the file are asked here. Otherwise they are printed with what answers them, and the
    /// command fails.
    Codes(Box<CodesArgs>),
}

#[derive(Debug, clap::Args)]
struct CodesArgs {
    /// The server, like http://127.0.0.1:8080.
    #[arg(long)]
    url: Url,
    /// A key with the scope codes:import.
    #[arg(long, env = "TESSERA_KEY", hide_env_values = true)]
    key: String,
    /// The SKU that the codes go to.
    #[arg(long)]
    sku: String,
    /// Which field each column is, by place: account,password,- ("-" ignores a column).
    #[arg(long, value_name = "FIELDS")]
    columns: Option<String>,
    /// The header of the card number's column.
    #[arg(long)]
    number: Option<String>,
    /// The header of the password's column.
    #[arg(long)]
    password: Option<String>,
    /// The header of the date's column.
    #[arg(long)]
    valid_until: Option<String>,
    /// What stands between fields; none: each whole line is one value.
    #[arg(long)]
    separator: Option<String>,
    /// How the file spells characters, like utf-8 or gb18030, when that cannot be told.
    #[arg(long)]
    encoding: Option<String>,
    /// Codes of several lines in a TXT file: blank (blank lines stand between them), or the line that parts them.
    #[arg(long)]
    record: Option<String>,
    /// What becomes of rows that may be twins of other codes.
    #[arg(long, value_parser = ["hold", "accept", "drop"])]
    on_doubt: Option<String>,
    /// What becomes of an import with a question: it fails and an answer opens it again, or it waits. On a terminal it
    /// waits.
    #[arg(long, value_parser = ["fail", "wait"])]
    on_question: Option<String>,
    /// What becomes of codes that were voided before anybody saw them.
    #[arg(long, value_parser = ["duplicate", "readmit"])]
    on_voided: Option<String>,
    /// What to call the batch.
    #[arg(long)]
    name: Option<String>,
    /// Who supplied the codes.
    #[arg(long)]
    supplier: Option<String>,
    /// What one code cost, like 18.5025.
    #[arg(long)]
    unit_cost: Option<String>,
    /// The file; .txt has no header, everything else is CSV.
    file: PathBuf,
}

/// Sends the file and waits until it is read.
pub async fn run(args: ImportArgs) -> Result<()> {
    let What::Codes(args) = args.what;
    let asks = stdin().is_terminal() && stdout().is_terminal() && stderr().is_terminal();
    let (mut lines, mut out) = (stdin().lock(), stdout());
    let mut talk = Talk {
        chinese: talk::is_chinese(|name| std::env::var(name).ok()),
        lines: if asks { Some(&mut lines) } else { None },
        out: &mut out,
    };
    flow::run(&args, &mut talk).await
}

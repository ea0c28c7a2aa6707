//! Configuration as files: what a merchant configured in one mode, a readable file for each thing.
//!
//! The server says which kinds there are and decides what saving a folder would do; here files are read, written and
//! told of.

mod export;
mod folder;
mod pictures;
mod plan;
mod report;
mod server;
mod text;

use crate::talk::{self, Talk};
use anyhow::{Context, Result, anyhow, bail};
use plan::Plan;
use reqwest::Url;
use server::{Failure, Server};
use std::io::stdout;
use std::path::PathBuf;
use std::process::ExitCode;

/// The exit code of `diff` where `apply` would do something.
const DIFFERENT: u8 = 2;

/// Arguments of `tessera config`.
#[derive(Debug, clap::Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write everything that is configured into DIR, a file each, without secrets. Files of what is no more there go away.
    Export(Place),
    /// Tell what `apply` would do. Exit code 0: nothing; 2: something; 1: it would be refused, or failed.
    Diff(Wish),
    /// Let everything be configured as DIR says, all of it or nothing.
    Apply(Wish),
}

#[derive(Debug, clap::Args)]
struct Place {
    /// The server, like http://127.0.0.1:8080.
    #[arg(long)]
    url: Url,
    /// A file that holds the key, whose merchant and mode are meant. Without it TESSERA_KEY holds the key.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// The folder of the files.
    dir: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Wish {
    #[command(flatten)]
    place: Place,
    /// Archive what DIR lacks. Otherwise it stays.
    #[arg(long)]
    prune: bool,
}

/// Does what was asked; the exit code tells scripts what came of it.
pub async fn run(args: ConfigArgs) -> Result<ExitCode> {
    let mut out = stdout();
    let mut talk = Talk {
        chinese: talk::is_chinese(|name| std::env::var(name).ok()),
        lines: None,
        out: &mut out,
    };
    match args.what {
        What::Export(place) => {
            let server = Server::new(&place.url, &key(&place)?);
            export::run(&server, &place.dir, &mut talk).await?;
            Ok(ExitCode::SUCCESS)
        }
        What::Diff(wish) => change(&wish, false, &mut talk).await,
        What::Apply(wish) => change(&wish, true, &mut talk).await,
    }
}

/// Tells what saving the folder does, and does it if that is meant.
async fn change(wish: &Wish, really: bool, talk: &mut Talk<'_>) -> Result<ExitCode> {
    let server = Server::new(&wish.place.url, &key(&wish.place)?);
    let kinds = server.kinds().await?;
    let files = folder::read(&wish.place.dir, &kinds)?;
    let plan = Plan::of(&server, &kinds, files, wish.prune).await?;
    let path = if really { "/v1/resources/apply" } else { "/v1/resources/compare" };
    let changed = match plan.is_empty() {
        true => Vec::new(),
        false => match server.change(path, &plan.changes()).await {
            Ok(changed) => changed,
            Err(Failure::Refused(problem)) => bail!(plan.refusal(talk, &problem)),
            Err(Failure::Other(error)) => return Err(error),
        },
    };
    let different = report::tell(talk, &plan, &changed, really)?;
    let code = if different && !really { ExitCode::from(DIFFERENT) } else { ExitCode::SUCCESS };
    Ok(code)
}

fn key(place: &Place) -> Result<String> {
    let key = match &place.key_file {
        Some(file) => {
            let text = std::fs::read_to_string(file);
            text.with_context(|| format!("cannot read the key of {}", file.display()))?
        }
        None => std::env::var("TESSERA_KEY")
            .map_err(|_| anyhow!("no key: give --key-file FILE, or set TESSERA_KEY"))?,
    };
    Ok(key.trim().to_owned())
}

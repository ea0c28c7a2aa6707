//! Import: send a file of codes to a server and watch it being read.

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use reqwest::{Body, Client, Url};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::AsyncReadExt;

/// How often the server is asked how far it is.
const POLL: Duration = Duration::from_millis(300);
/// Bytes of the file that are read at once.
const PIECE: usize = 64 * 1024;

/// Arguments of `tessera import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Import codes (卡密) from a CSV or TXT file into the pool of a SKU.
    Codes(CodesArgs),
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
    /// The header of the card number's column.
    #[arg(long)]
    number: Option<String>,
    /// The header of the password's column.
    #[arg(long)]
    password: Option<String>,
    /// The header of the date's column.
    #[arg(long)]
    valid_until: Option<String>,
    /// What stands between fields.
    #[arg(long)]
    separator: Option<String>,
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

#[derive(Deserialize)]
struct Opened {
    id: String,
}

#[derive(Deserialize)]
struct Progress {
    state: String,
    accepted: u64,
    duplicates: u64,
    errors: u64,
    error_file_url: Option<String>,
    failure: Option<String>,
}

/// Sends the file and waits until it is read.
pub async fn run(args: ImportArgs) -> Result<()> {
    let What::Codes(args) = args.what;
    let client = Client::new();
    let opened = send(&client, &args).await?;
    let done = watch(&client, &args, &opened.id).await?;
    println!(
        "{}: {} accepted, {} duplicates, {} errors",
        opened.id, done.accepted, done.duplicates, done.errors
    );
    if let Some(url) = &done.error_file_url {
        println!("error report: {}", args.url.join(url)?);
    }
    match done.failure {
        Some(failure) => bail!("the file cannot be read: {failure}"),
        None => Ok(()),
    }
}

async fn send(client: &Client, args: &CodesArgs) -> Result<Opened> {
    let file = tokio::fs::File::open(&args.file).await;
    let file = file.with_context(|| format!("cannot open {}", args.file.display()))?;
    let bytes = file.metadata().await?.len();
    let bar = ProgressBar::new(bytes).with_style(style("sending {bytes}/{total_bytes}")?);
    let options = [
        ("number", &args.number),
        ("password", &args.password),
        ("valid_until", &args.valid_until),
        ("separator", &args.separator),
        ("name", &args.name),
        ("supplier", &args.supplier),
        ("unit_cost", &args.unit_cost),
    ];
    let query: Vec<_> = options.iter().filter_map(|(k, v)| Some((k, v.as_ref()?))).collect();
    let answer = client
        .post(args.url.join(&format!("/v1/skus/{}/code-imports", args.sku))?)
        .query(&query)
        .bearer_auth(&args.key)
        .header("content-type", content_type(&args.file))
        .header("content-length", bytes)
        .body(body(file, bar.clone()))
        .send()
        .await
        .context("the server cannot be reached")?;
    bar.finish_and_clear();
    parse(answer).await
}

fn content_type(file: &Path) -> &'static str {
    let txt = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt"));
    if txt { "text/plain" } else { "text/csv" }
}

fn body(file: tokio::fs::File, bar: ProgressBar) -> Body {
    let pieces = futures_util::stream::try_unfold(file, move |mut file| {
        let bar = bar.clone();
        async move {
            let mut piece = vec![0; PIECE];
            let n = file.read(&mut piece).await?;
            piece.truncate(n);
            bar.inc(n as u64);
            Ok::<_, std::io::Error>((n > 0).then_some((piece, file)))
        }
    });
    Body::wrap_stream(pieces)
}

async fn watch(client: &Client, args: &CodesArgs, id: &str) -> Result<Progress> {
    let bar = ProgressBar::new_spinner().with_style(style("{msg}")?);
    let url = args.url.join(&format!("/v1/code-imports/{id}"))?;
    loop {
        let answer = client.get(url.clone()).bearer_auth(&args.key).send().await?;
        let progress: Progress = parse(answer).await?;
        let (accepted, duplicates) = (progress.accepted, progress.duplicates);
        bar.set_message(format!("{accepted} accepted, {duplicates} duplicates"));
        bar.tick();
        if progress.state != "running" {
            bar.finish_and_clear();
            return Ok(progress);
        }
        tokio::time::sleep(POLL).await;
    }
}

async fn parse<T: serde::de::DeserializeOwned>(answer: reqwest::Response) -> Result<T> {
    let status = answer.status();
    if !status.is_success() {
        bail!("the server said {status}: {}", answer.text().await.unwrap_or_default());
    }
    answer.json().await.context("the server's answer is not as agreed")
}

fn style(template: &str) -> Result<ProgressStyle> {
    Ok(ProgressStyle::with_template(&format!("{{spinner}} {template} {{elapsed}}"))?)
}

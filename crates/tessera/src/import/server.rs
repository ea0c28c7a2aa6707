//! What the command asks of the server.

use super::CodesArgs;
use super::answer::{Decisions, Import, Rows};
use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use reqwest::{Body, Client, Response, StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;
use std::time::Duration;
use tokio::io::AsyncReadExt;

/// How often the server is asked how far it is.
const POLL: Duration = Duration::from_millis(300);
/// Bytes of the file that are read at once.
const PIECE: usize = 64 * 1024;

/// A server and a key.
pub struct Server<'a> {
    client: Client,
    args: &'a CodesArgs,
}

/// What became of decisions.
pub enum Decided {
    /// They were taken.
    Taken,
    /// They do not fit, and why.
    Refused(String),
}

#[derive(Deserialize)]
struct Opened {
    id: String,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    detail: String,
    #[serde(default)]
    errors: Vec<Wrong>,
}

#[derive(Deserialize)]
struct Wrong {
    field: String,
    detail: String,
}

impl<'a> Server<'a> {
    pub fn new(args: &'a CodesArgs) -> Self {
        Self { client: Client::new(), args }
    }

    /// The address of something at the server.
    pub fn at(&self, path: &str) -> Result<Url> {
        self.args.url.join(path).with_context(|| format!("no address: {path}"))
    }

    /// Sends the file; gives the import's id.
    pub async fn send(&self, on_question: Option<&str>) -> Result<String> {
        let args = self.args;
        let file = tokio::fs::File::open(&args.file).await;
        let file = file.with_context(|| format!("cannot open {}", args.file.display()))?;
        let bytes = file.metadata().await?.len();
        let bar = ProgressBar::new(bytes).with_style(style("sending {bytes}/{total_bytes}")?);
        let answer = self
            .client
            .post(self.at(&format!("/v1/skus/{}/code-imports", args.sku))?)
            .query(&query(args, on_question))
            .bearer_auth(&args.key)
            .header("content-type", content_type(&args.file))
            .header("content-length", bytes)
            .body(body(file, bar.clone()))
            .send()
            .await
            .context("the server cannot be reached")?;
        bar.finish_and_clear();
        Ok(read::<Opened>(answer).await?.id)
    }

    /// The import once it stands still.
    pub async fn watch(&self, id: &str) -> Result<Import> {
        let bar = ProgressBar::new_spinner().with_style(style("{msg}")?);
        loop {
            let import: Import = self.get(&format!("/v1/code-imports/{id}")).await?;
            let (accepted, duplicates) = (import.accepted, import.duplicates);
            bar.set_message(format!("{accepted} accepted, {duplicates} duplicates"));
            bar.tick();
            if import.state != "running" {
                bar.finish_and_clear();
                return Ok(import);
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// The import once what was decided about its doubts is done.
    pub async fn settled(&self, id: &str) -> Result<Import> {
        loop {
            let import = self.watch(id).await?;
            // A server that counts no open doubts has nothing to wait for.
            if import.doubts_open.unwrap_or(0) == 0 {
                return Ok(import);
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// The first rows of a kind.
    pub async fn rows(&self, id: &str, kind: &str, limit: usize) -> Result<Rows> {
        self.get(&format!("/v1/code-imports/{id}/rows?kind={kind}&limit={limit}")).await
    }

    /// Sends what was decided. A repeat with the same key has one effect.
    pub async fn decide(&self, id: &str, decisions: &Decisions, once: &str) -> Result<Decided> {
        let answer = self
            .client
            .post(self.at(&format!("/v1/code-imports/{id}/decisions"))?)
            .bearer_auth(&self.args.key)
            .header("idempotency-key", once)
            .json(decisions)
            .send()
            .await
            .context("the server cannot be reached")?;
        if answer.status() != StatusCode::UNPROCESSABLE_ENTITY {
            let _: Import = read(answer).await?;
            return Ok(Decided::Taken);
        }
        let problem: Problem =
            answer.json().await.context("the server's answer is not as agreed")?;
        let wrong = problem.errors.first();
        let why = wrong.map(|wrong| format!("{}: {}", wrong.field, wrong.detail));
        Ok(Decided::Refused(why.unwrap_or(problem.detail)))
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let request = self.client.get(self.at(path)?).bearer_auth(&self.args.key);
        read(request.send().await.context("the server cannot be reached")?).await
    }
}

/// What is not said is left to the server.
fn query<'a>(args: &'a CodesArgs, on_question: Option<&'a str>) -> Vec<(&'static str, &'a str)> {
    let options = [
        ("number", args.number.as_deref()),
        ("password", args.password.as_deref()),
        ("valid_until", args.valid_until.as_deref()),
        ("columns", args.columns.as_deref()),
        ("separator", args.separator.as_deref()),
        ("encoding", args.encoding.as_deref()),
        ("record", args.record.as_deref()),
        ("on_doubt", args.on_doubt.as_deref()),
        ("on_question", on_question),
        ("on_voided", args.on_voided.as_deref()),
        ("name", args.name.as_deref()),
        ("supplier", args.supplier.as_deref()),
        ("unit_cost", args.unit_cost.as_deref()),
    ];
    options.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
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

async fn read<T: DeserializeOwned>(answer: Response) -> Result<T> {
    let status = answer.status();
    if !status.is_success() {
        bail!("the server said {status}: {}", answer.text().await.unwrap_or_default());
    }
    answer.json().await.context("the server's answer is not as agreed")
}

fn style(template: &str) -> Result<ProgressStyle> {
    Ok(ProgressStyle::with_template(&format!("{{spinner}} {template} {{elapsed}}"))?)
}

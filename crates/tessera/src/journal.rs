//! The chain over the journal, from outside: verify it, print the key that signs its checkpoints, print those.

use anyhow::{Context, Result, bail};
use deliver::anchor::kept;
use domain::anchor::checkpoint::{Checkpoint, hex, unhex};
use domain::anchor::{MacKey, export_text};
use domain::identity::operator;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::anchor::verify::{BadBook, Chain, Means, verify};
use store::{Reader, Store};
use vault::{KeySource, Vault, is_signed};

/// Arguments of `tessera journal`.
#[derive(Debug, clap::Args)]
pub struct JournalArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Find facts that were edited, removed, swapped or invented; may run beside a server.
    ///
    /// Without a key it finds everything but a tail that was made again as a whole by somebody who knows how; with the master
    /// key that too; with a checkpoint that was kept elsewhere even what was made again with the key.
    Verify(VerifyArgs),
    /// Print the public key that signs checkpoints and exports, to be kept apart from the database.
    PublicKey(Source),
    /// Print every checkpoint, one JSON object a line, to be kept apart from the database.
    Checkpoints(Source),
    /// Check that an export of a search is as it was signed.
    CheckExport {
        /// The export.
        file: PathBuf,
        /// The public key, as `public-key` printed it.
        #[arg(long)]
        public_key: String,
    },
}

/// Where the journal is, and what opens its keys.
#[derive(Debug, clap::Args)]
struct Source {
    /// Database: sqlite://FILE or postgres://….
    #[arg(long, env = "TESSERA_DATABASE")]
    database: String,
    /// File with the master keys.
    #[arg(long)]
    master_key_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct VerifyArgs {
    #[command(flatten)]
    source: Source,
    /// The public key by which checkpoints must be signed, as `public-key` printed it.
    #[arg(long)]
    public_key: Option<String>,
    /// Checkpoints that were kept elsewhere: a file of JSON lines, or a folder of such files.
    #[arg(long)]
    checkpoints: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    ok: bool,
    /// Facts.
    checked: u64,
    checkpoints: u64,
    /// Whether MACs were checked too.
    keyed: bool,
    bad_books: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_bad: Option<FirstBad>,
}

#[derive(Serialize)]
struct FirstBad {
    merchant: String,
    mode: kernel::Mode,
    seq: i64,
    why: &'static str,
}

/// Runs what was asked for; exit code 1 when the journal is not what was written.
pub async fn run(args: JournalArgs) -> Result<ExitCode> {
    match args.what {
        What::Verify(args) => return verify_chain(args).await,
        What::PublicKey(source) => {
            let (_, vault) = source.open().await?;
            let vault =
                vault.context("the key follows from the master key: give --master-key-file")?;
            println!("{}", hex(&vault.signer().public_key()));
        }
        What::Checkpoints(source) => print_checkpoints(&source.open().await?.0).await?,
        What::CheckExport { file, public_key } => return check_export(&file, &public_key),
    }
    Ok(ExitCode::SUCCESS)
}

impl Source {
    async fn open(&self) -> Result<(Reader, Option<Vault>)> {
        let settings = store::Settings { url: self.database.clone(), readers: 1 };
        let reader = Store::open_reader(&settings).await?;
        let Some(file) = &self.master_key_file else { return Ok((reader, None)) };
        let vault = open_vault(&reader, file).await?;
        Ok((reader, Some(vault)))
    }
}

/// The keys of a database that somebody only looks at.
pub async fn open_vault(reader: &Reader, file: &Path) -> Result<Vault> {
    let ring = KeySource::File(file.to_owned()).read()?;
    engine::look_at_vault(reader, &ring).await.context("the data keys do not open")
}

async fn verify_chain(args: VerifyArgs) -> Result<ExitCode> {
    let (reader, vault) = args.source.open().await?;
    let pinned = args.public_key.as_deref().map(public_key).transpose()?;
    let kept = args.checkpoints.as_deref().map(kept::read).transpose()?.unwrap_or_default();
    let style = ProgressStyle::with_template("{spinner} {pos} facts checked, {per_sec}")?;
    let bar = ProgressBar::new_spinner().with_style(style);
    let mut progress = |count| bar.set_position(count);
    let chain = chain(&reader, vault.as_ref(), pinned, &kept, &mut progress).await?;
    bar.finish_and_clear();
    let report = Report {
        ok: chain.bad.is_empty(),
        checked: chain.checked,
        checkpoints: chain.checkpoints,
        keyed: vault.is_some(),
        bad_books: chain.bad.len(),
        first_bad: chain.bad.first().map(FirstBad::of),
    };
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        let word = if report.ok { "ok" } else { "FAILED" };
        let Report { checked, checkpoints, .. } = &report;
        println!("{word}: {checked} facts, {checkpoints} checkpoints");
        for FirstBad { merchant, mode, seq, why } in chain.bad.iter().map(FirstBad::of) {
            println!("  {merchant} {mode:?} from fact {seq} on: {why}");
        }
    }
    Ok(if report.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Verifies the chain; a checkpoint must be signed by the key that is pinned or that follows from the master key, or at
/// least by the one that it names.
pub async fn chain(
    reader: &Reader,
    vault: Option<&Vault>,
    pinned: Option<[u8; 32]>,
    kept: &[Checkpoint],
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Chain> {
    let mac = |message: &[u8]| vault.map_or([0; 32], |vault| vault.journal_mac(message));
    let key = vault.map(|vault| MacKey { id: vault.journal_key(), mac: &mac });
    let ours = vault.map(|vault| vault.signer().public_key());
    let is_signed = |checkpoint: &Checkpoint| {
        let (Some(key), Some(signature)) = (unhex(&checkpoint.key), unhex(&checkpoint.signature))
        else {
            return false;
        };
        let wanted = [pinned, ours].into_iter().flatten().all(|wanted| wanted == key);
        wanted && is_signed(&key, checkpoint.signed_text().as_bytes(), &signature)
    };
    Ok(verify(reader, Means { key, is_signed: &is_signed, kept, progress }).await?)
}

fn public_key(text: &str) -> Result<[u8; 32]> {
    unhex(text.trim()).context("a public key is 64 hexadecimal digits")
}

/// What the last line of an export says.
#[derive(Deserialize)]
struct Ending {
    rows: u64,
    sha256: String,
    key: String,
    signature: String,
}

/// Says whether an export is as it was signed.
fn check_export(file: &Path, wanted: &str) -> Result<ExitCode> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let lines = text.trim_end_matches('\n');
    let start = lines.rfind('\n').context("it has no end")? + 1;
    let end: Ending = serde_json::from_str(&lines[start..]).context("its last line is no end")?;
    let key = public_key(wanted)?;
    let signature = unhex(&end.signature).context("a signature is 128 hexadecimal digits")?;
    let digest = hex(&Sha256::digest(&text[..start]));
    let ok = end.key == hex(&key)
        && digest == end.sha256
        && is_signed(&key, export_text(&digest).as_bytes(), &signature);
    println!("{}: {} rows", if ok { "ok" } else { "FAILED" }, end.rows);
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn print_checkpoints(reader: &Reader) -> Result<()> {
    let mut after = 0;
    loop {
        let rows = reader.journal(operator(), after, 1_000).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.seq;
        for row in rows.iter().filter(|row| row.kind == kept::KIND) {
            match kept::of_fact(&row.data) {
                Some(checkpoint) => println!("{}", serde_json::to_string(&checkpoint)?),
                None => bail!("fact {} cannot be read", row.seq),
            }
        }
    }
}

impl FirstBad {
    fn of(bad: &BadBook) -> Self {
        let (merchant, mode) = (bad.tenant.merchant().to_string(), bad.tenant.mode());
        Self { merchant, mode, seq: bad.seq, why: bad.why }
    }
}

//! The one binary: serve, demo, sandbox, import, verify, bench.

mod accept_older;
mod bench;
mod config;
mod configuration;
mod demo;
mod descriptors;
mod import;
mod journal;
mod keys;
mod logging;
mod mail;
mod ready;
mod sandbox;
mod serve;
mod staff;
mod talk;
mod verify;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use std::time::Duration;

/// Tessera (万券): sells, delivers and accounts for digital entitlements.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API over a database.
    Serve(serve::ServeArgs),
    /// Serve with two invented merchants, to look around.
    Demo(demo::DemoArgs),
    /// Serve payment channels to test against: WeChat Pay, Alipay and Stripe, on loopback.
    Sandbox(sandbox::SandboxArgs),
    /// Bring things in from files.
    Import(import::ImportArgs),
    /// Write what is configured as files; compare files with it; apply them.
    Config(configuration::ConfigArgs),
    /// Make the operator's first key; rotate the keys that seal.
    Keys(keys::KeysArgs),
    /// Let people in again who were locked out.
    Staff(staff::StaffArgs),
    /// Go on with a database that lacks what was acknowledged, such as an older copy.
    AcceptOlder(accept_older::AcceptOlderArgs),
    /// Check that a database keeps the invariants; may run beside a server.
    Verify(verify::VerifyArgs),
    /// Verify the chain over the journal; print what others verify its checkpoints by.
    Journal(journal::JournalArgs),
    /// Measure this program on this machine.
    Bench(bench::BenchArgs),
    /// Print the version.
    Version,
    /// The bare HTTP stack that `bench echo` measures.
    #[command(hide = true)]
    BenchEchoServer(bench::EchoArgs),
}

/// How long the end waits for what is still under way.
const LAST_PATIENCE: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = runtime.map_err(Into::into).and_then(|runtime| {
        let done = runtime.block_on(run(cli.command));
        // A disk that does not answer must not hold the end up.
        runtime.shutdown_timeout(LAST_PATIENCE);
        done
    });
    match done {
        Ok(code) => code,
        Err(error) => {
            // Whoever started it may be gone; the exit code stays.
            logging::say(&format!("tessera: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Serve(args) => serve::run(args).await?,
        Command::Demo(args) => demo::run(args).await?,
        Command::Sandbox(args) => sandbox::run(args).await?,
        Command::Import(args) => import::run(args).await?,
        Command::Config(args) => return configuration::run(args).await,
        Command::Keys(args) => keys::run(args).await?,
        Command::Staff(args) => staff::run(args).await?,
        Command::AcceptOlder(args) => accept_older::run(args).await?,
        Command::Verify(args) => return verify::run(args).await,
        Command::Journal(args) => return journal::run(args).await,
        Command::Bench(args) => bench::run(args).await?,
        Command::Version => println!("tessera {}", env!("CARGO_PKG_VERSION")),
        Command::BenchEchoServer(args) => bench::serve_echo(args).await?,
    }
    Ok(ExitCode::SUCCESS)
}

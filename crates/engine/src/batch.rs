//! One batch: load, decide, flush, commit. All of it happens or none.

use crate::ids::Ids;
use domain::command::Nature;
use domain::{Context, Envelope, Outcome, Refusal, World};
use kernel::Timestamp;
use parking_lot::Mutex;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;
use store::Writer;
use store::writer::Access;
use tokio::time::timeout;

/// Why a batch left nothing behind (or, for an unknown commit, may have).
pub(crate) enum Failure {
    /// The database.
    Store(store::Error),
    /// The rule of this command panicked.
    Panic(usize),
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

/// Runs the commands in one transaction; gives each one's outcome once that is durable.
///
/// A lost network path looks like a database that thinks, so both steps end after `silence_max`.
pub(crate) async fn attempt(
    writer: &mut Writer,
    commands: &[Envelope],
    now: Timestamp,
    ids: &Mutex<Ids>,
    silence_max: Duration,
) -> Result<Vec<Result<Outcome, Refusal>>, Failure> {
    let silent = || format!("no answer within {silence_max:?}");
    let prepared = timeout(silence_max, prepare(writer, commands, now, ids)).await;
    let outcomes = prepared.map_err(|_| store::Error::Unavailable(silent()))??;
    let committed = timeout(silence_max, writer.commit()).await;
    committed.map_err(|_| store::Error::CommitUnknown(silent()))??;
    Ok(outcomes)
}

/// Everything but the commit.
async fn prepare(
    writer: &mut Writer,
    commands: &[Envelope],
    now: Timestamp,
    ids: &Mutex<Ids>,
) -> Result<Vec<Result<Outcome, Refusal>>, Failure> {
    let configures = |c: &Envelope| c.command.nature() == Nature::Configuration;
    let exclusive = commands.first().is_some_and(configures);
    let access = if exclusive { Access::Exclusive } else { Access::Shared };
    writer.begin().await?;
    let mut world = writer.load(commands, access, now).await?;
    let outcomes = decide(&mut world, commands, now, ids)?;
    writer.flush(&world).await?;
    Ok(outcomes)
}

fn decide(
    world: &mut World,
    commands: &[Envelope],
    now: Timestamp,
    ids: &Mutex<Ids>,
) -> Result<Vec<Result<Outcome, Refusal>>, Failure> {
    let mut ids = ids.lock();
    let mut draw = || ids.draw(now);
    let mut outcomes = Vec::with_capacity(commands.len());
    for (i, command) in commands.iter().enumerate() {
        let mut ctx = Context { now, draw: &mut draw, origin: command.origin };
        let command = command.clone();
        let decided = catch_unwind(AssertUnwindSafe(|| command.decide(world, &mut ctx)));
        outcomes.push(decided.map_err(|_| Failure::Panic(i))?);
    }
    Ok(outcomes)
}

//! One batch: load, decide, flush, commit. All of it happens or none.

use crate::Health;
use crate::health::Step;
use crate::ids::Ids;
use domain::command::Nature;
use domain::{Context, Envelope, Outcome, Refusal, World};
use kernel::Timestamp;
use parking_lot::Mutex;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use store::seam::Engine;
use store::writer::Access;
use store::{Fault, Writer};
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

/// What came of a batch.
pub(crate) struct Done {
    /// Each command's outcome, durable.
    pub outcomes: Vec<Result<Outcome, Refusal>>,
    /// How long it worked, without what it waited for the lock of the whole database.
    pub worked: Duration,
    /// Whether anything was written: a commit of nothing proves nothing.
    pub wrote: bool,
}

/// Where and how batches run.
pub(crate) struct Bench<'a> {
    /// Draws ids.
    pub ids: &'a Mutex<Ids>,
    /// What is told of each step.
    pub health: &'a Health,
    /// A lost network path looks like a database that thinks, so each step ends after this.
    pub silence_max: Duration,
}

/// Runs the commands in one transaction; gives each one's outcome once that is durable.
pub(crate) async fn attempt(
    writer: &mut Writer,
    commands: &[Envelope],
    now: Timestamp,
    bench: &Bench<'_>,
) -> Result<Done, Failure> {
    let Bench { health, silence_max, .. } = *bench;
    let silent = || format!("no answer within {silence_max:?}");
    let away = |_| store::Error::Unavailable(Fault::Away, silent());
    let waits = if writer.engine() == Engine::Sqlite { Step::Locks } else { Step::Asks };
    health.step(waits);
    timeout(silence_max, writer.begin()).await.map_err(away)??;
    let begun = Instant::now();
    if waits == Step::Locks {
        health.step(Step::Works);
    }
    let prepared = prepare(writer, commands, now, bench.ids);
    let (outcomes, wrote) = timeout(silence_max, prepared).await.map_err(away)??;
    health.step(Step::Commits);
    let committed = timeout(silence_max, writer.commit()).await;
    committed.map_err(|_| store::Error::CommitUnknown(Fault::Away, silent()))??;
    Ok(Done { outcomes, worked: begun.elapsed(), wrote })
}

/// Everything between begin and commit.
async fn prepare(
    writer: &mut Writer,
    commands: &[Envelope],
    now: Timestamp,
    ids: &Mutex<Ids>,
) -> Result<(Vec<Result<Outcome, Refusal>>, bool), Failure> {
    let configures = |c: &Envelope| c.command.nature() == Nature::Configuration;
    let exclusive = commands.first().is_some_and(configures);
    let access = if exclusive { Access::Exclusive } else { Access::Shared };
    let mut world = writer.load(commands, access, now).await?;
    let outcomes = decide(&mut world, commands, now, ids)?;
    let wrote = writer.flush(&world).await?;
    Ok((outcomes, wrote))
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

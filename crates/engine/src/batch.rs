//! One batch: load, decide, flush, commit. All of it happens or none.

use crate::ids::Ids;
use domain::command::Nature;
use domain::fact::Record;
use domain::inventory::damaged::{self, Look};
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
    /// A code lies under a key that is not known yet; the keys have not been read again for this batch.
    KeyMissing,
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

/// What a batch decides with, beside the rows.
pub(crate) struct Means<'a> {
    /// The batch's time.
    pub now: Timestamp,
    /// Where fresh ids come from.
    pub ids: &'a Mutex<Ids>,
    /// A lost network path looks like a database that thinks, so both steps end after this time.
    pub silence_max: Duration,
    /// Looks at the seals of codes.
    pub look: &'a Look<'a>,
    /// Whether a missing key is the last word: the keys were read again.
    pub keys_are_read: bool,
}

/// What is durable.
pub(crate) struct Committed {
    /// Of each command in turn.
    pub outcomes: Vec<Result<Outcome, Refusal>>,
    /// Facts that somebody must look at.
    pub alarms: Vec<Record>,
}

/// Runs the commands in one transaction; gives each one's outcome once that is durable.
pub(crate) async fn attempt(
    writer: &mut Writer,
    commands: &[Envelope],
    means: &Means<'_>,
) -> Result<Committed, Failure> {
    let silence_max = means.silence_max;
    let silent = || format!("no answer within {silence_max:?}");
    let prepared = timeout(silence_max, prepare(writer, commands, means)).await;
    let prepared = prepared.map_err(|_| store::Error::Unavailable(silent()))??;
    let committed = timeout(silence_max, writer.commit()).await;
    committed.map_err(|_| store::Error::CommitUnknown(silent()))??;
    Ok(prepared)
}

/// Everything but the commit.
async fn prepare(
    writer: &mut Writer,
    commands: &[Envelope],
    means: &Means<'_>,
) -> Result<Committed, Failure> {
    let configures = |c: &Envelope| c.command.nature() == Nature::Configuration;
    let exclusive = commands.first().is_some_and(configures);
    let access = if exclusive { Access::Exclusive } else { Access::Shared };
    writer.begin().await?;
    let mut world = writer.load(commands, access, means.now, means.look).await?;
    if !means.keys_are_read && damaged::misses_keys(&world) {
        return Err(Failure::KeyMissing);
    }
    let outcomes = decide(&mut world, commands, means)?;
    writer.flush(&world).await?;
    let alarms = world.records.into_iter().filter(|record| record.fact.is_alarm()).collect();
    Ok(Committed { outcomes, alarms })
}

/// Decides each command, then sets aside what was found damaged, whatever became of the commands.
fn decide(
    world: &mut World,
    commands: &[Envelope],
    means: &Means<'_>,
) -> Result<Vec<Result<Outcome, Refusal>>, Failure> {
    let now = means.now;
    let mut ids = means.ids.lock();
    let mut draw = || ids.draw(now);
    let mut outcomes = Vec::with_capacity(commands.len());
    for (i, command) in commands.iter().enumerate() {
        let mut ctx = Context { now, draw: &mut draw, origin: command.origin };
        let command = command.clone();
        let decided = catch_unwind(AssertUnwindSafe(|| command.decide(world, &mut ctx)));
        outcomes.push(decided.map_err(|_| Failure::Panic(i))?);
    }
    damaged::set_aside(world, now, &mut draw);
    Ok(outcomes)
}

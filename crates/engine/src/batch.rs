//! One batch: load, decide, flush, commit. All of it happens or none.

use crate::Health;
use crate::health::Step;
use crate::ids::Ids;
use domain::anchor::MacKey;
use domain::command::Nature;
use domain::fact::Record;
use domain::inventory::damaged::{self, Look};
use domain::{Context, Envelope, Outcome, Refusal, World};
use kernel::{Id16, Tenant, Timestamp, VoucherId};
use parking_lot::Mutex;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use store::ConfigLock;
use store::seam::Dialect;
use store::{Fault, Writer};
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
    /// What is told of each step.
    pub health: &'a Health,
    /// A lost network path looks like a database that thinks, so each step ends after this time.
    pub silence_max: Duration,
    /// Looks at the seals of codes.
    pub look: &'a Look<'a>,
    /// Whether a missing key is the last word: the keys were read again.
    pub keys_are_read: bool,
    /// The tag by which the code of a voucher is found.
    pub voucher_tag: &'a (dyn Fn(Tenant, VoucherId) -> Id16 + Sync),
    /// What proves the facts.
    pub key: MacKey<'a>,
}

/// What came of a batch.
pub(crate) struct Done {
    /// Each command's outcome, durable.
    pub outcomes: Vec<Result<Outcome, Refusal>>,
    /// Facts that somebody must look at.
    pub alarms: Vec<Record>,
    /// How long it worked, without what it waited for the lock of the whole database.
    pub worked: Duration,
    /// Whether anything was written: a commit of nothing proves nothing.
    pub wrote: bool,
}

/// Runs the commands in one transaction; gives each one's outcome once that is durable.
pub(crate) async fn attempt(
    writer: &mut Writer,
    commands: &[Envelope],
    means: &Means<'_>,
) -> Result<Done, Failure> {
    let Means { health, silence_max, .. } = *means;
    let silent = || format!("no answer within {silence_max:?}");
    let away = |_| store::Error::Unavailable(Fault::Away, silent());
    let waits = if writer.engine() == Dialect::Sqlite { Step::Locks } else { Step::Asks };
    health.step(waits);
    timeout(silence_max, writer.begin()).await.map_err(away)??;
    let begun = Instant::now();
    if waits == Step::Locks {
        health.step(Step::Works);
    }
    let prepared = prepare(writer, commands, means);
    let done = timeout(silence_max, prepared).await.map_err(away)??;
    health.step(Step::Commits);
    let committed = timeout(silence_max, writer.commit()).await;
    committed.map_err(|_| store::Error::CommitUnknown(Fault::Away, silent()))??;
    Ok(Done { worked: begun.elapsed(), ..done })
}

/// Everything between begin and commit.
async fn prepare(
    writer: &mut Writer,
    commands: &[Envelope],
    means: &Means<'_>,
) -> Result<Done, Failure> {
    let configures = |c: &Envelope| c.command.nature() == Nature::Configuration;
    let exclusive = commands.first().is_some_and(configures);
    let access = if exclusive { ConfigLock::Exclusive } else { ConfigLock::Shared };
    let mut world = writer.load(commands, access, means.now, means.look).await?;
    if !means.keys_are_read && damaged::misses_keys(&world) {
        return Err(Failure::KeyMissing);
    }
    let outcomes = decide(&mut world, commands, means)?;
    let wrote = writer.flush(&world, means.key).await?;
    let alarms = world.journal.into_iter().filter(|record| record.fact.is_alarm()).collect();
    Ok(Done { outcomes, alarms, worked: Duration::ZERO, wrote })
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
        let mut ctx = Context {
            now,
            draw: &mut draw,
            voucher_tag: means.voucher_tag,
            origin: command.origin,
            approved: false,
        };
        let command = command.clone();
        let decided = catch_unwind(AssertUnwindSafe(|| command.decide(world, &mut ctx)));
        outcomes.push(decided.map_err(|_| Failure::Panic(i))?);
    }
    damaged::set_aside(world, now, &mut draw);
    Ok(outcomes)
}

//! Whether commits and reads work: what the last of them told. Questions are answered from memory.
//!
//! A fault is told by one line when it starts, one every ten seconds with counts while it lasts, and one at its end.

use crate::EngineError;
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use store::Fault;

/// A commit that waits longer for the database is a fault: with a commit a second that makes two seconds at most.
const WAIT_MAX: Duration = Duration::from_millis(900);
/// Work inside a transaction, without waiting, may take longer.
const WORK_MAX: Duration = Duration::from_secs(5);
/// A writer that is in one step for so long will not come back by itself.
const STUCK: Duration = Duration::from_secs(120);
/// Reads that do not answer for so long do not work.
const READ_MAX: Duration = Duration::from_millis(1_900);
/// Pages that cannot be what was written are believed to be mended after so long without another one.
const DAMAGE_REMEMBERED: Duration = Duration::from_secs(60);
/// Pause between two lines of log about the same thing.
const TELL_EVERY: Duration = Duration::from_secs(10);

/// What the writer is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Waiting for a lock of the whole database.
    Locks,
    /// Waiting for answers of a server.
    Asks,
    /// Reading, deciding and writing in its own file.
    Works,
    /// Making it durable.
    Commits,
}

/// What is known of a node. Cheap to ask.
#[derive(Debug, Default)]
pub struct Health(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Whether there was a commit since the start.
    begun: bool,
    trouble: Option<Trouble>,
    /// The step that the writer is in, since when, and since when it has not committed.
    step: Option<(Step, Instant, Instant)>,
    /// When a line last told that a step takes long.
    slow_told: Option<Instant>,
    damaged: Option<Instant>,
    reads: Reads,
    /// Parts that are down, and whether only a restart helps.
    down: BTreeMap<&'static str, bool>,
    stopping: bool,
}

#[derive(Debug, Default)]
struct Reads {
    since: Option<Instant>,
    failing: bool,
}

/// A fault that lasts.
#[derive(Debug)]
struct Trouble {
    code: &'static str,
    since: Instant,
    told: Instant,
    batches: u64,
    commands: u64,
}

/// Whether a node may be given work, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Codes of what is wrong; empty when all is well.
    pub why: Vec<&'static str>,
}

impl Verdict {
    /// Whether all is well.
    pub fn is_well(&self) -> bool {
        self.why.is_empty()
    }
}

impl Health {
    /// Whether commands are committed.
    pub fn ready(&self) -> Verdict {
        self.0.lock().ready(Instant::now())
    }

    /// Whether questions are answered.
    pub fn reads(&self) -> Verdict {
        let state = self.0.lock();
        let mut why = Vec::new();
        why.extend(state.stopping.then_some("stopping"));
        why.extend(state.reads.fail(Instant::now()).then_some("reads_fail"));
        Verdict { why }
    }

    /// Whether the process can help itself; what is told here is cured by a restart alone.
    pub fn lives(&self) -> Verdict {
        let (state, now) = (self.0.lock(), Instant::now());
        let mut why: Vec<_> =
            state.down.iter().filter(|(_, for_good)| **for_good).map(|(part, _)| *part).collect();
        let stuck = |(_, since, _): (Step, Instant, Instant)| now - since > STUCK;
        why.extend(state.step.is_some_and(stuck).then_some("writer_stuck"));
        Verdict { why }
    }

    /// The process goes down.
    pub fn stops(&self) {
        self.0.lock().stopping = true;
    }

    /// A part of the process broke and is started again.
    pub fn is_down(&self, part: &'static str) {
        self.0.lock().down.insert(part, false);
    }

    /// A part of the process broke for good.
    pub fn is_lost(&self, part: &'static str) {
        self.0.lock().down.insert(part, true);
    }

    /// A part of the process works again.
    pub fn is_up(&self, part: &'static str) {
        self.0.lock().down.remove(part);
    }

    /// The writer takes a step.
    pub(crate) fn step(&self, step: Step) {
        let mut state = self.0.lock();
        let now = Instant::now();
        let since = state.step.map_or(now, |(_, _, uncommitted)| uncommitted);
        state.step = Some((step, now, since));
    }

    /// A commit took place.
    pub(crate) fn committed(&self) {
        let mut state = self.0.lock();
        state.rest();
        state.begun = true;
        let Some(trouble) = state.trouble.take() else { return };
        tracing::info!(
            fault = trouble.code,
            seconds = trouble.since.elapsed().as_secs_f32(),
            batches = trouble.batches,
            commands = trouble.commands,
            "commits work again"
        );
    }

    /// The writer rests, without a word on whether commits work.
    pub(crate) fn rests(&self) {
        self.0.lock().rest();
    }

    /// A batch of so many commands was not committed; says whether that is a fault of the database.
    pub(crate) fn failed(&self, error: &store::Error, commands: usize) -> bool {
        let fault = error.fault();
        if let Some(fault) = fault {
            self.failed_by(fault.code(), error, commands);
            if fault == Fault::Damaged {
                self.damaged();
            }
        } else {
            self.rests();
        }
        fault.is_some()
    }

    /// The same for a fault with a name of its own.
    pub(crate) fn failed_by(
        &self,
        code: &'static str,
        why: &dyn std::error::Error,
        commands: usize,
    ) {
        let mut state = self.0.lock();
        state.rest();
        let now = Instant::now();
        let before = state.trouble.take_if(|trouble| trouble.code == code);
        let is_new = before.is_none();
        let begun = Trouble { code, since: now, told: now, batches: 0, commands: 0 };
        let mut trouble = before.unwrap_or(begun);
        trouble.batches += 1;
        trouble.commands += commands as u64;
        let why = kernel::chain(why);
        if is_new {
            tracing::error!(fault = code, error = why, "commits fail");
        } else if now - trouble.told > TELL_EVERY {
            trouble.told = now;
            tracing::error!(
                fault = code,
                error = why,
                seconds = trouble.since.elapsed().as_secs_f32(),
                batches = trouble.batches,
                commands = trouble.commands,
                "commits still fail"
            );
        }
        state.trouble = Some(trouble);
    }

    /// A read was answered, or was not.
    pub(crate) fn read(&self, answer: Result<(), &EngineError>) {
        let mut state = self.0.lock();
        let (before, now) = (state.reads.failing, Instant::now());
        state.reads = Reads { since: Some(now), failing: answer.is_err() };
        match answer {
            Err(error) if !before => {
                tracing::error!(error = kernel::chain(error), "reads fail");
            }
            Ok(()) if before => tracing::info!("reads work again"),
            _ => {}
        }
    }

    /// Whether damaged pages were met and not mended since.
    pub(crate) fn is_damaged(&self) -> bool {
        self.0.lock().damaged.is_some_and(|at| at.elapsed() < DAMAGE_REMEMBERED)
    }

    /// Whether the last batch found no room.
    pub(crate) fn is_full(&self) -> bool {
        let full = Fault::Full.code();
        self.0.lock().trouble.as_ref().is_some_and(|trouble| trouble.code == full)
    }

    /// Damaged pages are there.
    pub(crate) fn damaged(&self) {
        self.0.lock().damaged = Some(Instant::now());
    }

    /// All pages are well.
    pub(crate) fn mended(&self) {
        self.0.lock().damaged = None;
    }

    /// Tells, while it lasts, of a step that takes long.
    pub(crate) fn tell_slow(&self) {
        let mut state = self.0.lock();
        let now = Instant::now();
        let Some((step, since, uncommitted)) = state.step else { return };
        let patience = if step == Step::Works { WORK_MAX } else { WAIT_MAX };
        let told_lately = state.slow_told.is_some_and(|told| now - told < TELL_EVERY);
        if now - since > patience && !told_lately {
            state.slow_told = Some(now);
            let seconds = (now - uncommitted).as_secs_f32();
            tracing::warn!(step = ?step, seconds, "a commit takes long");
        }
    }
}

impl State {
    fn ready(&self, now: Instant) -> Verdict {
        let mut why = Vec::new();
        why.extend(self.stopping.then_some("stopping"));
        why.extend((!self.begun && self.trouble.is_none()).then_some("starting"));
        why.extend(self.trouble.as_ref().map(|trouble| trouble.code));
        why.extend(self.trouble.is_none().then(|| self.stalled(now)).flatten());
        let damaged = self.damaged.is_some_and(|at| now - at < DAMAGE_REMEMBERED);
        let damage = Fault::Damaged.code();
        why.extend((damaged && !why.contains(&damage)).then_some(damage));
        why.extend(self.down.keys());
        Verdict { why }
    }

    /// What the writer waits for, when it waits too long.
    fn stalled(&self, now: Instant) -> Option<&'static str> {
        let (step, since, uncommitted) = self.step?;
        match step {
            Step::Locks if now - uncommitted > WAIT_MAX => Some(Fault::Locked.code()),
            Step::Asks if now - uncommitted > WAIT_MAX => Some("commits_stalled"),
            Step::Commits if now - since > WAIT_MAX => Some("commits_stalled"),
            Step::Works if now - since > WORK_MAX => Some("commits_stalled"),
            _ => None,
        }
    }

    fn rest(&mut self) {
        let step = self.step.take();
        if self.slow_told.take().is_some()
            && let Some((_, _, uncommitted)) = step
        {
            tracing::warn!(seconds = uncommitted.elapsed().as_secs_f32(), "a long commit ended");
        }
    }
}

impl Reads {
    fn fail(&self, now: Instant) -> bool {
        self.failing || self.since.is_some_and(|at| now - at > 2 * READ_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> store::Error {
        store::Error::Unavailable(Fault::Full, "no room".to_owned())
    }

    #[test]
    fn a_node_is_ready_from_one_commit_to_the_next_fault() {
        let health = Health::default();
        assert_eq!(health.ready().why, ["starting"]);
        health.committed();
        assert!(health.ready().is_well());
        assert!(health.failed(&full(), 3));
        assert_eq!(health.ready().why, ["disk_full"]);
        assert!(health.lives().is_well(), "a restart makes no room");
        health.committed();
        assert!(health.ready().is_well());
        assert!(!health.failed(&store::Error::Conflict("a statement"), 1), "the data of one batch");
        assert!(health.ready().is_well());
    }

    #[test]
    fn a_writer_that_waits_too_long_is_not_ready() {
        let (health, now) = (Health::default(), Instant::now());
        health.committed();
        health.step(Step::Locks);
        let after = |millis| health.0.lock().ready(now + Duration::from_millis(millis)).why;
        assert_eq!(after(500), [""; 0]);
        assert_eq!(after(1_500), ["database_locked"]);
        health.step(Step::Works);
        assert_eq!(after(3_000), [""; 0], "it works, whatever it waited before");
        assert_eq!(after(7_000), ["commits_stalled"]);
        health.committed();
        assert_eq!(after(60_000), [""; 0]);
    }

    #[test]
    fn damage_is_remembered_beyond_the_next_commit() {
        let health = Health::default();
        health.failed(&store::Error::Unavailable(Fault::Damaged, "a page".to_owned()), 1);
        health.committed();
        assert_eq!(health.ready().why, ["damaged"]);
        let later = Instant::now() + DAMAGE_REMEMBERED;
        assert!(health.0.lock().ready(later).is_well());
    }

    #[test]
    fn what_only_a_restart_cures_is_told_apart() {
        let health = Health::default();
        health.committed();
        health.is_down("work");
        assert_eq!((health.ready().why, health.lives().is_well()), (vec!["work"], true));
        health.is_lost("work");
        assert_eq!((health.ready().why, health.lives().why), (vec!["work"], vec!["work"]));
        health.is_up("work");
        assert!(health.ready().is_well() && health.lives().is_well());
    }
}

//! Runs sequences on databases and in the model side by side, until somebody disagrees.

use super::dump::{self, Tables};
use super::empty::Empty;
use super::generate::Generator;
use super::plain::{Got, Plain};
use domain::{Command, Envelope, Outcome, inventory, payment};
use engine::{Clock, Solo};
use futures_util::future::join_all;
use kernel::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::read::SEALED_TABLES;
use store::{Reader, Store};
use testkit::Kind;

/// When a sequence begins, in the morning of a day of UTC.
pub const START: Timestamp = Timestamp(20_700 * 86_400_000_000 + 8 * 3_600_000_000);

/// A database of one sequence with a writer, and readers beside it.
struct Side {
    solo: Solo,
    tables: Tables,
    reader: Reader,
    _store: Store,
}

/// What happened in the sequences of one seed.
pub struct Run {
    seed: u64,
    empty: Vec<Empty>,
    /// Statements that break a rule.
    broken: Vec<String>,
    /// Commands that were accepted, repeated or refused, each with its number.
    pub seen: BTreeMap<String, u64>,
    /// Commands in all.
    pub commands: usize,
}

impl Run {
    /// Runs on these kinds of databases, with rules that are broken by statements.
    pub async fn new(seed: u64, kinds: &[Kind], broken: &[&str]) -> Self {
        let mut empty = Vec::new();
        for kind in kinds {
            empty.push(Empty::new(*kind).await);
        }
        let broken = broken.iter().map(|rule| (*rule).to_owned()).collect();
        Self { seed, empty, broken, seen: BTreeMap::new(), commands: 0 }
    }

    /// Runs one sequence on databases of its own; tells the first difference.
    pub async fn sequence(&mut self, number: u64) -> Result<(), String> {
        let clock = Arc::new(AtomicI64::new(START.0));
        let mut sides = Vec::new();
        for empty in &mut self.empty {
            let settings = empty.copy();
            sides.push(Side::open(&settings, self.seed, &clock, &self.broken).await);
        }
        let mut plain = Plain::new(START);
        let mut generator = Generator::new(self.seed, number, START);
        while let Some((now, group)) = generator.group(&plain) {
            clock.store(now.0, Ordering::SeqCst);
            plain.now = now;
            let outcomes = submit(&mut sides, &group).await?;
            sides[0].teach(&group, &mut plain).await;
            self.commands += group.len();
            for (i, (envelope, got)) in group.iter().zip(&outcomes).enumerate() {
                self.note(envelope, got);
                let name = envelope.command.name();
                let told = |how| format!("command {i} of {}, {name}: {how}", group.len());
                plain.check(envelope, got).map_err(told)?;
            }
        }
        let dumps = join_all(sides.iter_mut().map(|side| side.tables.whole())).await;
        plain.compare(&dumps[0])?;
        dumps[1..].iter().try_for_each(|other| dump::compare(&dumps[0], other))?;
        for side in sides {
            side.end().await?;
        }
        Ok(())
    }

    fn note(&mut self, envelope: &Envelope, got: &Got) {
        let name = envelope.command.name();
        let what = match got {
            Ok(Outcome::Replayed(_)) => format!("{name} repeated"),
            Ok(_) => name.to_owned(),
            Err(refusal) => format!("{name} {}", refusal.code()),
        };
        *self.seen.entry(what).or_default() += 1;
    }
}

/// Runs a group in one transaction on each database. All must answer the same.
async fn submit(sides: &mut [Side], group: &[Envelope]) -> Result<Vec<Got>, String> {
    let runs = join_all(sides.iter_mut().map(|side| side.solo.run(group))).await;
    let mut answers = Vec::new();
    for run in runs {
        answers.push(run.map_err(|e| format!("the engine failed: {e}"))?);
    }
    let first = answers.swap_remove(0);
    for other in &answers {
        for (i, (one, other)) in first.iter().zip(other).enumerate() {
            let (one, other) = (format!("{one:?}"), format!("{other:?}"));
            if one != other {
                let name = group[i].command.name();
                return Err(format!("the engines answer {name} with\n  {one}\n  {other}"));
            }
        }
    }
    Ok(first)
}

impl Side {
    async fn open(
        settings: &store::Settings,
        seed: u64,
        clock: &Arc<AtomicI64>,
        broken: &[String],
    ) -> Self {
        let store = Store::open(settings).await.expect("the database opens");
        let clock = Clock::Manual(Arc::clone(clock));
        let mut solo = Solo::open(&store, clock, Some(seed)).await.expect("a writer");
        if settings.url.starts_with("sqlite") {
            let quick = solo.writer().conn().raw("PRAGMA synchronous = OFF").await;
            quick.expect("the disk is not waited for");
        }
        for rule in broken {
            solo.writer().conn().raw(rule).await.expect("the rule is broken");
        }
        let conn = store::connect(settings).await.expect("a connection");
        let reader = Store::open_reader(settings).await.expect("a reader");
        Self { solo, tables: Tables::new(conn).await, reader, _store: store }
    }

    /// Tells the model what no answer tells: ids that were drawn, and what is sealed.
    async fn teach(&mut self, group: &[Envelope], plain: &mut Plain) {
        let has = |of: fn(&Command) -> bool| group.iter().any(|envelope| of(&envelope.command));
        if has(|c| matches!(c, Command::Inventory(inventory::Command::ImportSlice(_)))) {
            plain.made.extend(self.tables.made().await);
        }
        if has(|c| matches!(c, Command::Payment(payment::Command::ReceiveNotice(_)))) {
            plain.refund_ids.extend(self.tables.refunds().await);
        }
        plain.cells.clear();
        for table in &SEALED_TABLES {
            let rows = self.reader.sealed_after(table, u32::MAX).await.expect("what is sealed");
            plain.cells.extend(rows.into_iter().map(|row| (row.cell, row.sealed)));
        }
    }

    /// Every invariant holds.
    async fn end(self) -> Result<(), String> {
        self.tables.close().await;
        let checks = store::verify::verify(&self.reader).await.expect("verify runs");
        let failed: Vec<_> = checks.into_iter().filter(|check| !check.ok).collect();
        if failed.is_empty() { Ok(()) } else { Err(format!("verify fails: {failed:#?}")) }
    }
}

//! Runs sequences on databases and in the model side by side, until somebody disagrees.

use super::dump::{self, Dump, Part, Tables};
use super::generate::{Generator, main_book};
use super::plain::{Generation, Got, KEYS, Plain};
use domain::inventory::code_of;
use domain::{Command, Envelope, Outcome, inventory, payment};
use engine::{Clock, Solo};
use futures_util::future::join_all;
use kernel::{Mode, Tenant, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::Store;
use testkit::{Db, Kind};

/// When the first sequence begins, in the morning of a day of UTC.
const START: Timestamp = Timestamp(20_700 * 86_400_000_000 + 8 * 3_600_000_000);

/// A database with a writer, and a reader beside it.
struct Side {
    db: Db,
    solo: Solo,
    tables: Tables,
    _store: Store,
}

/// The databases of one seed, the clock they share, and what happened on them.
pub struct Run {
    seed: u64,
    sides: Vec<Side>,
    clock: Arc<AtomicI64>,
    /// The time of each book's newest fact.
    heads: BTreeMap<Tenant, Timestamp>,
    generation: Generation,
    /// Commands that were accepted, repeated or refused, each with its number.
    pub seen: BTreeMap<String, u64>,
    /// Commands in all.
    pub commands: usize,
}

impl Run {
    /// Empty databases of these kinds. All of them draw the same ids.
    pub async fn new(seed: u64, kinds: &[Kind]) -> Self {
        let clock = Arc::new(AtomicI64::new(START.0));
        let mut sides = Vec::new();
        for kind in kinds {
            sides.push(Side::open(*kind, seed, &clock).await);
        }
        let generation = Generation { number: 0, since: START };
        let (heads, seen) = (BTreeMap::new(), BTreeMap::new());
        Self { seed, sides, clock, heads, generation, seen, commands: 0 }
    }

    /// Runs statements on every database: a rule is broken so.
    pub async fn sql(&self, statement: &str) {
        for side in &self.sides {
            side.db.sql(statement).await;
        }
    }

    /// Runs one sequence; tells the first difference.
    pub async fn sequence(&mut self, number: u64) -> Result<(), String> {
        let operator = self.sides[0].tables.operator_head().await;
        for side in &mut self.sides {
            // Claims take what is due in any book: what earlier sequences left is put aside.
            side.tables.raw(&format!("UPDATE work SET due_at = {}", i64::MAX)).await;
            side.tables.raw("DELETE FROM work WHERE kind = 7").await;
            side.tables.put_seals_back(KEYS).await;
        }
        let mut plain = Plain::new(self.generation, self.heads.clone());
        let begin = Timestamp(self.clock.load(Ordering::SeqCst));
        let mut generator = Generator::new(self.seed, number, begin);
        while let Some((now, group)) = generator.group(&plain) {
            self.clock.store(now.0, Ordering::SeqCst);
            plain.now = now;
            let outcomes = self.submit(&group).await?;
            self.learn_codes(&group, &mut plain).await;
            self.learn_refunds(&group, &mut plain).await;
            self.commands += group.len();
            for (i, (envelope, got)) in group.iter().zip(&outcomes).enumerate() {
                self.note(envelope, got);
                let name = envelope.command.name();
                let told = |how| format!("command {i} of {}, {name}: {how}", group.len());
                plain.check(envelope, got).map_err(told)?;
            }
        }
        (self.generation, self.heads) = (plain.generation, plain.heads.clone());
        let books = books(&plain);
        let part = Part { books, keys: Generator::keys(number), operator };
        let dumps = self.dumps(&part).await;
        plain.compare(&dumps[0], books)?;
        for side in &mut self.sides {
            let (seals, expected) = (side.tables.seals().await, (plain.fence, &plain.seal_keys));
            if (seals.0, &seals.1) != expected {
                return Err(format!("keys: the model says {expected:?}, the engine {seals:?}"));
            }
        }
        dumps[1..].iter().try_for_each(|other| dump::compare(&dumps[0], other))
    }

    /// Compares all rows of all databases, and checks the invariants.
    pub async fn finish(&mut self) -> Result<(), String> {
        let mut dumps = Vec::new();
        for side in &mut self.sides {
            side.tables.put_seals_back(KEYS).await;
            dumps.push(side.tables.whole().await);
            side.db.assert_sound().await;
        }
        dumps[1..].iter().try_for_each(|other| dump::compare(&dumps[0], other))
    }

    /// Runs a group in one transaction on each database. All must answer the same.
    async fn submit(&mut self, group: &[Envelope]) -> Result<Vec<Got>, String> {
        let runs = join_all(self.sides.iter_mut().map(|side| side.solo.run(group))).await;
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

    /// Which ids the codes of an import got, which no answer tells.
    async fn learn_codes(&mut self, group: &[Envelope], plain: &mut Plain) {
        if !group
            .iter()
            .any(|e| matches!(e.command, Command::Inventory(inventory::Command::ImportSlice(_))))
        {
            return;
        }
        for (tag, position) in self.sides[0].tables.codes(&books(plain)).await {
            plain.code_ids.insert(tag, code_of(&position));
        }
    }

    /// Which ids the refunds of what came in for nothing got, which no answer tells.
    async fn learn_refunds(&mut self, group: &[Envelope], plain: &mut Plain) {
        if group
            .iter()
            .any(|e| matches!(e.command, Command::Payment(payment::Command::ReceiveNotice(_))))
        {
            plain.refund_ids.extend(self.sides[0].tables.refunds(&books(plain)).await);
        }
    }

    async fn dumps(&mut self, part: &Part) -> Vec<Dump> {
        join_all(self.sides.iter_mut().map(|side| side.tables.part(part))).await
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

impl Side {
    async fn open(kind: Kind, seed: u64, clock: &Arc<AtomicI64>) -> Self {
        let db = Db::new(kind);
        let store = db.store().await;
        let master = vault::MasterKey::generate().into();
        engine::open_vault(&store, &master).await.expect("the keys that seals name");
        let clock = Clock::Manual(Arc::clone(clock));
        let mut solo = Solo::open(&store, clock, Some(seed)).await.expect("a writer");
        if kind == Kind::Sqlite {
            let quick = solo.writer().conn().raw("PRAGMA synchronous = OFF").await;
            quick.expect("the disk is not waited for");
        }
        // The first generation began when the schema was made; make that the same everywhere.
        db.sql(&format!("UPDATE versions SET changed_at = {}", START.0)).await;
        let settings = store::Settings { url: db.url().to_owned(), readers: 1 };
        let conn = store::connect(&settings).await.expect("a connection");
        Self { db, solo, tables: Tables::new(conn).await, _store: store }
    }
}

/// Both books of a sequence's merchant.
fn books(plain: &Plain) -> [Tenant; 2] {
    [Mode::Live, Mode::Test].map(|mode| Tenant::new(main_book(plain).merchant(), mode))
}

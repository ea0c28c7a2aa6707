//! Checks the chain over the whole journal, book by book, and the checkpoints over all books.
//!
//! It reads every fact once, a page at a time; memory grows with books and checkpoints, not with facts.

mod checkpoints;

use self::checkpoints::Checkpoints;
use super::{rows, sql};
use crate::Error;
use crate::read::{Reader, heads};
use crate::seam::{Conn, Row, Value};
use crate::verify::Check;
use crate::verify::finding::{Finding, written};
use domain::anchor::MacKey;
use domain::anchor::checkpoint::Checkpoint;
use domain::anchor::walk::{Bad, Known, Walk};
use domain::identity::operator;
use kernel::Tenant;
use std::collections::BTreeMap;

/// Facts that are read at once.
const FACTS: i64 = 2_000;

/// With what is verified, beside the rows.
pub struct Means<'a> {
    /// The key of the MACs, if it is known.
    pub key: Option<MacKey<'a>>,
    /// Whether a checkpoint is signed as it must be.
    pub is_signed: &'a (dyn Fn(&Checkpoint) -> bool + Send + Sync),
    /// Checkpoints that were kept elsewhere.
    pub kept: &'a [Checkpoint],
    /// Told after each page how many facts were checked.
    pub progress: &'a mut (dyn FnMut(u64) + Send),
}

/// Where a book is first not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadBook {
    /// Whose book it is.
    pub tenant: Tenant,
    /// From which fact on.
    pub seq: i64,
    /// What is wrong, in words.
    pub why: &'static str,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    /// Facts that were checked.
    pub checked: u64,
    /// Checkpoints that were checked, with those that were kept elsewhere.
    pub checkpoints: u64,
    /// Of each book that is not what it was, where first.
    pub bad: Vec<BadBook>,
}

/// Verifies over one snapshot.
pub async fn verify(reader: &Reader, means: Means<'_>) -> Result<Chain, Error> {
    let mut conn = reader.snapshot().await?;
    let chain = walk_all(&mut conn, means).await;
    conn.close().await;
    chain
}

/// The chain as one of the checks of `verify`: without a key.
pub(crate) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("journal_chain");
    let means = Means { key: None, is_signed: &|_| true, kept: &[], progress: &mut |_| {} };
    let chain = walk_all(conn, means).await?;
    finding.saw(chain.checked);
    for bad in &chain.bad {
        let book = written("book", bad.tenant.bytes());
        finding.wrong(bad.why, || format!("{book} {}", bad.seq));
    }
    Ok(finding.done())
}

async fn walk_all(conn: &mut Conn, mut means: Means<'_>) -> Result<Chain, Error> {
    let mut books = Books::read(conn, &mut means).await?;
    let mut after = (Tenant::from_bytes([0; 16]), i64::MIN);
    loop {
        let from = [Value::copy(after.0.bytes()), Value::Int(after.1), Value::Int(FACTS)];
        let found = conn.fetch(&sql::VERIFY_PAGE, &from).await?;
        let Some(last) = found.last() else { break };
        after = (last.tenant(0)?, last.int(1)?);
        for row in &found {
            books.step(conn, row).await?;
        }
        (means.progress)(books.chain.checked);
    }
    books.end(conn, &means).await
}

/// The walk through all books, in the order of their tenants.
struct Books<'k> {
    key: Option<MacKey<'k>>,
    origin: i64,
    /// What is known of books that were not reached yet.
    ahead: BTreeMap<Tenant, Known>,
    at: Option<Book<'k>>,
    checkpoints: Checkpoints,
    chain: Chain,
}

/// The book under way.
struct Book<'k> {
    tenant: Tenant,
    /// None any more once it is bad.
    walk: Option<Walk<'k>>,
    /// Up to which fact it stands in which checkpoint.
    leaves: Vec<(i64, i64)>,
}

impl<'k> Books<'k> {
    async fn read(conn: &mut Conn, means: &mut Means<'k>) -> Result<Self, Error> {
        let found = conn.fetch(&sql::READ_ANCHORING, &[]).await?;
        // Without the row everything that it says is missed where it is needed.
        let all = found.first().map(rows::anchoring).transpose()?;
        let origin = all.as_ref().map_or(0, |all| all.origin);
        let mut ahead: BTreeMap<Tenant, Known> = BTreeMap::new();
        let mut known = |tenant: Tenant, set: &mut dyn FnMut(&mut Known)| {
            set(ahead.entry(tenant).or_insert_with(|| Known { origin, ..Known::default() }));
        };
        for (tenant, seq) in heads(conn).await? {
            known(tenant, &mut |known| known.head = seq);
        }
        let anchors = conn.fetch(&sql::READ_ANCHORS, &[]).await?;
        for row in &anchors {
            let anchor = rows::anchor(row, 1)?;
            known(row.tenant(0)?, &mut |known| known.anchor = Some(anchor.clone()));
        }
        for row in &conn.fetch(&sql::VERIFY_LEAF_BOOKS, &[]).await? {
            known(row.tenant(0)?, &mut |_| {});
        }
        let (checkpoints, mut chain) = (Checkpoints::new(all), Chain::default());
        if !checkpoints.has_all_anchors(anchors.len()) {
            let why = "the anchor of a book is missing";
            chain.bad.push(BadBook { tenant: operator(), seq: 0, why });
        }
        Ok(Self { key: means.key, origin, ahead, at: None, checkpoints, chain })
    }

    /// `tenant` and the rest of a fact.
    async fn step(&mut self, conn: &mut Conn, row: &Row) -> Result<(), Error> {
        let tenant = row.tenant(0)?;
        if self.at.as_ref().is_none_or(|book| book.tenant != tenant) {
            self.begin(conn, tenant).await?;
        }
        self.chain.checked += 1;
        let Some(book) = &mut self.at else { return Ok(()) };
        let seq = row.int(1)?;
        let stepped = match (rows::stored(row, 1), &mut book.walk) {
            (_, None) => Ok(()),
            (Err(_), _) => Err(Bad { seq, why: "a fact cannot be read" }),
            (Ok(stored), Some(walk)) => {
                self.checkpoints.see(tenant, &stored);
                walk.step(&stored)
            }
        };
        if let Err(bad) = stepped {
            self.is_bad(tenant, bad);
        }
        Ok(())
    }

    /// Ends what was under way and begins a book. Books before it have no facts.
    async fn begin(&mut self, conn: &mut Conn, tenant: Tenant) -> Result<(), Error> {
        self.end_book();
        while let Some(first) = self.ahead.keys().next().copied().filter(|first| *first < tenant) {
            self.enter(conn, first).await?;
            self.end_book();
        }
        self.enter(conn, tenant).await
    }

    async fn enter(&mut self, conn: &mut Conn, tenant: Tenant) -> Result<(), Error> {
        let new = || Known { origin: self.origin, ..Known::default() };
        let mut known = self.ahead.remove(&tenant).unwrap_or_else(new);
        let found = conn.fetch(&sql::VERIFY_LEAVES, &[Value::bytes(tenant.bytes())]).await?;
        let leaves = found.iter().map(|row| Ok((row.int(0)?, row.int(1)?)));
        let leaves: Vec<_> = leaves.collect::<Result<_, Error>>()?;
        known.leaves = leaves.iter().map(|(seq, _)| *seq).collect();
        let walk = Some(Walk::new(tenant, known, self.key));
        self.at = Some(Book { tenant, walk, leaves });
        Ok(())
    }

    fn end_book(&mut self) {
        let Some(Book { tenant, walk: Some(walk), leaves }) = self.at.take() else { return };
        match walk.end() {
            Ok(passed) => self.checkpoints.add(tenant, &leaves, &passed),
            Err(bad) => self.is_bad(tenant, bad),
        }
    }

    fn is_bad(&mut self, tenant: Tenant, Bad { seq, why }: Bad) {
        self.chain.bad.push(BadBook { tenant, seq, why });
        if let Some(book) = &mut self.at {
            book.walk = None;
        }
    }

    async fn end(mut self, conn: &mut Conn, means: &Means<'_>) -> Result<Chain, Error> {
        self.end_book();
        while let Some(next) = self.ahead.keys().next().copied() {
            self.enter(conn, next).await?;
            self.end_book();
        }
        let whole = self.chain.bad.is_empty();
        let (count, bad) = self.checkpoints.compare(means, whole);
        self.chain.checkpoints = count;
        self.chain.bad.extend(bad);
        Ok(self.chain)
    }
}

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
use futures_util::future::join;
use kernel::Tenant;
use std::collections::{BTreeMap, BTreeSet};

/// Facts that are read at once.
const FACTS: i64 = 2_000;
/// Facts after which a look is taken at the page that is on its way.
const FACTS_AT_ONCE: usize = 50;

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
    let chain = verify_in(&mut conn, means).await;
    conn.close().await;
    chain
}

/// The chain as one of the checks of `verify`: without a key.
pub(crate) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("journal_chain");
    let means = Means { key: None, is_signed: &|_| true, kept: &[], progress: &mut |_| {} };
    let chain = verify_in(conn, means).await?;
    finding.saw(chain.checked);
    for bad in &chain.bad {
        let book = written("book", bad.tenant.bytes());
        finding.wrong(bad.why, || format!("{book} {}", bad.seq));
    }
    Ok(finding.done())
}

/// Verifies what the transaction of a connection sees, what it has not committed included: for tests of it.
pub async fn verify_in(conn: &mut Conn, mut means: Means<'_>) -> Result<Chain, Error> {
    let mut books = Books::read(conn, &mut means).await?;
    let mut page = page_after(conn, &[], i64::MIN).await?;
    while let Some(last) = page.last() {
        books.prepare(conn, &page).await?;
        // The next page comes while this one is looked through.
        let next = page_after(conn, last.bytes(0)?, last.int(1)?);
        let (next, ()) = join(next, books.take(&page)).await;
        page = next?;
        (means.progress)(books.chain.checked);
    }
    books.end(conn, &means).await
}

async fn page_after(conn: &mut Conn, tenant: &[u8], seq: i64) -> Result<Vec<Row>, Error> {
    let from = [Value::bytes(tenant), Value::Int(seq), Value::Int(FACTS)];
    conn.fetch(&sql::VERIFY_PAGE, &from).await
}

/// The walk through all books, in the order of their tenants.
struct Books<'k> {
    key: Option<MacKey<'k>>,
    origin: i64,
    /// What is known of books that were not reached yet.
    ahead: BTreeMap<Tenant, Known>,
    /// Up to which fact the books of a page, and those before them, stand in which checkpoint.
    leaves: BTreeMap<Tenant, Vec<(i64, i64)>>,
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
        let leaves = BTreeMap::new();
        Ok(Self { key: means.key, origin, ahead, leaves, at: None, checkpoints, chain })
    }

    /// Reads the leaves of the books that a page reaches.
    async fn prepare(&mut self, conn: &mut Conn, page: &[Row]) -> Result<(), Error> {
        let mut reached: BTreeSet<Tenant> =
            page.iter().filter_map(|row| row.tenant(0).ok()).collect();
        if let Some(last) = reached.last().copied() {
            reached.extend(self.ahead.range(..last).map(|(tenant, _)| *tenant));
        }
        let under_way = self.at.as_ref().map(|book| book.tenant);
        for tenant in reached.into_iter().filter(|tenant| Some(*tenant) != under_way) {
            self.read_leaves(conn, tenant).await?;
        }
        Ok(())
    }

    async fn read_leaves(&mut self, conn: &mut Conn, tenant: Tenant) -> Result<(), Error> {
        let found = conn.fetch(&sql::VERIFY_LEAVES, &[Value::bytes(tenant.bytes())]).await?;
        let leaves = found.iter().map(|row| Ok((row.int(0)?, row.int(1)?)));
        self.leaves.insert(tenant, leaves.collect::<Result<_, Error>>()?);
        Ok(())
    }

    /// The facts of a page; lets others go on after every few.
    async fn take(&mut self, page: &[Row]) {
        for rows in page.chunks(FACTS_AT_ONCE) {
            rows.iter().for_each(|row| self.step(row));
            tokio::task::yield_now().await;
        }
    }

    /// `tenant` and the rest of a fact.
    fn step(&mut self, row: &Row) {
        let (Ok(tenant), Ok(seq)) = (row.tenant(0), row.int(1)) else {
            let why = "a fact is in no book";
            self.chain.bad.push(BadBook { tenant: operator(), seq: 0, why });
            return;
        };
        if self.at.as_ref().is_none_or(|book| book.tenant != tenant) {
            self.begin(tenant);
        }
        self.chain.checked += 1;
        let Some(book) = &mut self.at else { return };
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
    }

    /// Ends what was under way and begins a book. Books before it have no facts.
    fn begin(&mut self, tenant: Tenant) {
        self.end_book();
        while let Some(first) = self.ahead.keys().next().copied().filter(|first| *first < tenant) {
            self.enter(first);
            self.end_book();
        }
        self.enter(tenant);
    }

    fn enter(&mut self, tenant: Tenant) {
        let new = || Known { origin: self.origin, ..Known::default() };
        let mut known = self.ahead.remove(&tenant).unwrap_or_else(new);
        let leaves = self.leaves.remove(&tenant).unwrap_or_default();
        known.leaves = leaves.iter().map(|(seq, _)| *seq).collect();
        let walk = Some(Walk::new(tenant, known, self.key));
        self.at = Some(Book { tenant, walk, leaves });
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
            self.read_leaves(conn, next).await?;
            self.enter(next);
            self.end_book();
        }
        let whole = self.chain.bad.is_empty();
        let (count, bad) = self.checkpoints.compare(means, whole);
        self.chain.checkpoints = count;
        self.chain.bad.extend(bad);
        Ok(self.chain)
    }
}

//! A book as it is heard: one reader follows its journal for all who listen, and keeps its end in memory.

use super::table::{About, about};
use domain::context::Actor;
use engine::{Engine, Throttle};
use kernel::{PersonId, Tenant};
use parking_lot::Mutex;
use serde::Deserialize;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Weak};
use std::time::Duration;
use store::read::News as Row;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// Facts that are read at once.
const PIECE: u32 = 500;
/// Facts of a book that are kept for whoever is a little behind.
const KEPT: usize = 500;
/// Pause after reading, in which commits gather.
const GATHER: Duration = Duration::from_millis(20);
/// How long commits of this process are waited for; those of others are found by looking.
const LOOK: Duration = Duration::from_millis(200);
/// Pause when it did not go well.
const UNWELL: Duration = Duration::from_secs(1);

/// Lines about books that cannot be read, in ten seconds.
static LINES: Throttle = Throttle::new(1);

/// The books that somebody listens to.
#[derive(Default)]
pub struct Books(Mutex<HashMap<Tenant, Weak<Book>>>);

/// A book that somebody listens to. Its reader ends with the last who does.
pub struct Book {
    tail: Mutex<VecDeque<Arc<News>>>,
    head: watch::Sender<i64>,
}

/// A fact, as far as it is told.
#[derive(Debug)]
pub struct News {
    /// Its number.
    pub seq: i64,
    /// Its kind.
    pub kind: String,
    /// What it is about; none where this program does not know.
    pub about: Option<About>,
    /// Who asked for what waits for a second person: he reads that, whatever his scopes.
    pub requester: Option<PersonId>,
}

/// What is read of the fact of an approval.
#[derive(Deserialize)]
struct Asked {
    requester: PersonId,
}

impl Books {
    /// A book, with its reader.
    pub fn open(&self, engine: &Engine, tenant: Tenant) -> Arc<Book> {
        let mut books = self.0.lock();
        if let Some(book) = books.get(&tenant).and_then(Weak::upgrade) {
            return book;
        }
        books.retain(|_, book| book.strong_count() > 0);
        let book = Arc::new(Book { tail: Mutex::default(), head: watch::Sender::new(0) });
        books.insert(tenant, Arc::downgrade(&book));
        tokio::spawn(follow(Arc::downgrade(&book), engine.clone(), tenant));
        book
    }
}

impl Book {
    /// Tells when there is news.
    pub fn head(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }

    /// The facts behind a number, as far as they are kept in memory; none where older ones are wanted.
    pub fn kept(&self, after: i64) -> Option<Vec<Arc<News>>> {
        let tail = self.tail.lock();
        let first = tail.front()?.seq;
        let skipped = usize::try_from(after + 1 - first).ok()?;
        Some(tail.iter().skip(skipped).take(PIECE as usize).cloned().collect())
    }

    fn take_in(&self, news: Vec<News>) {
        let Some(last) = news.last().map(|news| news.seq) else { return };
        {
            let mut tail = self.tail.lock();
            tail.extend(news.into_iter().map(Arc::new));
            let spare = tail.len().saturating_sub(KEPT);
            tail.drain(..spare);
        }
        self.head.send_replace(last);
    }
}

impl News {
    fn of(row: Row) -> Self {
        let about = about(&row.kind, &row.subject);
        let asked = row.data.and_then(|data| serde_json::from_str::<Asked>(&data).ok());
        Self { seq: row.seq, kind: row.kind, about, requester: asked.map(|asked| asked.requester) }
    }

    /// Whether somebody may hear of it who has these scopes.
    pub fn is_for(&self, who: Actor, may: impl Fn(domain::identity::Scope) -> bool) -> bool {
        let own = matches!(who, Actor::Person(person) if self.requester == Some(person));
        self.about.as_ref().is_some_and(|about| own || may(about.reads))
    }
}

/// The facts of a book behind a number.
pub async fn read(engine: &Engine, tenant: Tenant, after: i64) -> Result<Vec<News>, store::Error> {
    let rows = engine.reader().news(tenant, after, PIECE).await?;
    Ok(rows.into_iter().map(News::of).collect())
}

/// Follows a book as long as somebody listens.
async fn follow(book: Weak<Book>, engine: Engine, tenant: Tenant) {
    let mut commits = engine.commits();
    let mut after = None;
    loop {
        commits.borrow_and_update();
        let Some(open) = book.upgrade() else { return };
        let pause = match step(&open, &engine, tenant, &mut after).await {
            Ok(true) => continue,
            Ok(false) => GATHER,
            Err(error) => {
                if let Some(hushed) = LINES.admit() {
                    let error = kernel::chain(&error);
                    tracing::warn!(
                        error,
                        hushed,
                        "a journal is not read for those who listen; it is tried again"
                    );
                }
                UNWELL
            }
        };
        drop(open);
        sleep(pause).await;
        // Without an engine there are no commits to wait for, and nobody who listens.
        if timeout(LOOK - GATHER, commits.changed()).await.is_ok_and(|news| news.is_err()) {
            return;
        }
    }
}

/// Reads on; says whether there may be more at once.
async fn step(
    book: &Book,
    engine: &Engine,
    tenant: Tenant,
    after: &mut Option<i64>,
) -> Result<bool, store::Error> {
    let from = match *after {
        Some(after) => after,
        None => {
            let head = engine.reader().journal_head(tenant).await?;
            book.head.send_replace(head);
            *after.insert(head)
        }
    };
    let news = read(engine, tenant, from).await?;
    let full = news.len() == PIECE as usize;
    if let Some(last) = news.last() {
        *after = Some(last.seq);
    }
    book.take_in(news);
    Ok(full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::Scope;

    fn news(seq: i64) -> News {
        News {
            seq,
            kind: "order.paid".to_owned(),
            about: about("order.paid", &[1; 16]),
            requester: Some(PersonId([2; 16])),
        }
    }

    #[test]
    fn what_is_kept_has_no_gaps_and_an_end() {
        let book = Book { tail: Mutex::default(), head: watch::Sender::new(0) };
        assert!(book.kept(0).is_none());
        let last = 10 + KEPT as i64;
        book.take_in((1..=last).map(news).collect());
        assert_eq!(*book.head().borrow(), last);
        let seqs = |after: i64| -> Option<(i64, usize)> {
            let kept = book.kept(after)?;
            Some((kept.first().map_or(0, |news| news.seq), kept.len()))
        };
        assert_eq!((seqs(9), seqs(10)), (None, Some((11, 500))));
        assert_eq!((seqs(last - 3), seqs(last)), (Some((last - 2, 3)), Some((0, 0))));
    }

    #[test]
    fn news_is_for_whoever_may_read_it_or_asked_for_it() {
        let (news, one) = (news(1), PersonId([2; 16]));
        let reads = |scope: Scope| scope == Scope::OrdersRead;
        let key = Actor::Key(kernel::ApiKeyId([2; 16]));
        assert!(news.is_for(key, reads) && !news.is_for(key, |_| false));
        assert!(news.is_for(Actor::Person(one), |_| false));
        assert!(!news.is_for(Actor::Person(PersonId([3; 16])), |_| false));
        let unknown = News { about: None, ..news };
        assert!(!unknown.is_for(Actor::Person(one), |_| true));
    }
}

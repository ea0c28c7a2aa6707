//! The chain over the journal, kept going: what batches proved is linked within a second, what was there before is linked
//! in slices, and every hour all books are signed at once.

mod checkpoint;
mod folder;
pub mod kept;
mod link;

use crate::work::WorkError;
use checkpoint::Sent;
use domain::anchor::anchor_books::AnchorBooks;
use domain::identity::operator;
use engine::{Ended, Engine, Throttle};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use store::read::Behind;
use tokio::sync::watch;

/// How often books with news are looked for.
const EVERY: Duration = Duration::from_secs(1);
/// The same while another process links them.
const OTHERS: Duration = Duration::from_secs(5);
/// Books that are linked together.
const BOOKS: u32 = 256;
/// How often progress with what was there before is told.
const TELL_EVERY: Duration = Duration::from_secs(2);

static LINES: Throttle = Throttle::new(2);

/// How checkpoints are made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Time between two.
    pub every: Duration,
    /// A folder to which each is written, in a file of its own.
    pub folder: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { every: Duration::from_secs(3600), folder: None }
    }
}

/// What came of a look at all books.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Pass {
    /// Whether there is more to do at once.
    more: bool,
    /// Whether another process did it.
    others: bool,
    /// Facts of before that were linked, and how many there are in the books that are not done.
    before: (i64, i64),
}

/// Runs until `stop` says so, and once more then.
pub(crate) async fn watch(
    engine: Engine,
    settings: Settings,
    mut stop: watch::Receiver<bool>,
) -> Ended {
    let (mut sent, mut told) = (Sent::default(), None::<Instant>);
    loop {
        // Nobody is left who could say so: that is an end too.
        let last = *stop.borrow() || stop.has_changed().is_err();
        let begun = Instant::now();
        let pass = look(&engine, &settings, &mut sent).await;
        let pass = pass.unwrap_or_else(|error| {
            if let Some(hushed) = LINES.admit() {
                let error = kernel::chain(&error);
                tracing::warn!(error, hushed, "the journal was not linked; it will be");
            }
            Pass::default()
        });
        if pass.before.1 > 0 && told.is_none_or(|at| at.elapsed() > TELL_EVERY) {
            told = Some(Instant::now());
            let (linked, all) = pass.before;
            tracing::info!(linked, all, "facts of before are linked");
        }
        if last {
            return Ended::InOrder;
        }
        let pause = match pass {
            // What was there before waits for what comes in now.
            Pass { more: true, .. } => begun.elapsed(),
            Pass { others: true, .. } => OTHERS,
            Pass { .. } => EVERY,
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
}

/// Links what is there, then makes a checkpoint if it is time.
async fn look(engine: &Engine, settings: &Settings, sent: &mut Sent) -> Result<Pass, WorkError> {
    let all = engine.reader().anchoring().await?;
    let mut pass = Pass::default();
    let mut last = None;
    loop {
        let behind = engine.reader().behind(last, BOOKS).await?;
        link_books(engine, &behind, all.origin, &mut pass).await?;
        match behind.last() {
            Some(book) if behind.len() == BOOKS as usize => last = Some(book.tenant),
            _ => break,
        }
    }
    if !pass.more {
        checkpoint::make_if_due(engine, settings, &all, sent).await?;
    }
    Ok(pass)
}

/// Links some books.
async fn link_books(
    engine: &Engine,
    books: &[Behind],
    origin: i64,
    pass: &mut Pass,
) -> Result<(), WorkError> {
    let mut moves = Vec::new();
    for book in books {
        let (from, before) =
            book.anchor.as_ref().map_or((0, 0), |anchor| (anchor.seq, anchor.before));
        match link::next(engine, book, origin).await {
            Ok(next) => {
                pass.more |= next.seq > from && next.seq < before;
                if next.seq < before {
                    pass.before = (pass.before.0 + next.seq, pass.before.1 + before);
                }
                if next.seq > from {
                    moves.push((book.tenant, from, next));
                }
            }
            Err(link::Stop::Work(error)) => return Err(error),
            Err(link::Stop::Bad(why)) => tell(book, why),
        }
    }
    if !moves.is_empty() {
        let wanted = moves.len();
        let anchored = engine.run_bulk(engine.internal(operator()), AnchorBooks { moves }).await?;
        pass.others |= anchored.0 < wanted;
    }
    Ok(())
}

/// What cannot be linked stays as it is, so that whoever verifies finds it.
fn tell(book: &Behind, why: &'static str) {
    if let Some(hushed) = LINES.admit() {
        let (book, mode) = (book.tenant.merchant(), book.tenant.mode());
        tracing::error!(
            %book, ?mode, why, hushed,
            "a book's journal is not what was written to it: run `tessera journal verify`"
        );
    }
}

//! What one connection hears: the facts of its book behind a number, in their order, until it may not listen any more.
//!
//! It holds nothing but that number: what comes next is read when the other side takes more, so whoever takes nothing
//! costs no memory, and is closed by the times of the connection.

use super::audience::Seat;
use super::book::{Book, News, read};
use axum::body::Bytes;
use edge::auth::Listener;
use futures_util::{Stream, stream};
use serde_json::json;
use std::convert::Infallible;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// After so long without news a comment says that the connection lives.
const BEAT: Duration = Duration::from_secs(15);
/// How often it is looked whether the caller may still listen.
const CHECK: Duration = Duration::from_secs(1);
/// Milliseconds after which a browser comes again, and one whose place a newer connection took.
const AGAIN_MS: u32 = 2_000;
const DISPLACED_MS: u32 = 60_000;

/// A connection that listens.
pub struct Listening {
    listener: Listener,
    book: Arc<Book>,
    head: watch::Receiver<i64>,
    seat: Seat,
    stop: watch::Receiver<bool>,
    /// The number of the last fact that was looked at.
    at: i64,
    /// The number that the other side knows.
    told: i64,
    state: State,
    beat: Instant,
    check: Instant,
}

#[derive(PartialEq, Eq)]
enum State {
    Begins,
    Goes,
    Ends,
}

impl Listening {
    /// One that hears what comes behind a number.
    pub fn new(
        listener: Listener,
        book: Arc<Book>,
        seat: Seat,
        stop: watch::Receiver<bool>,
        after: i64,
    ) -> Self {
        let (head, now) = (book.head(), Instant::now());
        let (at, told, state) = (after, after, State::Begins);
        Self {
            listener,
            book,
            head,
            seat,
            stop,
            at,
            told,
            state,
            beat: now + BEAT,
            check: now + CHECK,
        }
    }

    /// What is sent, piece by piece.
    pub fn pieces(self) -> impl Stream<Item = Result<Bytes, Infallible>> + Send + 'static {
        stream::unfold(self, |mut listening| async move {
            let text = listening.next().await?;
            Some((Ok(Bytes::from(text)), listening))
        })
    }

    /// The next piece; none at the end.
    async fn next(&mut self) -> Option<String> {
        match self.state {
            State::Begins => {
                self.state = State::Goes;
                return Some(format!("retry: {AGAIN_MS}\nid: {}\n\n", self.at));
            }
            State::Goes => {}
            State::Ends => return None,
        }
        loop {
            if *self.stop.borrow() {
                return None;
            }
            if Instant::now() >= self.check {
                self.check = Instant::now() + CHECK;
                self.listener.check().await.ok()?;
            }
            let before = self.at;
            let text = self.heard().await.ok()?;
            if !text.is_empty() {
                self.told = self.at;
                self.beat = Instant::now() + BEAT;
                return Some(text);
            }
            if self.at > before {
                continue;
            }
            if Instant::now() >= self.beat {
                self.beat = Instant::now() + BEAT;
                return Some(self.comment());
            }
            tokio::select! {
                changed = self.head.changed() => changed.ok()?,
                () = sleep_until(self.beat.min(self.check)) => {}
                () = self.seat.taken() => {
                    self.state = State::Ends;
                    return Some(format!("retry: {DISPLACED_MS}\n\n"));
                }
                _ = self.stop.wait_for(|stop| *stop) => return None,
            }
        }
    }

    /// Looks at the next facts; gives what of them is for this caller.
    async fn heard(&mut self) -> Result<String, store::Error> {
        let mut text = String::new();
        match self.book.kept(self.at) {
            Some(kept) => kept.iter().for_each(|news| self.take(news, &mut text)),
            // What the reader has not come to yet is waited for; what it does not keep is read.
            None if self.at < *self.head.borrow() => {
                let news = read(self.listener.engine(), self.listener.tenant(), self.at).await?;
                news.iter().for_each(|news| self.take(news, &mut text));
            }
            None => {}
        }
        Ok(text)
    }

    fn take(&mut self, news: &News, text: &mut String) {
        self.at = news.seq;
        let who = self.listener.actor();
        if !news.is_for(who, |scope| self.listener.may(scope)) {
            return;
        }
        if let Some(about) = &news.about {
            let data = json!({ "kind": news.kind, "id": about.id });
            // Writing to a string does not fail.
            let _ = write!(text, "id: {}\nevent: {}\ndata: {data}\n\n", news.seq, about.object);
        }
    }

    /// A comment; with the number to go on from, where that moved without news.
    fn comment(&mut self) -> String {
        if self.told == self.at {
            return ":\n\n".to_owned();
        }
        self.told = self.at;
        format!(":\nid: {}\n\n", self.at)
    }
}

//! Bodies on their way in and out. A body that comes too slowly breaks off; the end of an answer is noticed.

use super::connection::{Connection, Times};
use super::pace::Pace;
use crate::extract::body::media_type;
use axum::body::{Body as Outgoing, Bytes};
use axum::http::HeaderMap;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::future::Future;
use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::time::{Sleep, sleep_until};

/// A request's body.
pub struct Received {
    body: Incoming,
    /// When it must be whole, if it is one that is read whole.
    whole_by: Option<Instant>,
    pace: Pace,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Received {
    pub fn new(body: Incoming, headers: &HeaderMap, times: Times) -> Self {
        let whole_by = is_read_whole(headers).then(|| Instant::now() + times.body);
        Self { body, whole_by, pace: Pace::new(times.window, times.bytes_min), timer: None }
    }

    /// Until when the other side may be silent; none when it was so for too long.
    fn patience(&mut self) -> Option<Instant> {
        let now = Instant::now();
        match self.whole_by {
            Some(by) => (now < by).then_some(by),
            None => self.pace.waits(now).map(|pause| now + pause),
        }
    }

    /// Waits for time or bytes; gives the error when the time is over.
    fn poll_time(&mut self, cx: &mut Context<'_>) -> Poll<Error> {
        loop {
            let Some(until) = self.patience() else {
                return Poll::Ready(Error::new(ErrorKind::TimedOut, "the body comes too slowly"));
            };
            let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(until.into())));
            timer.as_mut().reset(until.into());
            if timer.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
        }
    }
}

/// Files may take their time; JSON and forms, and what will be refused for its type, may not.
fn is_read_whole(headers: &HeaderMap) -> bool {
    let typed = media_type(headers).unwrap_or_default();
    let is_file = typed.starts_with("text/")
        || typed == "application/octet-stream"
        || typed.starts_with("application/vnd.")
        || typed.contains("zip");
    !is_file
}

impl Body for Received {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Pending => self.poll_time(cx).map(|error| Some(Err(axum::Error::new(error)))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(axum::Error::new(error)))),
            Poll::Ready(Some(Ok(frame))) => {
                if self.whole_by.is_none() {
                    let bytes = frame.data_ref().map_or(0, Bytes::len);
                    self.pace.moved(bytes, Instant::now());
                }
                Poll::Ready(Some(Ok(frame)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// An answer's body; at its end the connection is idle.
pub struct Sent {
    body: Outgoing,
    connection: Arc<Connection>,
}

impl Sent {
    pub fn new(body: Outgoing, connection: Arc<Connection>) -> Self {
        Self { body, connection }
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.connection.rests();
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

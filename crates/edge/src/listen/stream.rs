//! The bytes of a connection, with the times in which they must come and go.

use super::connection::Connection;
use super::pace::Pace;
use std::future::Future;
use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep_until};

/// A TCP stream that ends when the other side takes too long.
pub struct Stream {
    stream: TcpStream,
    connection: Arc<Connection>,
    read_timer: Timer,
    write_timer: Timer,
    write_pace: Pace,
}

/// Wakes its task at a time; made when it is first needed, because most waits end before.
#[derive(Default)]
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    /// Whether the time has come.
    fn poll(&mut self, at: Instant, cx: &mut Context<'_>) -> bool {
        let at = at.into();
        let sleep = self.0.get_or_insert_with(|| Box::pin(sleep_until(at)));
        if sleep.deadline() != at {
            sleep.as_mut().reset(at);
        }
        sleep.as_mut().poll(cx).is_ready()
    }
}

impl Stream {
    pub fn new(stream: TcpStream, connection: Arc<Connection>) -> Self {
        let times = *connection.times();
        Self {
            stream,
            connection,
            read_timer: Timer::default(),
            write_timer: Timer::default(),
            write_pace: Pace::new(times.window, times.bytes_min),
        }
    }

    /// What a write came to, unless the other side takes too little.
    fn paced(&mut self, written: Poll<Result<usize>>, cx: &mut Context<'_>) -> Poll<Result<usize>> {
        let now = Instant::now();
        match written {
            Poll::Ready(Ok(bytes)) => {
                self.write_pace.moved(bytes, now);
                self.connection.told(now);
            }
            Poll::Ready(Err(_)) => {}
            Poll::Pending => match self.write_pace.waits(now) {
                None => return Poll::Ready(Err(too_slow())),
                Some(pause) => {
                    if self.write_timer.poll(now + pause, cx) {
                        cx.waker().wake_by_ref();
                    }
                }
            },
        }
        written
    }
}

fn too_slow() -> Error {
    Error::new(ErrorKind::TimedOut, "the other side takes too long")
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if read.is_pending() {
            let deadline = self.connection.deadline();
            if deadline.is_some_and(|at| self.read_timer.poll(at, cx)) {
                return Poll::Ready(Err(too_slow()));
            }
        } else if buffer.filled().len() > before {
            self.connection.heard(Instant::now());
        }
        read
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.paced(written, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.paced(written, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

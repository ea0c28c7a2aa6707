//! Logs: one JSON object a line on standard error.
//!
//! Lines are written by a thread of their own, so that whoever does not read them, and a disk that takes no more,
//! never hold up or break the work. What could not be written is counted and told as soon as a line can be.

use anyhow::{Context, Result, anyhow};
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Lines that wait to be written.
const WAITING_MAX: usize = 4096;
/// How long the end waits for the last lines.
const PATIENCE: Duration = Duration::from_millis(500);

/// Lets go of the log at the end of the program.
pub struct Logging {
    lines: Lines,
    done: Receiver<()>,
}

/// Where lines go.
#[derive(Clone)]
struct Lines {
    sender: Arc<Mutex<Option<SyncSender<Vec<u8>>>>>,
    lost: Arc<AtomicU64>,
}

/// Starts logging with a filter such as `info` or `warn,api=debug`. Lines are written until what it gives goes away.
pub fn start(filter: &str) -> Result<Logging> {
    let filter = EnvFilter::try_new(filter)?;
    let (sender, receiver) = sync_channel(WAITING_MAX);
    let (tell, done) = sync_channel(1);
    let lost = Arc::new(AtomicU64::new(0));
    let lines = Lines { sender: Arc::new(Mutex::new(Some(sender))), lost: Arc::clone(&lost) };
    let write = move || {
        write_all(&receiver, &lost, &mut io::stderr());
        let _ = tell.send(());
    };
    std::thread::Builder::new()
        .name("log".to_owned())
        .spawn(write)
        .context("no thread to log on")?;
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        // It would print what it could not write, and a print that fails panics.
        .log_internal_errors(false)
        .with_writer(lines.clone())
        .try_init()
        .map_err(|e| anyhow!("logging cannot start: {e}"))?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let said = panic.payload_as_str().unwrap_or("");
        tracing::error!(place, said, "a panic");
    }));
    Ok(Logging { lines, done })
}

/// Says something to whoever started the program; nobody may be there.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

impl Drop for Logging {
    fn drop(&mut self) {
        // The thread ends when it wrote what waits.
        self.lines.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match self.done.recv_timeout(PATIENCE) {
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// Writes lines until nobody can send more.
fn write_all(lines: &Receiver<Vec<u8>>, lost: &AtomicU64, out: &mut impl Write) {
    while let Ok(line) = lines.recv() {
        if out.write_all(&line).is_err() {
            lost.fetch_add(1, Ordering::Relaxed);
            continue;
        }
        let missing = lost.swap(0, Ordering::Relaxed);
        if missing > 0 {
            let told =
                format!("{{\"level\":\"WARN\",\"message\":\"{missing} lines of log are lost\"}}\n");
            if out.write_all(told.as_bytes()).is_err() {
                lost.fetch_add(missing, Ordering::Relaxed);
            }
        }
    }
}

/// One line on its way.
struct Line<'a> {
    lines: &'a Lines,
    text: Vec<u8>,
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line { lines: self, text: Vec::new() }
    }
}

impl Write for Line<'_> {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        let sender = self.lines.sender.lock().unwrap_or_else(PoisonError::into_inner);
        let text = std::mem::take(&mut self.text);
        let sent = sender.as_ref().is_some_and(|sender| sender.try_send(text).is_ok());
        if !sent {
            self.lines.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails for a while.
    struct Full {
        refusals: u32,
        text: Vec<u8>,
    }

    impl Write for Full {
        fn write(&mut self, part: &[u8]) -> io::Result<usize> {
            if self.refusals > 0 {
                self.refusals -= 1;
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.text.extend_from_slice(part);
            Ok(part.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_cannot_be_written_is_counted_and_told() {
        let (sender, lines) = sync_channel(8);
        for line in ["one\n", "two\n", "three\n"] {
            sender.send(line.as_bytes().to_vec()).unwrap();
        }
        drop(sender);
        let (lost, mut out) = (AtomicU64::new(0), Full { refusals: 2, text: Vec::new() });
        write_all(&lines, &lost, &mut out);
        let text = String::from_utf8(out.text).unwrap();
        assert!(text.starts_with("three\n") && text.contains("2 lines of log are lost"), "{text}");
    }
}

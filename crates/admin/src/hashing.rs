//! Hashing of passwords: one thread of the lowest priority, so that a flood of attempts takes what orders leave over, and a
//! bounded queue. Browsers from which the person signed in before go first.

use edge::problem::{ErrorCode, Problem};
use kernel::limits::HASHES_WAITING_MAX;
use parking_lot::{Condvar, Mutex};
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::oneshot;
use vault::{PasswordHasher, Zeroizing};

/// The thread that hashes. It ends with the last handle.
pub struct Hashing(Arc<Shared>);

struct Shared {
    waiting: Mutex<Waiting>,
    some: Condvar,
}

#[derive(Default)]
struct Waiting {
    known: VecDeque<Job>,
    strangers: VecDeque<Job>,
    over: bool,
}

enum Job {
    Make(Zeroizing<String>, oneshot::Sender<String>),
    Compare(Zeroizing<String>, String, oneshot::Sender<bool>),
}

/// Whose attempt it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Of a browser from which the person signed in before.
    Known,
    /// Of anybody.
    Strangers,
}

impl Hashing {
    /// Starts the thread.
    pub fn start() -> Self {
        let some = Condvar::new();
        let shared = Arc::new(Shared { waiting: Mutex::default(), some });
        let worker = Arc::clone(&shared);
        let started = std::thread::Builder::new().name("passwords".to_owned());
        if let Err(error) = started.spawn(move || work(&worker)) {
            tracing::error!(%error, "no thread for passwords: nobody can sign in");
            shared.waiting.lock().over = true;
        }
        Self(shared)
    }

    /// Whether a hash is that of a password.
    pub async fn compare(&self, lane: Lane, password: &str, hash: &str) -> Result<bool, Problem> {
        let (done, answer) = oneshot::channel();
        let password = Zeroizing::new(password.to_owned());
        self.put(lane, Job::Compare(password, hash.to_owned(), done))?;
        answer.await.map_err(|_| busy())
    }

    /// The hash of a new password.
    pub async fn make(&self, password: &str) -> Result<String, Problem> {
        let (done, answer) = oneshot::channel();
        self.put(Lane::Known, Job::Make(Zeroizing::new(password.to_owned()), done))?;
        answer.await.map_err(|_| busy())
    }

    fn put(&self, lane: Lane, job: Job) -> Result<(), Problem> {
        let mut waiting = self.0.waiting.lock();
        let over = waiting.over;
        let queue = match lane {
            Lane::Known => &mut waiting.known,
            Lane::Strangers => &mut waiting.strangers,
        };
        if over || queue.len() >= HASHES_WAITING_MAX {
            return Err(busy());
        }
        queue.push_back(job);
        self.0.some.notify_one();
        Ok(())
    }
}

impl Drop for Hashing {
    fn drop(&mut self) {
        self.0.waiting.lock().over = true;
        self.0.some.notify_one();
    }
}

fn busy() -> Problem {
    Problem::new(ErrorCode::RateLimited, "too many people sign in at this moment; try again soon")
}

/// Lets every other thread go first. Linux keeps the priority of each thread by its own id; elsewhere it stays as it is.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), 19) {
        tracing::warn!(%error, "passwords are hashed at the priority of orders");
    }
}

fn work(shared: &Shared) {
    step_back();
    let mut hasher = PasswordHasher::default();
    loop {
        let mut waiting = shared.waiting.lock();
        let job = loop {
            if waiting.over {
                return;
            }
            let next = waiting.known.pop_front().or_else(|| waiting.strangers.pop_front());
            if let Some(job) = next {
                break job;
            }
            shared.some.wait(&mut waiting);
        };
        drop(waiting);
        // Whoever asked may be gone.
        match job {
            Job::Make(password, done) => {
                let _ = done.send(hasher.hash(&password));
            }
            Job::Compare(_, _, done) if done.is_closed() => {}
            Job::Compare(password, hash, done) => {
                let _ = done.send(hasher.verify(&password, &hash));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_queue_refuses_at_once_and_known_browsers_have_their_own() {
        let hashing = Hashing::start();
        let hash = hashing.make("correct horse battery staple").await.expect("a hash");
        let strangers = (0..4 * HASHES_WAITING_MAX).map(|_| {
            let (done, _kept) = oneshot::channel();
            let password = Zeroizing::new("x".to_owned());
            hashing.put(Lane::Strangers, Job::Compare(password, hash.clone(), done)).is_ok()
        });
        assert!(strangers.filter(|taken| !taken).count() > 0, "the queue has an end");
        let known = hashing.compare(Lane::Known, "correct horse battery staple", &hash).await;
        assert_eq!(known.ok(), Some(true));
        assert_eq!(hashing.compare(Lane::Known, "another", &hash).await.ok(), Some(false));
    }
}

//! Work that takes long and runs beside all other work, so many pieces at the same time.

use domain::work::WorkKey;
use std::collections::{HashSet, VecDeque};
use tokio::task::JoinSet;

/// Pieces of work that wait for their turn, and those that run.
pub(crate) struct Lane {
    at_once: usize,
    /// Their leases may end meanwhile; another process may have them then.
    waiting: VecDeque<WorkKey>,
    running: JoinSet<WorkKey>,
    busy: HashSet<WorkKey>,
}

impl Lane {
    /// A lane of this width.
    pub(crate) fn new(at_once: usize) -> Self {
        let (waiting, running, busy) = Default::default();
        Self { at_once, waiting, running, busy }
    }

    /// Takes work in. What runs already is done once more behind that: it was claimed because something about it changed.
    pub(crate) fn queue(&mut self, key: WorkKey) {
        if !self.waiting.contains(&key) {
            self.waiting.push_back(key);
        }
    }

    /// Begins what has its turn; no piece runs twice at the same time.
    pub(crate) fn go_on<F>(&mut self, mut perform: impl FnMut(WorkKey) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.look();
        while self.running.len() < self.at_once
            && let Some(next) = self.waiting.iter().position(|key| !self.busy.contains(key))
            && let Some(key) = self.waiting.remove(next)
        {
            self.busy.insert(key);
            let done = perform(key);
            self.running.spawn(async move {
                done.await;
                key
            });
        }
    }

    /// Ends what runs, wherever it is.
    pub(crate) async fn shutdown(&mut self) {
        self.running.shutdown().await;
    }

    fn look(&mut self) {
        while let Some(ended) = self.running.try_join_next() {
            match ended {
                Ok(key) => drop(self.busy.remove(&key)),
                // It panicked, and which one it was is not known. Work bears that it is done twice.
                Err(_) => self.busy.clear(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::operator;
    use domain::work::WorkKind;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::Semaphore;

    fn key(subject: u8) -> WorkKey {
        WorkKey { kind: WorkKind::WriteExport, tenant: operator(), subject: [subject; 16] }
    }

    /// Work that counts its beginnings and ends when it is let.
    #[derive(Clone)]
    struct Desk(Arc<(AtomicUsize, Semaphore)>);

    impl Desk {
        fn new() -> Self {
            Self(Arc::new((AtomicUsize::new(0), Semaphore::new(0))))
        }

        fn begun(&self) -> usize {
            self.0.0.load(Ordering::Relaxed)
        }

        fn go_on(&self, lane: &mut Lane) {
            lane.go_on(|_| {
                let Self(desk) = self.clone();
                desk.0.fetch_add(1, Ordering::Relaxed);
                async move { desk.1.acquire().await.expect("it is open").forget() }
            });
        }

        async fn let_end(&self, lane: &mut Lane, pieces: usize) {
            self.0.1.add_permits(pieces);
            for _ in 0..pieces {
                let ended = lane.running.join_next().await.expect("one runs");
                lane.busy.remove(&ended.expect("it does not panic"));
            }
        }
    }

    #[tokio::test]
    async fn what_is_claimed_again_while_it_runs_is_done_again_behind_it() {
        let (desk, mut lane) = (Desk::new(), Lane::new(2));
        lane.queue(key(1));
        desk.go_on(&mut lane);
        lane.queue(key(1));
        lane.queue(key(1));
        desk.go_on(&mut lane);
        assert_eq!(desk.begun(), 1, "not beside itself");
        desk.let_end(&mut lane, 1).await;
        desk.go_on(&mut lane);
        assert_eq!(desk.begun(), 2, "it is not forgotten");
        desk.let_end(&mut lane, 1).await;
        desk.go_on(&mut lane);
        assert_eq!(desk.begun(), 2, "and not done a third time");
    }

    #[tokio::test]
    async fn what_waits_for_itself_holds_up_nothing_else_and_the_lane_keeps_its_width() {
        let (desk, mut lane) = (Desk::new(), Lane::new(2));
        for subject in [1, 1, 2, 3] {
            lane.queue(key(subject));
            desk.go_on(&mut lane);
        }
        assert_eq!(desk.begun(), 2);
        assert!(lane.busy.contains(&key(1)) && lane.busy.contains(&key(2)));
        assert_eq!(lane.waiting, [key(1), key(3)]);
        desk.let_end(&mut lane, 2).await;
        desk.go_on(&mut lane);
        assert_eq!(desk.begun(), 4);
    }

    #[tokio::test]
    async fn what_panics_is_done_again_when_it_is_claimed_again() {
        let mut lane = Lane::new(1);
        lane.queue(key(1));
        lane.go_on(|_| async { panic!("on purpose") });
        while !lane.running.is_empty() {
            tokio::task::yield_now().await;
            lane.look();
        }
        let desk = Desk::new();
        lane.queue(key(1));
        desk.go_on(&mut lane);
        assert_eq!(desk.begun(), 1);
    }
}

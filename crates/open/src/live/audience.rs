//! Who listens: a few connections of each person and key, and so many in all.

use domain::context::Actor;
use kernel::limits::{LISTENERS_EACH_MAX, LISTENERS_MAX};
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::Notify;

/// The connections that listen, oldest first.
#[derive(Debug, Default)]
pub struct Audience(Mutex<Vec<Taken>>);

#[derive(Debug)]
struct Taken {
    who: Actor,
    leave: Arc<Notify>,
}

/// A place among those who listen; free again when this is dropped.
pub struct Seat {
    audience: Arc<Audience>,
    leave: Arc<Notify>,
}

impl Audience {
    /// Takes one more in; whose are too many, of these the oldest is asked to leave. None when all places are taken.
    pub fn seat(self: &Arc<Self>, who: Actor) -> Option<Seat> {
        let mut taken = self.0.lock();
        let its = |one: &&Taken| one.who == who;
        if taken.iter().filter(its).count() >= LISTENERS_EACH_MAX
            && let Some(oldest) = taken.iter().position(|one| one.who == who)
        {
            taken.remove(oldest).leave.notify_one();
        }
        if taken.len() >= LISTENERS_MAX {
            return None;
        }
        let leave = Arc::new(Notify::new());
        taken.push(Taken { who, leave: Arc::clone(&leave) });
        Some(Seat { audience: Arc::clone(self), leave })
    }
}

impl Seat {
    /// Waits until somebody newer needs the place.
    pub async fn taken(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.audience.0.lock().retain(|one| !Arc::ptr_eq(&one.leave, &self.leave));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use kernel::{ApiKeyId, PersonId};

    #[test]
    fn the_oldest_of_one_caller_leaves() {
        let audience = Arc::new(Audience::default());
        let (one, other) = (Actor::Key(ApiKeyId([1; 16])), Actor::Person(PersonId([1; 16])));
        let guest = audience.seat(other).expect("a place");
        let mut seats: Vec<Seat> =
            (0..LISTENERS_EACH_MAX).map(|_| audience.seat(one).expect("a place")).collect();
        assert!(seats.iter().all(|seat| seat.taken().now_or_never().is_none()));
        seats.push(audience.seat(one).expect("a place"));
        let left: Vec<bool> =
            seats.iter().map(|seat| seat.taken().now_or_never().is_some()).collect();
        assert_eq!(left.iter().position(|left| *left), Some(0));
        assert_eq!(left.iter().filter(|left| **left).count(), 1);
        assert!(guest.taken().now_or_never().is_none());
        drop(seats);
        assert_eq!(audience.0.lock().len(), 1);
    }

    #[test]
    fn there_are_so_many_places() {
        let audience = Arc::new(Audience::default());
        let who = |n: usize| Actor::Key(ApiKeyId((n as u128).to_be_bytes()));
        let seats: Vec<_> = (0..LISTENERS_MAX).filter_map(|n| audience.seat(who(n))).collect();
        assert_eq!(seats.len(), LISTENERS_MAX);
        assert!(audience.seat(who(LISTENERS_MAX)).is_none());
    }
}

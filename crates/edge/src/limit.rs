//! How often a caller may ask: a bucket for each key that has a limit, one for each address that comes with
//! keys which do not exist, and one for each address that opens pages.
//!
//! Buckets lie in the memory of one process; behind several processes a key has its limit at each. What a
//! key has left is told by the headers of draft-ietf-httpapi-ratelimit-headers-10.

use crate::address::network;
use crate::problem::{ErrorCode, Problem};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Keys that do not exist which an address may try in a minute.
const GUESSES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(600).expect("it is more than none");
/// Addresses that are remembered before those with a full bucket are forgotten.
const ADDRESSES_MAX: usize = 10_000;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// What a key may ask in a minute; it fills evenly, and holds a minute's worth.
pub struct Bucket {
    limiter: RateLimiter<NotKeyed, InMemoryState, DefaultClock, StateInformationMiddleware>,
    clock: DefaultClock,
    per_minute: NonZeroU32,
}

/// What a key has left, as of its last request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    per_minute: u32,
    left: u32,
    /// How long until one more request may come; none when this one may.
    wait: Option<Duration>,
}

impl Bucket {
    /// A full bucket; none for a limit of nothing, which no key has.
    pub fn new(per_minute: u32) -> Option<Self> {
        let per_minute = NonZeroU32::new(per_minute)?;
        let clock = DefaultClock::default();
        let limiter = RateLimiter::direct_with_clock(Quota::per_minute(per_minute), clock.clone());
        Some(Self { limiter: limiter.with_middleware(), clock, per_minute })
    }

    /// Requests a minute.
    pub fn per_minute(&self) -> u32 {
        self.per_minute.get()
    }

    /// Takes one request out.
    pub fn take(&self) -> Allowance {
        let (left, wait) = match self.limiter.check() {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(until) => (0, Some(until.wait_time_from(self.clock.now()))),
        };
        Allowance { per_minute: self.per_minute.get(), left, wait }
    }
}

impl Allowance {
    /// Requests that may come at once; none left, and how long to wait, stand below all others.
    pub fn left(&self) -> (bool, u32) {
        (self.wait.is_none(), self.left)
    }

    /// A refusal when there was nothing left.
    pub fn check(self) -> Result<(), Problem> {
        match self.wait {
            None => Ok(()),
            Some(_) => {
                let detail = "this key, or its merchant, asks too often; come again after `Retry-After` seconds";
                Err(Problem::new(ErrorCode::RateLimited, detail))
            }
        }
    }

    /// Writes the headers.
    fn write(self, headers: &mut HeaderMap) {
        // Until the bucket is full again, or until one request may come.
        let missing = u64::from(self.per_minute - self.left.min(self.per_minute));
        let full = (missing * 60).div_ceil(u64::from(self.per_minute));
        let seconds = self.wait.map_or(full, whole_seconds);
        let policy = format!("\"key\";q={};w=60", self.per_minute);
        let state = format!("\"key\";r={};t={seconds}", self.left);
        for (name, value) in [(POLICY, policy), (LIMIT, state)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        if self.wait.is_some() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

/// Where a request's allowance is left for the edge, which writes the answer's headers.
#[derive(Clone, Default)]
pub struct AllowanceSlot(Arc<OnceLock<Allowance>>);

impl AllowanceSlot {
    /// Writes the headers, if the key has a limit.
    pub fn write(&self, headers: &mut HeaderMap) {
        if let Some(allowance) = self.0.get() {
            allowance.write(headers);
        }
    }
}

/// Leaves an allowance for the edge. A request has one key, so it is told once.
pub fn tell(parts: &Parts, allowance: Allowance) {
    if let Some(told) = parts.extensions.get::<AllowanceSlot>() {
        let _ = told.0.set(allowance);
    }
}

/// Who tries keys that do not exist.
pub struct Guesses(RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock>);

impl Default for Guesses {
    fn default() -> Self {
        Self(RateLimiter::dashmap(Quota::per_minute(GUESSES_PER_MINUTE)))
    }
}

impl Guesses {
    /// What a key that does not exist is answered.
    pub fn refusal(&self, address: Option<IpAddr>) -> Problem {
        let Some(address) = address else { return Problem::unauthorized() };
        if self.0.len() > ADDRESSES_MAX {
            self.0.retain_recent();
        }
        match self.0.check_key(&network(address)) {
            Ok(()) => Problem::unauthorized(),
            Err(_) => {
                let detail = "too many keys that do not exist come from this address";
                Problem::new(ErrorCode::RateLimited, detail)
            }
        }
    }
}

/// How often an address may open pages. Many people share an address of a mobile network, so it is generous.
pub struct Visits(RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock>);

impl Visits {
    /// So many a minute from an address.
    pub fn new(per_minute: NonZeroU32) -> Self {
        Self(RateLimiter::dashmap(Quota::per_minute(per_minute)))
    }

    /// Takes one out; what is refused may come again in half a minute.
    pub fn take(&self, address: Option<IpAddr>) -> Result<(), Problem> {
        let Some(address) = address else { return Ok(()) };
        if self.0.len() > ADDRESSES_MAX {
            self.0.retain_recent();
        }
        let detail = "too many pages are opened from this address";
        self.0
            .check_key(&network(address))
            .map_err(|_| Problem::new(ErrorCode::RateLimited, detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_its_minute_and_then_waits() {
        let bucket = Bucket::new(3).expect("a limit");
        let left: Vec<_> = (0..3).map(|_| bucket.take()).map(|a| (a.left, a.wait)).collect();
        assert_eq!(left, [(2, None), (1, None), (0, None)]);
        let refused = bucket.take();
        assert!(refused.check().is_err());
        let wait = refused.wait.expect("a wait");
        assert!(wait <= Duration::from_secs(20) && wait > Duration::from_secs(10), "{wait:?}");
        assert!(Bucket::new(0).is_none());
    }

    #[test]
    fn headers_are_those_of_the_draft() {
        let cases = [
            (Allowance { per_minute: 60, left: 59, wait: None }, "\"key\";r=59;t=1", None),
            (Allowance { per_minute: 60, left: 0, wait: None }, "\"key\";r=0;t=60", None),
            (
                Allowance { per_minute: 60, left: 0, wait: Some(Duration::from_millis(900)) },
                "\"key\";r=0;t=1",
                Some("1"),
            ),
        ];
        for (allowance, state, retry) in cases {
            let mut headers = HeaderMap::new();
            allowance.write(&mut headers);
            assert_eq!(headers["ratelimit-policy"], "\"key\";q=60;w=60");
            assert_eq!(headers["ratelimit"], state);
            let after = headers.get("retry-after").map(|value| value.to_str().expect("a number"));
            assert_eq!(after, retry);
        }
    }
}

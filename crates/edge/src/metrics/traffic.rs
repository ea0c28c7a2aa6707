//! Requests, counted by the route that they came in by.

use crate::problem::ErrorCode;
use axum::extract::{MatchedPath, Request};
use engine::{Histogram, Reading};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Statuses that are counted apart; all others are one.
const STATUSES: [u16; 19] =
    [200, 201, 202, 204, 303, 304, 400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 500, 503];
/// Upper bounds of the time of a request, in microseconds.
const MICROS: [u64; 11] =
    [500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 10_000_000];

/// The requests of one route.
pub struct Route {
    /// Its method.
    pub method: &'static str,
    /// Its path, as the table of routes has it.
    pub path: String,
    statuses: [AtomicU64; STATUSES.len() + 1],
    micros: Histogram<11>,
}

/// All requests since the start.
pub struct Traffic {
    /// One for each route, and at last one for what is nowhere.
    routes: Vec<Route>,
    by_path: HashMap<String, Vec<(&'static str, usize)>>,
    refusals: [AtomicU64; ErrorCode::ALL.len()],
}

impl Traffic {
    /// Nothing yet, on these routes: the method and the path of each.
    pub fn of_routes(lines: impl Iterator<Item = (&'static str, String)>) -> Self {
        let mut by_path: HashMap<String, Vec<_>> = HashMap::new();
        let mut routes = Vec::new();
        for (i, (method, path)) in lines.enumerate() {
            routes.push(Route::new(method, &path));
            by_path.entry(path).or_default().push((method, i));
        }
        routes.push(Route::new("", "other"));
        Self { routes, by_path, refusals: [const { AtomicU64::new(0) }; ErrorCode::ALL.len()] }
    }

    /// The number of the route that a request came in by.
    pub fn route_of(&self, request: &Request) -> usize {
        let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        let lines = path.and_then(|path| self.by_path.get(path)).into_iter().flatten();
        let mut found = lines.filter(|(method, _)| *method == request.method().as_str());
        found.next().map_or(self.routes.len() - 1, |(_, route)| *route)
    }

    /// Counts an answer.
    pub fn answered(&self, route: usize, status: u16, took: Duration) {
        let Some(route) = self.routes.get(route) else { return };
        let at = STATUSES.binary_search(&status).unwrap_or(STATUSES.len());
        route.statuses[at].fetch_add(1, Ordering::Relaxed);
        route.micros.add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    /// Counts an error.
    pub fn refused(&self, code: ErrorCode) {
        self.refusals[code as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Every route.
    pub fn routes(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter()
    }

    /// Errors with a code.
    pub fn refusals(&self, code: ErrorCode) -> u64 {
        self.refusals[code as usize].load(Ordering::Relaxed)
    }
}

impl Route {
    fn new(method: &'static str, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            statuses: [const { AtomicU64::new(0) }; STATUSES.len() + 1],
            micros: Histogram::new(MICROS),
        }
    }

    /// Answers in all.
    pub fn answered(&self) -> u64 {
        self.statuses.iter().map(|count| count.load(Ordering::Relaxed)).sum()
    }

    /// Answers by status, those that there were.
    pub fn statuses(&self) -> impl Iterator<Item = (String, u64)> {
        let names = STATUSES.iter().map(u16::to_string).chain(["other".to_owned()]);
        let counts = self.statuses.iter().map(|count| count.load(Ordering::Relaxed));
        names.zip(counts).filter(|(_, count)| *count > 0)
    }

    /// How long answers took, in microseconds.
    pub fn micros(&self) -> Reading {
        self.micros.read()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::StatusCode;

    #[test]
    fn every_code_and_its_status_has_a_counter() {
        for (at, code) in ErrorCode::ALL.into_iter().enumerate() {
            assert_eq!(code as usize, at, "{code:?}");
            assert!(STATUSES.contains(&code.status().as_u16()), "{code:?}");
        }
        assert!(STATUSES.is_sorted());
    }

    #[test]
    fn an_answer_is_counted_where_it_belongs() {
        let traffic = Traffic::of_routes(std::iter::empty());
        traffic.answered(0, 200, Duration::from_micros(700));
        traffic.answered(0, StatusCode::IM_A_TEAPOT.as_u16(), Duration::ZERO);
        traffic.answered(9, 200, Duration::ZERO);
        let route = traffic.routes().next().expect("what is in no line");
        let statuses: Vec<_> = route.statuses().collect();
        assert_eq!(statuses, [("200".to_owned(), 1), ("other".to_owned(), 1)]);
        assert_eq!((route.micros().count, route.micros().sum), (2, 700));
    }
}

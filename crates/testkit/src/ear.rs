//! Whoever listens to events, as a browser's `EventSource` does.

use crate::Caller;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;
use std::collections::VecDeque;
use std::time::Duration;

/// The longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number in the journal.
    pub id: i64,
    /// What kind of thing it is about.
    pub event: String,
    /// The kind of fact.
    pub kind: String,
    /// The id of what it is about.
    pub object: String,
}

/// One connection.
pub struct Ear {
    response: Response,
    text: String,
    events: VecDeque<Event>,
    /// The id to go on from.
    pub last_id: Option<i64>,
    /// Comments that came.
    pub comments: usize,
}

impl Ear {
    /// Listens as a caller, behind an event.
    pub async fn of(caller: &Caller, last_id: Option<i64>) -> Self {
        let request = caller.request(Method::GET, "/v1/events");
        Self::open(match last_id {
            Some(id) => request.header("Last-Event-ID", id.to_string()),
            None => request,
        })
        .await
    }

    /// Listens by a request.
    pub async fn open(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("the server answers");
        assert_eq!(response.status(), 200);
        let header = |name: &str| response.headers()[name].to_str().expect("a text").to_owned();
        assert_eq!(header("content-type"), "text/event-stream");
        assert_eq!(
            (header("cache-control"), header("x-accel-buffering")),
            ("no-store".into(), "no".into())
        );
        let (text, events) = (String::new(), VecDeque::new());
        let mut ear = Self { response, text, events, last_id: None, comments: 0 };
        // It says at once from where it begins.
        while ear.last_id.is_none() {
            assert!(ear.hear().await, "it ended at once");
        }
        ear
    }

    /// The next event; none when the server ends the connection.
    pub async fn next(&mut self) -> Option<Event> {
        let next = async {
            loop {
                if let Some(event) = self.events.pop_front() {
                    return Some(event);
                }
                if !self.hear().await {
                    return None;
                }
            }
        };
        tokio::time::timeout(PATIENCE, next).await.expect("an event or the end")
    }

    /// Listens until the server ends the connection.
    pub async fn end(&mut self) {
        while self.next().await.is_some() {}
    }

    /// Takes in what comes next; says whether anything did.
    pub async fn hear(&mut self) -> bool {
        let Ok(Some(piece)) = self.response.chunk().await else { return false };
        self.text += std::str::from_utf8(&piece).expect("events are whole pieces of UTF-8");
        while let Some((block, rest)) = self.text.split_once("\n\n") {
            let (block, rest) = (block.to_owned(), rest.to_owned());
            self.take(&block);
            self.text = rest;
        }
        true
    }

    fn take(&mut self, block: &str) {
        let field =
            |name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        self.comments += usize::from(block.starts_with(':'));
        let id = field("id").map(|id| id.parse::<i64>().expect("a number"));
        self.last_id = id.or(self.last_id);
        let Some(data) = field("data") else { return };
        let data: Value = serde_json::from_str(data).expect("data are JSON");
        assert_eq!(data.as_object().map(|data| data.len()), Some(2), "{data}");
        let text = |name: &str| data[name].as_str().expect("a text").to_owned();
        self.events.push_back(Event {
            id: id.expect("an event has an id"),
            event: field("event").expect("an event has a name").to_owned(),
            kind: text("kind"),
            object: text("id"),
        });
    }
}

//! What is kept of a request that came with a key, for the people who wrote the program that sent it.
//!
//! Whoever finds out leaves it with the request: who calls, and the body as it came. The edge, which knows the answer, puts it
//! into the log.

mod mask;

use crate::app::App;
use crate::problem::{ErrorCode, Problem};
use axum::body::Bytes;
use axum::extract::MatchedPath;
use axum::http::request::Parts;
use axum::http::{Method, Uri, header};
use domain::identity::ApiKey;
use domain::requests::{LoggedRequest, Told};
use kernel::{ApiKeyId, RequestId, Tenant};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Characters of what a program calls itself.
const AGENT_CHARS: usize = 100;

/// What a request leaves for the log.
#[derive(Clone, Default)]
pub struct Trace(Arc<Left>);

#[derive(Default)]
struct Left {
    call: OnceLock<Call>,
    body: OnceLock<Bytes>,
}

struct Call {
    book: Tenant,
    key: ApiKeyId,
    method: Method,
    uri: Uri,
    route: Option<MatchedPath>,
    agent: Option<String>,
}

/// Leaves with which key a request came.
pub fn tell_key(parts: &Parts, key: &ApiKey) {
    let Some(trace) = parts.extensions.get::<Trace>() else { return };
    let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let _ = trace.0.call.set(Call {
        book: key.tenant,
        key: key.id,
        method: parts.method.clone(),
        uri: parts.uri.clone(),
        route: parts.extensions.get::<MatchedPath>().cloned(),
        agent: agent.map(|agent| agent.chars().take(AGENT_CHARS).collect()),
    });
}

/// Leaves the body of a request.
pub fn tell_body(parts: &Parts, body: &Bytes) {
    if let Some(trace) = parts.extensions.get::<Trace>() {
        let _ = trace.0.body.set(body.clone());
    }
}

/// How a request was finished.
pub struct Finished<'p> {
    /// Its id.
    pub id: RequestId,
    /// The status.
    pub status: u16,
    /// What refused it.
    pub problem: Option<&'p Problem>,
    /// How long it took.
    pub took: Duration,
}

impl Trace {
    /// Puts a request that came with a key among those that are kept, as far as its book has room for it.
    pub fn keep(&self, app: &App, finished: &Finished<'_>) {
        let Some(call) = self.0.call.get() else { return };
        let (refused, now) = (finished.status >= 400, app.engine().now());
        let Some(left_out) = app.requests().admit(call.book, refused, now) else { return };
        let route = call.route.as_ref().map_or("", MatchedPath::as_str);
        let body = self.0.body.get().filter(|body| refused && !body.is_empty());
        let fields = finished.problem.map_or(&[][..], |problem| &problem.errors);
        let told = Told {
            method: call.method.to_string(),
            route: route.to_owned(),
            path: mask::path(route, &call.uri),
            micros: i64::try_from(finished.took.as_micros()).unwrap_or(i64::MAX),
            code: finished.problem.map(|problem| problem.code).map(name),
            fields: fields.iter().map(|error| mask::field(&error.field)).collect(),
            body: body.map(mask::body),
            agent: call.agent.clone(),
            left_out,
        };
        let (id, key, status) = (finished.id, call.key, finished.status);
        app.requests().put(call.book, LoggedRequest { id, key, status, at: now, told });
    }
}

fn name(code: ErrorCode) -> String {
    code.name().to_owned()
}

//! The outermost layer: gives every request its id, refuses requests that say two things at once, catches panics,
//! writes problems out, sets what every answer carries, and logs what is our fault.
//!
//! Every request goes through here, so nothing is done that is not needed by every request.

use crate::app::App;
use crate::auth::refused::Watched;
use crate::limit::AllowanceSlot;
use crate::problem::{ErrorCode, Problem};
use crate::requests::{Finished, Trace};
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, HOST, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use axum::http::uri::Authority;
use axum::http::{HeaderName, HeaderValue, Version};
use axum::response::{IntoResponse, Response};
use engine::Throttle;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::RequestId;
use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::task::{Context, Poll};
use std::time::Instant;
use tower::{Layer, Service};

/// How long a browser comes back by HTTPS only.
const A_YEAR: &str = "max-age=31536000";

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The layer.
#[derive(Clone)]
pub struct Edge(App);

impl Edge {
    /// Request ids are drawn by the application.
    pub fn new(app: App) -> Self {
        Self(app)
    }
}

impl<S> Layer<S> for Edge {
    type Service = EdgeService<S>;

    fn layer(&self, inner: S) -> EdgeService<S> {
        EdgeService { app: self.0.clone(), inner }
    }
}

/// What the layer makes of a service.
#[derive(Clone)]
pub struct EdgeService<S> {
    app: App,
    inner: S,
}

impl<S> Service<Request> for EdgeService<S>
where
    S: Service<Request, Response = Response, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let id = RequestId(self.app.engine().draw());
        let (begun, app) = (Instant::now(), self.app.clone());
        let route = app.traffic().route_of(&request);
        let told = AllowanceSlot::default();
        request.extensions_mut().insert(id);
        request.extensions_mut().insert(told.clone());
        let trace = Trace::default();
        request.extensions_mut().insert(trace.clone());
        let watched = Watched::of(&app, &mut request);
        let answer = match contradiction(&request) {
            Some(detail) => Err(Problem::new(ErrorCode::BadRequest, detail)),
            None => Ok(AssertUnwindSafe(self.inner.call(request)).catch_unwind()),
        };
        Box::pin(async move {
            let answer = match answer {
                Err(problem) => problem.into_response(),
                Ok(answer) => match answer.await {
                    Ok(Ok(answer)) => answer,
                    // The panic's own words are on standard error already, from the panic hook.
                    Err(_) => Problem::internal("a handler panicked").into_response(),
                },
            };
            let (status, took) = (answer.status().as_u16(), begun.elapsed());
            let problem = answer.extensions().get::<Problem>();
            trace.keep(&app, &Finished { id, status, problem, took });
            let refused = problem.map(|problem| problem.code);
            if let Some(code) = refused {
                app.traffic().refused(code);
            }
            if let (Some(watched), Some(code)) = (watched, refused) {
                watched.record(&app, code).await;
            }
            let mut answer = finish(id, answer);
            if app.is_secure() {
                answer
                    .headers_mut()
                    .insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(A_YEAR));
            }
            told.write(answer.headers_mut());
            app.traffic().answered(route, answer.status().as_u16(), begun.elapsed());
            Ok(answer)
        })
    }
}

fn finish(id: RequestId, mut answer: Response) -> Response {
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        log(id, &problem);
        problem.write(id, &mut answer);
    }
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        answer.headers_mut().insert(REQUEST_ID, value);
    }
    answer.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}

/// What a request says that can be read in two ways by two programs on its way.
fn contradiction(request: &Request) -> Option<&'static str> {
    let headers = request.headers();
    if headers.get_all(AUTHORIZATION).iter().nth(1).is_some() {
        return Some("send one `Authorization`");
    }
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if is_host(host.as_bytes()) => None,
        // HTTP/1.0 has none, and HTTP/2 says it otherwise.
        (None, None) if request.version() != Version::HTTP_11 => None,
        _ => Some("send one `Host`, with a name or an address and perhaps a port"),
    }
}

/// A name or an address, and perhaps a port.
fn is_host(text: &[u8]) -> bool {
    let Ok(host) = Authority::try_from(text) else { return false };
    let port = host.as_str().strip_prefix(host.host()).unwrap_or("@");
    let numbered =
        port.strip_prefix(':').map(|port| port.is_empty() || port.parse::<u16>().is_ok());
    !host.host().is_empty() && (port.is_empty() || numbered == Some(true))
}

/// Lines about single requests in ten seconds; a fault that all requests meet is told by the engine.
static LINES: Throttle = Throttle::new(20);

/// Logs what operators must look at, once. Refusing work when the queue is full or the database is away is not
/// logged here: it must stay cheap, and the engine tells when that begins and ends.
pub fn log(id: RequestId, problem: &Problem) {
    let (code, cause) = (problem.code.name(), problem.cause.as_deref().unwrap_or(""));
    let worth_a_line = matches!(problem.code, ErrorCode::Internal | ErrorCode::OutcomeUnknown);
    let Some(hushed) = worth_a_line.then(|| LINES.admit()).flatten() else { return };
    match problem.code {
        ErrorCode::Internal => tracing::error!(
            request.id = %id, problem.code = code, problem.cause = cause, hushed,
            "a request failed on our side"
        ),
        _ => tracing::warn!(
            request.id = %id, problem.code = code, hushed,
            "the outcome of a request is not known"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_one_host_and_one_key() {
        type Case = (&'static [(&'static str, &'static str)], Version, bool);
        let cases: [Case; 12] = [
            (&[("host", "shop.example")], Version::HTTP_11, true),
            (&[("host", "192.168.1.7:8080")], Version::HTTP_11, true),
            (&[("host", "[::1]:8080")], Version::HTTP_11, true),
            (&[], Version::HTTP_10, true),
            (&[], Version::HTTP_11, false),
            (&[("host", "")], Version::HTTP_11, false),
            (&[("host", "a b")], Version::HTTP_11, false),
            (&[("host", "user@shop.example")], Version::HTTP_11, false),
            (&[("host", "shop.example:99999")], Version::HTTP_11, false),
            (&[("host", "shop.example/x")], Version::HTTP_11, false),
            (&[("host", "a.example"), ("host", "b.example")], Version::HTTP_10, false),
            (
                &[
                    ("host", "a.example"),
                    ("authorization", "Bearer a"),
                    ("authorization", "Bearer b"),
                ],
                Version::HTTP_11,
                false,
            ),
        ];
        for (headers, version, good) in cases {
            let request = axum::http::Request::builder().version(version);
            let request = headers.iter().fold(request, |r, (name, value)| r.header(*name, *value));
            let request = request.body(axum::body::Body::empty()).expect("a request");
            assert_eq!(contradiction(&request).is_none(), good, "{headers:?}");
        }
    }

    #[test]
    fn problems_are_written_out_and_every_answer_has_the_id() {
        let id = RequestId([5; 16]);
        let answer = finish(id, Problem::internal("cause").into_response());
        assert_eq!(answer.status(), 500);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        assert_eq!(answer.headers()["x-request-id"], id.to_string().as_str());
        let good = finish(id, "fine".into_response());
        assert_eq!(good.headers()["content-type"], "text/plain; charset=utf-8");
        assert_eq!(good.headers()["x-request-id"], id.to_string().as_str());
    }
}

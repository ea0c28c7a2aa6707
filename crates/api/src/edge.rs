//! The outermost layer: gives every request its id, catches panics, writes problems out, and logs
//! what is our fault.
//!
//! Every request goes through here, so nothing is done that is not needed by every request.

use crate::App;
use crate::limit::Told;
use crate::problem::{Code, Problem};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
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
        let told = Told::default();
        request.extensions_mut().insert(id);
        request.extensions_mut().insert(told.clone());
        let answer = AssertUnwindSafe(self.inner.call(request)).catch_unwind();
        Box::pin(async move {
            let answer = match answer.await {
                Ok(Ok(answer)) => answer,
                // The panic's own words are on standard error already, from the panic hook.
                Err(_) => Problem::internal("a handler panicked").into_response(),
            };
            if let Some(problem) = answer.extensions().get::<Problem>() {
                app.traffic().refused(problem.code);
            }
            let mut answer = finish(id, answer);
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
    answer
}

/// Lines about single requests in ten seconds; a fault that all requests meet is told by the engine.
static LINES: Throttle = Throttle::new(20);

/// Logs what operators must look at, once. Refusing work when the queue is full or the database is away is not
/// logged here: it must stay cheap, and the engine tells when that begins and ends.
pub fn log(id: RequestId, problem: &Problem) {
    let (code, cause) = (problem.code.name(), problem.cause.as_deref().unwrap_or(""));
    let worth_a_line = matches!(problem.code, Code::Internal | Code::OutcomeUnknown);
    let Some(hushed) = worth_a_line.then(|| LINES.admit()).flatten() else { return };
    match problem.code {
        Code::Internal => tracing::error!(
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

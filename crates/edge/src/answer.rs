//! Good answers: a status, a body, and whether it is the repetition of an earlier one.

use crate::problem::Problem;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Says that the answer was given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// What a handler returns.
pub type Answered<T> = Result<Answer<T>, Problem>;

/// A good answer.
#[derive(Debug)]
pub struct Answer<T> {
    status: StatusCode,
    body: T,
    replayed: bool,
    version: Option<i64>,
}

impl<T> Answer<T> {
    /// Here it is.
    pub fn ok(body: T) -> Self {
        Self { status: StatusCode::OK, body, replayed: false, version: None }
    }

    /// It was made.
    pub fn created(body: T) -> Self {
        Self { status: StatusCode::CREATED, body, replayed: false, version: None }
    }

    /// It is being done.
    pub fn accepted(body: T) -> Self {
        Self { status: StatusCode::ACCEPTED, body, replayed: false, version: None }
    }

    /// Which version of a resource it shows, as its `ETag`.
    pub fn version(self, version: i64) -> Self {
        Self { version: Some(version), ..self }
    }

    /// Whether the same was asked and answered before.
    pub fn replayed(self, replayed: bool) -> Self {
        Self { replayed, ..self }
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        // Most answers are below a kilobyte: one allocation.
        let mut bytes = Vec::with_capacity(1024);
        if let Err(error) = serde_json::to_writer(&mut bytes, &self.body) {
            return Problem::internal(error).into_response();
        }
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        // Answers hold codes, keys and what one merchant did; nobody on the way keeps them.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(version) = self.version
            && let Ok(tag) = HeaderValue::try_from(format!("\"{version}\""))
        {
            headers.insert(header::ETAG, tag);
        }
        if self.replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

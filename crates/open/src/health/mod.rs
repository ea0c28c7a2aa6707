//! What anybody may ask: whether the process lives, whether it can work, and what the API is.

pub mod healthz;
pub mod openapi_json;
pub mod readyz;
pub mod system;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the process lives.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`, or `broken` when only a restart helps.
    pub status: &'static str,
    /// What is broken; empty when all is well.
    pub why: Vec<&'static str>,
}

/// Whether the process can work, what it works with, and how much it has done.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// Whether it can.
    pub ready: bool,
    /// Codes of what is wrong; empty when all is well.
    pub why: Vec<&'static str>,
    /// `ok` or `unavailable`.
    pub status: &'static str,
    /// The durability settings in force, as the database told them.
    pub durability: String,
    /// Batches that were committed since the start.
    pub batches: u64,
    /// Commands in those batches.
    pub commands: u64,
    /// Batches that ran again because another writer was in the way.
    pub reruns: u64,
}

/// Answers 200 when all is well, else 503, to be asked again soon.
fn answer(is_well: bool, body: impl Serialize) -> Response {
    if is_well {
        return (StatusCode::OK, Json(body)).into_response();
    }
    let again = [(header::RETRY_AFTER, HeaderValue::from_static("1"))];
    (StatusCode::SERVICE_UNAVAILABLE, again, Json(body)).into_response()
}

//! The API's own description.

use crate::auth::Door;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderName, header};

/// This document.
#[utoipa::path(
    get, path = "/openapi.json", tag = "health",
    responses((status = 200, content_type = "application/json", body = String))
)]
pub async fn openapi_json(State(door): State<Door>) -> ([(HeaderName, &'static str); 1], Bytes) {
    ([(header::CONTENT_TYPE, "application/json")], door.app.document())
}

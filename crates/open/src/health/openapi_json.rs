//! The API's own description.

use crate::reference::Published;
use axum::Extension;
use axum::body::Bytes;
use axum::http::{HeaderName, header};
use utoipa::ToSchema;

/// The API's own description. Its shape is OpenAPI's.
#[derive(ToSchema)]
#[allow(dead_code, reason = "it only tells the shape of what is written out beforehand")]
pub struct OpenApiDocument {
    /// The version of OpenAPI.
    openapi: String,
}

/// This document.
#[utoipa::path(
    get, path = "/openapi.json", tag = "health",
    responses((status = 200, content_type = "application/json", body = OpenApiDocument))
)]
pub async fn openapi_json(
    Extension(published): Extension<Published>,
) -> ([(HeaderName, &'static str); 1], Bytes) {
    ([(header::CONTENT_TYPE, "application/json")], published.document)
}

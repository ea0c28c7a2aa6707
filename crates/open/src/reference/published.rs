//! The OpenAPI document and its pages, written out once for all who ask.

use super::page::Pages;
use axum::body::Bytes;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// What is published of the API. Cloning it is cheap.
#[derive(Clone)]
pub struct Published {
    /// The document as JSON.
    pub document: Bytes,
    /// The document as a page for people.
    pub pages: Arc<Pages>,
}

impl Published {
    /// Writes a document out.
    pub fn of(document: &OpenApi) -> Self {
        // A document of plain data always serializes; a test reads the whole of it.
        let document = serde_json::to_value(document).unwrap_or_default();
        let pages = Arc::new(Pages::of_document(&document));
        Self { document: document.to_string().into(), pages }
    }
}

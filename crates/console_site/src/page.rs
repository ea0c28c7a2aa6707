//! The page of the console: one for every address, made for each request because of its nonce (docs/adr/0030).

use crate::files::File;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// Stands in the built page where the nonce goes.
const PLACE: &str = "{{nonce}}";

/// What is said where the console was not built into the program.
const NOT_BUILT: &str = include_str!("not_built.html");

/// Answers with the page.
pub fn page() -> Response {
    let Some(built) = File::find("index.html") else {
        return dressed(StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT.to_owned(), "");
    };
    let nonce = vault::new_secret("");
    let text = String::from_utf8_lossy(built.content).replace(PLACE, &nonce);
    dressed(StatusCode::OK, text, &nonce)
}

fn dressed(status: StatusCode, text: String, nonce: &str) -> Response {
    const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
    let mut headers = HeaderMap::new();
    let fixed = HeaderValue::from_static;
    headers.insert(CONTENT_TYPE, fixed("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, fixed("no-store"));
    headers.insert(REFERRER_POLICY, fixed("same-origin"));
    headers.insert(X_FRAME_OPTIONS, fixed("DENY"));
    headers.insert(OPENER, fixed("same-origin"));
    let policy = HeaderValue::try_from(policy(nonce));
    headers.insert(CONTENT_SECURITY_POLICY, policy.unwrap_or(fixed("default-src 'none'")));
    (status, headers, text).into_response()
}

fn policy(nonce: &str) -> String {
    let style = if nonce.is_empty() { String::new() } else { format!(" 'nonce-{nonce}'") };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'{style}; img-src 'self' data: blob:; \
         connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

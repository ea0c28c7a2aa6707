//! A person's request as it came, kept until its rule has spoken; and as it is stored while it waits.

use crate::extract;
use crate::idempotency::{self, Once};
use crate::policy::Idempotency;
use crate::problem::Problem;
use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Request, Uri, header};
use domain::identity::Scope;
use kernel::ApprovalId;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// A request that may have to wait.
pub struct Kept {
    /// The scope that it goes through.
    pub scope: Scope,
    method: Method,
    uri: Uri,
    if_match: Option<HeaderValue>,
    body: OnceLock<(Bytes, Option<Once>)>,
}

/// A request as it is stored, sealed.
#[derive(Serialize, Deserialize)]
pub struct Stored {
    method: String,
    uri: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    if_match: Option<String>,
    body: String,
}

impl Kept {
    /// What is known before the body is read.
    pub fn of(parts: &Parts, scope: Scope) -> Self {
        Self {
            scope,
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            if_match: parts.headers.get(header::IF_MATCH).cloned(),
            body: OnceLock::new(),
        }
    }

    /// The body, and how a repeat is known: also where the route itself knows none.
    pub fn body(&self, parts: &Parts, raw: &Bytes) -> Result<(), Problem> {
        let key = idempotency::read(&parts.headers, Idempotency::Optional)?;
        let once = key.map(|key| extract::once(key, parts, raw));
        let _ = self.body.set((raw.clone(), once));
        Ok(())
    }

    /// How a repeat is known, if the caller said.
    pub fn once(&self) -> Option<Once> {
        self.body.get().and_then(|(_, once)| once.clone())
    }

    /// Method and path, as approvers read them.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.uri.path())
    }

    /// The request as it is stored.
    pub fn stored(&self) -> Stored {
        let body = self.body.get().map(|(raw, _)| String::from_utf8_lossy(raw).into_owned());
        let if_match = self.if_match.as_ref().and_then(|seen| seen.to_str().ok());
        Stored {
            method: self.method.to_string(),
            uri: self.uri.path_and_query().map_or_else(String::new, |asked| asked.to_string()),
            if_match: if_match.map(str::to_owned),
            body: body.unwrap_or_default(),
        }
    }
}

impl Stored {
    /// Its body, masked for whoever approves it.
    pub fn summary(&self) -> serde_json::Value {
        super::masked(&serde_json::from_str(&self.body).unwrap_or_default())
    }

    /// The request once more. What makes it happen once is the approval, so its id stands for the key of a repeat.
    pub fn request(self, id: ApprovalId) -> Result<Request<Body>, axum::http::Error> {
        let mut request = Request::builder().method(&*self.method).uri(self.uri);
        request = request.header(idempotency::HEADER, id.to_string());
        if let Some(seen) = self.if_match {
            request = request.header(header::IF_MATCH, seen);
        }
        if !self.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        request.body(Body::from(self.body))
    }
}

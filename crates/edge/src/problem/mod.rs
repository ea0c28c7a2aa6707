//! Errors as callers see them: RFC 9457 problem documents.
//!
//! Code anywhere in this crate returns a [`Problem`]. The edge writes it out, because only the edge
//! knows the request's id, and logs what is our fault. A problem's `cause` is for the log alone.

mod code;
mod from;

pub use code::ErrorCode;

use crate::answer::Answer;
use crate::approval::Held;
use crate::wire::RequestId;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// Why a request was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What went wrong, for programs.
    pub code: ErrorCode,
    /// What went wrong, for people.
    pub detail: Cow<'static, str>,
    /// Which fields are at fault.
    pub errors: Vec<FieldError>,
    /// The chain of causes, for the log.
    pub cause: Option<String>,
    /// Codes that were met where one was looked for.
    pub met: Option<Box<CodesMet>>,
    /// What waits in place of the answer: then it is no error, and answered as such.
    pub held: Option<Box<Held>>,
}

/// Codes that were met where one was looked for, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodesMet {
    /// Those that are meant, where that is more than one.
    pub ids: Vec<String>,
    /// Those that only look like it.
    pub similar: Vec<String>,
}

/// A field that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// Where in the body, as `lines[0].sku`, or the name of a parameter or header.
    pub field: String,
    /// What is wrong and how to cure it.
    pub detail: String,
}

/// An error, as RFC 9457 has it.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument<'a> {
    /// The status in words.
    title: &'a str,
    /// The status of the answer.
    status: u16,
    /// What went wrong, for programs.
    code: ErrorCode,
    /// What went wrong, for people.
    detail: &'a str,
    /// Whether the same request may succeed if it is sent again, unchanged, a little later.
    retryable: bool,
    /// The request, as logs and journal name it.
    request_id: RequestId,
    /// Which fields are at fault; empty when none is.
    errors: &'a [FieldError],
    /// What was meant by more than one thing, by id; only of `code_ambiguous`.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    #[schema(required = false)]
    ids: &'a [String],
    /// What looks like it, by id; only where a code was looked for.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    #[schema(required = false)]
    similar: &'a [String],
}

impl Problem {
    /// What went wrong, for programs.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// A problem without fields.
    pub fn new(code: ErrorCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), cause: None, met: None, held: None }
    }

    /// A field has a value that cannot be.
    pub fn invalid(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::at(ErrorCode::Invalid, "the request has a field that cannot be taken", field, detail)
    }

    /// A problem with one field.
    pub fn at(
        code: ErrorCode,
        summary: &'static str,
        field: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        let errors = vec![FieldError { field: field.into(), detail: detail.into() }];
        Self { errors, ..Self::new(code, summary) }
    }

    /// No key came, or none that is known here.
    pub fn unauthorized() -> Self {
        Self::new(ErrorCode::Unauthorized, "send a valid key as `Authorization: Bearer sk_…`")
    }

    /// There is no such thing, or it is somebody else's.
    pub fn not_found(kind: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("there is no such {kind}"))
    }

    /// Our error. The cause goes to the log and not to the caller.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        let detail = "something failed on our side; the request id leads us to it";
        Self { cause: Some(cause.to_string()), ..Self::new(ErrorCode::Internal, detail) }
    }

    /// The database gives no answer for the moment.
    pub fn unavailable(cause: impl std::fmt::Display) -> Self {
        let detail = "the database does not answer; send the request again a little later";
        Self { cause: Some(cause.to_string()), ..Self::new(ErrorCode::Overloaded, detail) }
    }

    /// The data key of a value is not here. Nothing is wrong with the value, and nothing changed.
    pub fn key_missing() -> Self {
        let detail =
            "a key of this instance is missing here; nothing changed; send the request again later";
        Self::new(ErrorCode::KeyMissing, detail)
    }

    /// The same with the codes that were met.
    pub fn meets(self, met: CodesMet) -> Self {
        Self { met: Some(Box::new(met)), ..self }
    }

    /// The act waits for a second person.
    pub fn held(held: Held) -> Self {
        let detail = "it waits for a second person";
        Self { held: Some(Box::new(held)), ..Self::new(ErrorCode::ApprovalState, detail) }
    }

    /// Takes a prefix off the names of fields, for bodies that are flatter than the command.
    pub fn without_prefix(mut self, prefix: &str) -> Self {
        for error in &mut self.errors {
            if let Some(rest) = error.field.strip_prefix(prefix) {
                error.field = rest.to_owned();
            }
        }
        self
    }

    /// The same of one of many, which is at `at` in the body and has its fields in `body`.
    pub fn within(mut self, at: &str) -> Self {
        if self.errors.is_empty() {
            self.errors =
                vec![FieldError { field: at.to_owned(), detail: self.detail.to_string() }];
            return self;
        }
        for FieldError { field, detail } in &mut self.errors {
            if self.code == ErrorCode::InUse {
                // The field is one of who refers to it.
                *detail = format!("{detail} ({field})");
                *field = at.to_owned();
            } else if field == "body" {
                *field = format!("{at}.body");
            } else {
                *field = format!("{at}.body.{field}");
            }
        }
        self
    }

    /// The most precise words that it has.
    pub fn cure(&self) -> &str {
        self.errors.first().map_or(&self.detail, |error| &error.detail)
    }

    /// Writes the document into an answer that carries this problem's status.
    pub fn write(&self, request: kernel::RequestId, answer: &mut Response) {
        let status = self.code.status();
        let document = ProblemDocument {
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            code: self.code,
            detail: &self.detail,
            retryable: self.code.retryable(),
            request_id: crate::wire::Wire(request),
            errors: &self.errors,
            ids: self.met.as_ref().map_or(&[], |met| &met.ids),
            similar: self.met.as_ref().map_or(&[], |met| &met.similar),
        };
        // Strings and numbers always serialize; an empty body would still have the right status.
        let bytes = serde_json::to_vec(&document).unwrap_or_default();
        *answer.body_mut() = Body::from(bytes);
        let headers = answer.headers_mut();
        let content_type = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, content_type);
        if self.code.retryable() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.code == ErrorCode::Unauthorized {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
    }
}

/// The answer carries the problem to the edge, which writes the document.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Some(held) = self.held {
            return Answer::accepted(held).into_response();
        }
        let mut answer = self.code.status().into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

#[cfg(test)]
mod tests;

//! Errors as WeChat Pay answers them: a status, a code, a sentence, and the field if there is one.

use super::Answer;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// A refusal.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    code: &'static str,
    message: String,
    detail: Option<Value>,
}

impl Failure {
    /// A refusal without a field.
    pub fn new(status: StatusCode, code: &'static str, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), detail: None }
    }

    /// A field that is missing or bad.
    pub fn param(field: &str, issue: &str) -> Self {
        let location = if field.starts_with('/') { "body" } else { "header" };
        Self {
            detail: Some(json!({ "field": field, "issue": issue, "location": location })),
            ..Self::new(StatusCode::BAD_REQUEST, "PARAM_ERROR", &format!("参数错误：{issue}"))
        }
    }

    /// A request that the state forbids.
    pub fn invalid(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "INVALID_REQUEST", message)
    }

    /// A request whose sender is not who it says.
    pub fn sign(field: &str, issue: &str) -> Self {
        Self {
            detail: Some(json!({ "field": field, "issue": issue, "location": "authorization" })),
            ..Self::new(StatusCode::UNAUTHORIZED, "SIGN_ERROR", issue)
        }
    }

    /// An order that is not there.
    pub fn no_order() -> Self {
        Self::new(StatusCode::NOT_FOUND, "ORDER_NOT_EXIST", "订单不存在")
    }

    /// The code.
    #[cfg(test)]
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl From<Failure> for Answer {
    fn from(failure: Failure) -> Self {
        let mut body = json!({ "code": failure.code, "message": failure.message });
        if let Some(detail) = failure.detail {
            body["detail"] = detail;
        }
        Self { status: failure.status, body: Some(body) }
    }
}

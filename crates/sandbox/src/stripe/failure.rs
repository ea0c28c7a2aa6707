//! Errors in Stripe's shape.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// A refusal.
#[derive(Clone, Debug)]
pub struct Failure {
    status: StatusCode,
    kind: &'static str,
    code: Option<&'static str>,
    param: Option<String>,
    message: String,
    intent: Option<Box<Value>>,
}

impl Failure {
    /// A bad request, and the parameter that makes it one.
    pub fn request(message: &str, param: Option<&str>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            kind: "invalid_request_error",
            code: None,
            param: param.map(str::to_owned),
            message: message.to_owned(),
            intent: None,
        }
    }

    /// A bad request with a code.
    pub fn coded(code: &'static str, message: &str, param: Option<&str>) -> Self {
        Self { code: Some(code), ..Self::request(message, param) }
    }

    /// A parameter that must be there.
    pub fn missing(param: &str) -> Self {
        Self::coded("parameter_missing", &format!("Missing required param: {param}."), Some(param))
    }

    /// An object that is not there.
    pub fn no_object(kind: &str, id: &str, param: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::coded("resource_missing", &format!("No such {kind}: '{id}'"), Some(param))
        }
    }

    /// A route that is not there.
    pub fn no_route(method: &str, path: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::request(&format!("Unrecognized request URL ({method}: /v1/{path})."), None)
        }
    }

    /// A request without a key.
    pub fn no_key() -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            ..Self::request("You did not provide an API key in the Authorization header.", None)
        }
    }

    /// A key that nobody has; only its ends are shown.
    pub fn bad_key(key: &str) -> Self {
        let shown: String = key.chars().take(8).collect();
        Self {
            status: StatusCode::UNAUTHORIZED,
            ..Self::request(&format!("Invalid API Key provided: {shown}****"), None)
        }
    }

    /// A bank that refused; the intent stands beside it.
    pub fn declined(intent: Value) -> Self {
        Self {
            status: StatusCode::PAYMENT_REQUIRED,
            kind: "card_error",
            intent: Some(Box::new(intent)),
            ..Self::coded("card_declined", "Your card was declined.", None)
        }
    }

    /// A state that forbids the request; the intent stands beside it.
    pub fn unexpected_state(message: &str, intent: Value) -> Self {
        Self {
            intent: Some(Box::new(intent)),
            ..Self::coded("payment_intent_unexpected_state", message, None)
        }
    }

    /// A key of idempotency that was used for something else, or is in use.
    pub fn idempotency(status: StatusCode, message: &str) -> Self {
        Self { status, kind: "idempotency_error", ..Self::request(message, None) }
    }

    /// A channel that is told to fail.
    pub fn broken() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            kind: "api_error",
            ..Self::request("An unknown error occurred.", None)
        }
    }

    /// The same refusal in other words.
    pub fn saying(self, message: &str) -> Self {
        Self { message: message.to_owned(), ..self }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer.
    pub fn body(&self) -> Value {
        let mut error = json!({ "type": self.kind, "message": self.message });
        if let Some(code) = self.code {
            error["code"] = json!(code);
        }
        if let Some(param) = &self.param {
            error["param"] = json!(param);
        }
        if self.kind == "card_error" {
            error["decline_code"] = json!("generic_decline");
        }
        if let Some(intent) = &self.intent {
            error["payment_intent"] = Value::clone(intent);
        }
        json!({ "error": error })
    }
}

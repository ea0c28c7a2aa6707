//! Errors as Alipay answers them: a code of the gateway, and a code of the business below it.

use serde_json::{Value, json};
use std::fmt;

/// A refusal.
#[derive(Clone, Debug)]
pub struct Failure {
    code: &'static str,
    sub_code: &'static str,
    sub_message: String,
    extra: Option<Box<Value>>,
}

impl Failure {
    /// A parameter that is missing or bad.
    pub fn missing(sub_code: &'static str, message: &str) -> Self {
        Self { code: "40001", sub_code, sub_message: message.to_owned(), extra: None }
    }

    /// A parameter of the gateway that is bad.
    pub fn invalid(sub_code: &'static str, message: &str) -> Self {
        Self { code: "40002", sub_code, sub_message: message.to_owned(), extra: None }
    }

    /// A rule of the business said no.
    pub fn business(sub_code: &'static str, message: &str) -> Self {
        Self { code: "40004", sub_code, sub_message: message.to_owned(), extra: None }
    }

    /// A parameter of the business that is missing or bad.
    pub fn parameter(name: &str) -> Self {
        Self::business("ACQ.INVALID_PARAMETER", &format!("参数无效：{name}"))
    }

    /// A trade that is not there, or that nobody has opened yet.
    pub fn no_trade() -> Self {
        Self::business("ACQ.TRADE_NOT_EXIST", "交易不存在")
    }

    /// The same refusal with fields that stand in the answer beside it.
    pub fn with(self, extra: Value) -> Self {
        Self { extra: Some(Box::new(extra)), ..self }
    }

    /// The code of the business.
    #[cfg(test)]
    pub fn sub_code(&self) -> &'static str {
        self.sub_code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}（{}）", self.sub_message, self.sub_code)
    }
}

impl From<Failure> for Value {
    fn from(failure: Failure) -> Self {
        let message = match failure.code {
            "40001" => "Missing Required Arguments",
            "40002" => "Invalid Arguments",
            _ => "Business Failed",
        };
        let mut answer = json!({
            "code": failure.code,
            "msg": message,
            "sub_code": failure.sub_code,
            "sub_msg": failure.sub_message,
        });
        let extra = failure.extra.map(|extra| *extra);
        if let (Value::Object(answer), Some(Value::Object(extra))) = (&mut answer, extra) {
            answer.extend(extra);
        }
        answer
    }
}

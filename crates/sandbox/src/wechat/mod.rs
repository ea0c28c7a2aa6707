//! WeChat Pay, API v3: requests checked, answers and notices signed as the channel does.

mod authorization;
mod certificates;
mod failure;
mod fields;
mod memory;
pub mod notice;
mod order;
mod pages;
mod query;
mod refund;

pub use memory::Memory;
pub use pages::{authorize, bridge, h5, invoke, token};

use crate::channel::Channel;
use crate::merchant::PlatformKey;
use crate::payment::{Charge, Payment};
use crate::sandbox::Sandbox;
use authorization::Caller;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use failure::Failure;
use serde_json::Value;
use std::sync::Arc;

const BODY_BYTES_MAX: usize = 1 << 20;

/// What only WeChat Pay knows of a payment.
#[derive(Clone)]
pub struct Detail {
    /// How it is paid.
    pub kind: Kind,
    /// The request, to which a repeated one must be equal.
    pub request: Value,
    /// The official account.
    pub appid: String,
    /// Given back in notices.
    pub attach: Option<String>,
    /// The payer, if known in advance.
    pub openid: Option<String>,
    /// The number of the session.
    pub prepay_id: String,
}

/// How a payment is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By a QR code.
    Native,
    /// Inside WeChat.
    Jsapi,
    /// In a phone's browser.
    H5,
}

impl Kind {
    /// As queries and notices name it.
    pub fn trade_type(self) -> &'static str {
        match self {
            Self::Native => "NATIVE",
            Self::Jsapi => "JSAPI",
            Self::H5 => "MWEB",
        }
    }
}

/// An answer without a signature yet.
pub struct Answer {
    status: StatusCode,
    body: Option<Value>,
}

impl Answer {
    fn ok(body: Value) -> Self {
        Self { status: StatusCode::OK, body: Some(body) }
    }

    fn nothing() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: None }
    }
}

/// Every call below `/v3`.
pub async fn serve(State(sandbox): State<Arc<Sandbox>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_BYTES_MAX).await else {
        return sign(&sandbox, &anyone(&sandbox), Failure::param("/body", "请求体过大").into());
    };
    match authorization::check(&sandbox, &parts, &body) {
        Err(failure) => sign(&sandbox, &anyone(&sandbox), failure.into()),
        Ok(caller) => {
            let answer = route(&sandbox, &caller, &parts, &body).unwrap_or_else(Answer::from);
            sign(&sandbox, &caller.signer, answer)
        }
    }
}

fn route(
    sandbox: &Arc<Sandbox>,
    caller: &Caller,
    parts: &Parts,
    body: &Bytes,
) -> Result<Answer, Failure> {
    let path: Vec<&str> = parts.uri.path().split('/').skip(2).collect();
    let query = parts.uri.query().unwrap_or_default();
    match (&parts.method, path.as_slice()) {
        (&Method::POST, ["pay", "transactions", "native"]) => {
            order::create(sandbox, caller, Kind::Native, &json(parts, body)?)
        }
        (&Method::POST, ["pay", "transactions", "jsapi"]) => {
            order::create(sandbox, caller, Kind::Jsapi, &json(parts, body)?)
        }
        (&Method::POST, ["pay", "transactions", "h5"]) => {
            order::create(sandbox, caller, Kind::H5, &json(parts, body)?)
        }
        (&Method::GET, ["pay", "transactions", "out-trade-no", number]) => {
            query::by_number(sandbox, caller, number, query)
        }
        (&Method::GET, ["pay", "transactions", "id", id]) => {
            query::by_transaction(sandbox, caller, id, query)
        }
        (&Method::POST, ["pay", "transactions", "out-trade-no", number, "close"]) => {
            query::close(sandbox, caller, number, &json(parts, body)?)
        }
        (&Method::POST, ["refund", "domestic", "refunds"]) => {
            refund::create(sandbox, caller, &json(parts, body)?)
        }
        (&Method::GET, ["refund", "domestic", "refunds", number]) => {
            refund::query(sandbox, caller, number)
        }
        (&Method::GET, ["certificates"]) => certificates::list(sandbox, caller),
        _ => Err(Failure::new(StatusCode::NOT_FOUND, "RESOURCE_NOT_EXISTS", "接口不存在")),
    }
}

fn json(parts: &Parts, body: &Bytes) -> Result<Value, Failure> {
    let typed = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !typed.is_some_and(|typed| typed.trim_start().starts_with("application/json")) {
        return Err(Failure::param("Content-Type", "请设置为application/json"));
    }
    match serde_json::from_slice(body) {
        Ok(value @ Value::Object(_)) => Ok(value),
        _ => Err(Failure::param("/body", "请求体不是JSON对象")),
    }
}

/// What signs the answer to somebody unknown.
fn anyone(sandbox: &Sandbox) -> Arc<PlatformKey> {
    sandbox.merchants[0].wechat_platform.current()
}

/// Signs whatever is answered, errors too.
fn sign(sandbox: &Sandbox, signer: &PlatformKey, answer: Answer) -> Response {
    let body = answer.body.map(|body| body.to_string()).unwrap_or_default();
    let typed =
        (!body.is_empty()).then_some((header::CONTENT_TYPE, "application/json; charset=utf-8"));
    let mut response = (answer.status, typed.map(|typed| [typed]), body.clone()).into_response();
    for (name, value) in notice::signature(sandbox, signer, body.as_bytes()) {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The answer of a channel that is told to fail.
pub fn broken(sandbox: &Sandbox) -> Response {
    let failure = Failure::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "SYSTEM_ERROR",
        "系统异常，请用相同参数重新调用",
    );
    sign(sandbox, &anyone(sandbox), failure.into())
}

/// A paid payment as notices carry it.
pub fn plain(sandbox: &Sandbox, payment: &Payment, charge: &Charge) -> Value {
    query::transaction(sandbox, payment, Some(charge))
}

/// This channel.
const CHANNEL: Channel = Channel::Wechat;

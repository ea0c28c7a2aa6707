//! Alipay's gateway in its second version: signed forms in, signed JSON out, pages for browsers.

mod business;
mod failure;
mod money;
pub mod notice;
mod refund;
mod request;
mod trade;

use crate::channel::Channel;
use crate::sandbox::Sandbox;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use failure::Failure;
use request::Call;
use serde_json::{Map, Value, json};
use std::sync::Arc;
pub use trade::trade_no;

/// This channel.
const CHANNEL: Channel = Channel::Alipay;

/// What only Alipay knows of a payment.
#[derive(Clone)]
pub struct Detail {
    /// How it is paid.
    pub kind: Kind,
    /// Alipay's number; the merchant learns it once somebody has opened the payment.
    pub trade_no: String,
    /// Given back in notices.
    pub passback_params: Option<String>,
}

/// How a payment is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By a QR code.
    Precreate,
    /// On a desktop's page.
    Page,
    /// On a phone's page.
    Wap,
}

/// `/gateway.do`: parameters may stand in the address and in the body.
pub async fn serve(
    State(sandbox): State<Arc<Sandbox>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let fields = request::fields(&query.unwrap_or_default(), &body);
    let call = match request::check(&sandbox, fields) {
        Ok(call) => call,
        Err(refused) => return refuse(&sandbox, &refused),
    };
    match call.method.as_str() {
        "alipay.trade.page.pay" => page(trade::open(&sandbox, &call, Kind::Page)),
        "alipay.trade.wap.pay" => page(trade::open(&sandbox, &call, Kind::Wap)),
        method => {
            let answer = route(&sandbox, &call).map_or_else(Value::from, succeeded);
            sign(&sandbox, call.merchant, &response_name(method), &answer)
        }
    }
}

fn route(sandbox: &Arc<Sandbox>, call: &Call) -> Result<Map<String, Value>, Failure> {
    match call.method.as_str() {
        "alipay.trade.precreate" => trade::precreate(sandbox, call),
        "alipay.trade.query" => trade::query(sandbox, call),
        "alipay.trade.close" => trade::close(sandbox, call),
        "alipay.trade.cancel" => trade::cancel(sandbox, call),
        "alipay.trade.refund" => refund::create(sandbox, call),
        "alipay.trade.fastpay.refund.query" => refund::query(sandbox, call),
        _ => Err(Failure::invalid("isv.invalid-method", "不存在的方法名")),
    }
}

fn succeeded(fields: Map<String, Value>) -> Value {
    let mut answer = json!({ "code": "10000", "msg": "Success" });
    if let Value::Object(all) = &mut answer {
        all.extend(fields);
    }
    answer
}

fn page(opened: Result<String, Failure>) -> Response {
    match opened {
        Ok(token) => Redirect::to(&format!("/cashier/{token}")).into_response(),
        Err(failure) => crate::cashier::problem(StatusCode::BAD_REQUEST, &failure.to_string()),
    }
}

/// Browsers get a page, programs get JSON; nobody signs for an application that isn't known.
fn refuse(sandbox: &Sandbox, refused: &request::Refused) -> Response {
    if matches!(refused.method.as_str(), "alipay.trade.page.pay" | "alipay.trade.wap.pay") {
        return page(Err(refused.failure.clone()));
    }
    let body = Value::from(refused.failure.clone());
    match refused.merchant {
        Some(merchant) => sign(sandbox, merchant, &response_name(&refused.method), &body),
        None => json_answer(format!(r#"{{"error_response":{body}}}"#)),
    }
}

fn response_name(method: &str) -> String {
    match method {
        "" => "error_response".to_owned(),
        method => format!("{}_response", method.replace('.', "_")),
    }
}

/// Signs the very bytes of the inner object. Alipay escapes slashes, which a reader may not undo before checking.
fn sign(sandbox: &Sandbox, merchant: usize, name: &str, answer: &Value) -> Response {
    let inner = answer.to_string().replace('/', "\\/");
    let whose = &sandbox.merchants[merchant];
    let signed = sandbox.to_be_signed(CHANNEL, inner.clone().into_bytes());
    let signature = whose.alipay_platform.sign(&signed);
    let certificate = match &whose.accounts.alipay.certificates {
        Some(all) => format!(r#""alipay_cert_sn":"{}","#, all.alipay_cert_sn),
        None => String::new(),
    };
    json_answer(format!(r#"{{"{name}":{inner},{certificate}"sign":"{signature}"}}"#))
}

fn json_answer(body: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html;charset=utf-8")], body).into_response()
}

/// The answer of a channel that is told to fail.
pub fn broken() -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

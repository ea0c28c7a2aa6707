//! What tests and people tell the sandbox to do: acts of payers, faults of channels. No key, loopback only.

mod books;
pub mod page;
pub mod rotate;

pub use books::report;

use crate::channel::Channel;
use crate::faults::{Fault, Kind};
use crate::notice::forged;
use crate::payment::RefundState;
use crate::sandbox::Sandbox;
use crate::till::{self, Act, Impossible};
use axum::Json;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// What happens to a payment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentAct {
    action: Action,
    #[serde(default)]
    seconds: Option<u64>,
    /// The coupon's value, in the smallest unit.
    #[serde(default)]
    coupon: Option<i64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    Pay,
    Fail,
    PayTwice,
    Underpay,
    PayAfter,
    PayWithCoupon,
    Forge,
    Open,
    Repeat,
}

/// `POST /control/payments/{number}`: the merchant's number, or a name that the channel gave.
pub async fn payment(
    State(sandbox): State<Arc<Sandbox>>,
    Path(number): Path<String>,
    Ordered(act): Ordered<PaymentAct>,
) -> Response {
    let found = sandbox.payments.lock().meant_by(&number).last().copied();
    let Some(index) = found else {
        return refuse(StatusCode::NOT_FOUND, "no payment goes by this number");
    };
    match act.action {
        Action::Forge => {
            let payment = sandbox.payments.lock().get(index).clone();
            let forged = forged::send(&sandbox, &payment).await;
            return Json(json!({ "forged": forged })).into_response();
        }
        Action::Open => sandbox.payments.lock().get_mut(index).seen = true,
        Action::Repeat => till::tell_again(&sandbox, index),
        _ => {
            if let Err(why) = till::act(&sandbox, index, of_payer(&act)) {
                return refuse(StatusCode::CONFLICT, impossible(why));
            }
        }
    }
    let payments = sandbox.payments.lock();
    Json(books::payment(payments.get(index), sandbox.now())).into_response()
}

fn of_payer(act: &PaymentAct) -> Act {
    match act.action {
        Action::Fail => Act::Fail,
        Action::PayTwice => Act::PayTwice,
        Action::Underpay => Act::Underpay,
        Action::PayAfter => Act::PayAfter(Duration::from_secs(act.seconds.unwrap_or(5))),
        Action::PayWithCoupon => Act::PayWithCoupon(act.coupon.unwrap_or(1)),
        _ => Act::Pay,
    }
}

/// Why an act is impossible, in a sentence.
pub fn impossible(why: Impossible) -> &'static str {
    match why {
        Impossible::Paid => "the payment is paid",
        Impossible::Closed => "the payment is closed, or its time is over",
        Impossible::TooLittle => "the amount is too small for that",
    }
}

/// How a refund ends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundAct {
    action: RefundEnd,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RefundEnd {
    Succeed,
    Abnormal,
    Close,
}

/// `POST /control/refunds/{number}`: ends a refund that is under way or abnormal.
pub async fn refund(
    State(sandbox): State<Arc<Sandbox>>,
    Path(number): Path<String>,
    Ordered(act): Ordered<RefundAct>,
) -> Response {
    let found = sandbox.payments.lock().refunds_meant_by(&number).last().copied();
    let Some(place) = found else {
        return refuse(StatusCode::NOT_FOUND, "no refund goes by this number");
    };
    let state = match act.action {
        RefundEnd::Succeed => RefundState::Succeeded,
        RefundEnd::Abnormal => RefundState::Abnormal,
        RefundEnd::Close => RefundState::Closed,
    };
    if !till::finish_refund(&sandbox, place, state) {
        return refuse(StatusCode::CONFLICT, "the refund has come to its end");
    }
    Json(json!({ "state": state })).into_response()
}

/// A fault of a channel.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultOrder {
    channel: Which,
    fault: Kind,
    #[serde(default)]
    seconds: Option<u64>,
    /// After how long it is over by itself.
    #[serde(default)]
    for_seconds: Option<u32>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Which {
    One(Channel),
    All(All),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum All {
    All,
}

/// `POST /control/faults`.
pub async fn fault(
    State(sandbox): State<Arc<Sandbox>>,
    Ordered(order): Ordered<FaultOrder>,
) -> Response {
    let channel = match order.channel {
        Which::One(channel) => Some(channel),
        Which::All(All::All) => None,
    };
    let lasts = order.for_seconds.map(|seconds| SignedDuration::from_secs(seconds.into()));
    let until = lasts.and_then(|lasts| sandbox.now().checked_add(lasts).ok());
    let fault = Fault { kind: order.fault, seconds: order.seconds, until };
    sandbox.faults.lock().set(channel, fault);
    Json(faults_now(&sandbox)).into_response()
}

/// `GET /control/faults`.
pub async fn faults(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    Json(faults_now(&sandbox))
}

fn faults_now(sandbox: &Sandbox) -> Value {
    let [wechat, alipay, stripe] = Channel::ALL.map(|channel| sandbox.fault(channel));
    json!({ "wechat": wechat, "alipay": alipay, "stripe": stripe })
}

/// `GET /control/books`.
pub async fn books(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    Json(report(&sandbox))
}

/// `GET /control/notices`: attempts to give notice, the latest last.
pub async fn notices(State(sandbox): State<Arc<Sandbox>>) -> Response {
    Json(json!({ "attempts": *sandbox.attempts.lock() })).into_response()
}

/// What the body orders; what cannot be read is refused with the reason.
pub struct Ordered<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Ordered<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        match Json::from_request(request, state).await {
            Ok(Json(order)) => Ok(Self(order)),
            Err(error) => Err(refuse(StatusCode::UNPROCESSABLE_ENTITY, &error.body_text())),
        }
    }
}

fn refuse(status: StatusCode, why: &str) -> Response {
    (status, Json(json!({ "error": why }))).into_response()
}

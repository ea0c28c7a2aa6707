//! Keys that change while money moves: the channels' and the merchants'.

use super::{Ordered, refuse};
use crate::channel::Channel;
use crate::keys::VerifyingKey;
use crate::merchant::Accounts;
use crate::sandbox::Sandbox;
use crate::stripe::event;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// `GET /control/accounts`: what the ready file would say now.
pub async fn accounts(State(sandbox): State<Arc<Sandbox>>) -> Json<Accounts> {
    Json(Accounts::of(&sandbox))
}

/// A step of changing what a channel signs with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    channel: Channel,
    #[serde(default)]
    merchant: usize,
    step: Step,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// The next key is known. At Stripe it signs beside the one before.
    Announce,
    /// The next key signs.
    Switch,
    /// The keys before are gone.
    Retire,
}

/// `POST /control/rotate`: WeChat Pay's key or certificate for a merchant, or the secret of its first webhook.
pub async fn platform(
    State(sandbox): State<Arc<Sandbox>>,
    Ordered(order): Ordered<Rotation>,
) -> Response {
    let Some(merchant) = sandbox.merchants.get(order.merchant) else {
        return refuse(StatusCode::NOT_FOUND, "no merchant stands at this position");
    };
    let keys = &merchant.wechat_platform;
    match (order.channel, order.step) {
        (Channel::Wechat, Step::Announce) => {
            if let Err(error) = keys.announce() {
                return refuse(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string());
            }
        }
        (Channel::Wechat, Step::Switch) => keys.switch(),
        (Channel::Wechat, Step::Retire) => keys.retire(),
        (Channel::Stripe, Step::Announce) => {
            return match event::roll(&sandbox, order.merchant) {
                Some(secret) => Json(json!({ "webhook_secret": secret })).into_response(),
                None => refuse(StatusCode::NOT_FOUND, "the merchant has no webhook endpoint"),
            };
        }
        (Channel::Stripe, Step::Retire) => event::retire(&sandbox, order.merchant),
        (Channel::Stripe, Step::Switch) | (Channel::Alipay, _) => {
            return refuse(StatusCode::UNPROCESSABLE_ENTITY, "the channel has no such step");
        }
    }
    let known: Vec<_> = keys.all().iter().map(|key| key.serial.clone()).collect();
    Json(json!({ "known": known, "signs": keys.current().serial })).into_response()
}

/// Another key of a merchant.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MerchantKey {
    channel: Channel,
    #[serde(default)]
    merchant: usize,
    public_key_pem: String,
    /// Serial of the certificate, at WeChat Pay.
    #[serde(default)]
    serial_no: String,
    /// Whether the keys before are gone.
    #[serde(default)]
    instead: bool,
}

/// `POST /control/merchant_keys`: another key of a merchant at WeChat Pay or Alipay.
pub async fn merchant(
    State(sandbox): State<Arc<Sandbox>>,
    Ordered(order): Ordered<MerchantKey>,
) -> Response {
    let Some(merchant) = sandbox.merchants.get(order.merchant) else {
        return refuse(StatusCode::NOT_FOUND, "no merchant stands at this position");
    };
    let Ok(key) = VerifyingKey::from_pem(&order.public_key_pem) else {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "public_key_pem is no public RSA key");
    };
    match order.channel {
        Channel::Wechat if order.serial_no.is_empty() => {
            return refuse(StatusCode::UNPROCESSABLE_ENTITY, "name the certificate's serial_no");
        }
        Channel::Wechat => merchant.add_wechat_key(&order.serial_no, key, order.instead),
        Channel::Alipay => merchant.add_alipay_key(key, order.instead),
        Channel::Stripe => {
            return refuse(StatusCode::UNPROCESSABLE_ENTITY, "Stripe knows no keys of merchants");
        }
    }
    Json(json!({})).into_response()
}

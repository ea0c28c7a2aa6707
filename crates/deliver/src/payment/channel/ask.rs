//! Ask a channel for a way to pay, outside every batch.

use super::account::account;
use super::settings::{Channels, NoDoor};
use crate::payment::ReceiveError;
use connect::pay::{Intent, JsapiParams, Offer, Outcome, Way, Why};
use domain::payment::Payment;
use domain::payment::account::PaymentAccountId;
use domain::payment::channel::{ChannelPayment, StoreOffer};
use engine::Engine;
use kernel::Tenant;
use serde::{Deserialize, Serialize};

/// What a buyer gets, as it is stored with the payment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoredOffer {
    /// The text of a QR code.
    Qr(String),
    /// Where the browser goes.
    Redirect(String),
    /// What WeChat's bridge takes.
    Jsapi(serde_json::Value),
}

/// Why a channel gave no way to pay.
#[derive(Debug, thiserror::Error)]
pub enum OfferError {
    /// It refused, and will refuse again.
    #[error("the channel refused: {} {}", .0.code, .0.message)]
    Refused(Why),
    /// Nobody knows; the same payment may be asked for again.
    #[error("the channel did not answer: {0}")]
    Unknown(String),
    /// No such account, or none that can be asked here.
    #[error(transparent)]
    Account(#[from] ReceiveError),
    /// The operator set no channel for this mode.
    #[error(transparent)]
    NoDoor(#[from] NoDoor),
}

/// What a channel offers for a payment: what it offered before, else it is asked, once, and the answer is stored.
pub async fn offer(
    engine: &Engine,
    channels: &Channels,
    payment: &Payment,
    bound: &ChannelPayment,
    (way, base_url, subject): (Way, &str, &str),
) -> Result<StoredOffer, OfferError> {
    if let Some(offer) = &bound.offer {
        return read(offer);
    }
    let tenant = payment.tenant;
    let door = channels.door(tenant)?;
    let found = account(engine, channels, tenant, bound.account).await?;
    let (_, ready) = found.ok_or(ReceiveError::Account)?;
    let busy = || OfferError::Unknown("too many questions are open".to_owned());
    let _place = ready.enter().ok_or_else(busy)?;
    let word = match payment.method {
        domain::payment::PayMethod::Wechat => "wechat",
        domain::payment::PayMethod::Alipay => "alipay",
        _ => "stripe",
    };
    let intent = Intent {
        payment: payment.id,
        order: Some(payment.order),
        amount: payment.money(),
        way,
        subject: subject.to_owned(),
        notice_url: format!("{base_url}/notify/{word}/{}", bound.account),
        return_url: format!("{base_url}/"),
        expires_at: bound.closes_at,
    };
    let asked = door.offer(&ready.account, &intent, engine.now()).await;
    let offered = match asked.outcome {
        Outcome::Succeeded(offered) => offered,
        Outcome::Failed(why) => return Err(OfferError::Refused(why)),
        Outcome::Unknown(why) => return Err(OfferError::Unknown(why.message)),
    };
    let given = match offered.offer {
        Offer::Qr(text) => StoredOffer::Qr(text),
        Offer::Redirect(url) => StoredOffer::Redirect(url),
        Offer::Jsapi(params) => StoredOffer::Jsapi(json(&params)),
    };
    let offer = serde_json::to_string(&given).map_err(|e| OfferError::Unknown(e.to_string()))?;
    let store = StoreOffer { payment: payment.id, offer, reference: offered.reference };
    let stored = engine.run(engine.internal(tenant), store).await;
    let stored = stored.map_err(ReceiveError::from)?;
    stored.offer.as_deref().map_or(Ok(given), read)
}

fn json(params: &JsapiParams) -> serde_json::Value {
    serde_json::to_value(params).unwrap_or_default()
}

fn read(offer: &str) -> Result<StoredOffer, OfferError> {
    serde_json::from_str(offer).map_err(|e| OfferError::Unknown(e.to_string()))
}

/// Tries an account's credentials at its channel. The error says what the channel said.
pub async fn check(
    engine: &Engine,
    channels: &Channels,
    tenant: Tenant,
    id: PaymentAccountId,
) -> Result<Outcome<()>, OfferError> {
    let door = channels.door(tenant)?;
    let found = account(engine, channels, tenant, id).await?;
    let (_, ready) = found.ok_or(ReceiveError::Account)?;
    let busy = || OfferError::Unknown("too many questions are open".to_owned());
    let _place = ready.enter().ok_or_else(busy)?;
    Ok(door.check(&ready.account, engine.now()).await.outcome)
}

//! Ask a channel for a way to pay, outside every batch.

use super::account::account;
use super::kept::keep;
use super::settings::{Channels, NoDoor, Ready};
use crate::payment::ReceiveError;
use connect::pay::{Account, Intent, Offer, Offered, Outcome, Way, Why};
use domain::payment::account::{Channel, PaymentAccountId};
use domain::payment::channel::{ChannelPayment, StoreOffer};
use domain::payment::receive::{ReceiveNotice, Said};
use domain::payment::{PayMethod, Payment};
use engine::Engine;
use kernel::Tenant;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr};

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

/// What the buyer's side brings to an offer.
#[derive(Debug, Clone)]
pub struct AskedFor {
    /// What the buyer reads at the channel.
    pub subject: String,
    /// Where he comes back to, as a whole address.
    pub return_url: String,
    /// His network address, which WeChat compares; that of this machine where it is not known.
    pub client_ip: Option<IpAddr>,
    /// His id at the merchant's official account, within WeChat.
    pub openid: Option<String>,
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
    /// Who pays within WeChat is not known.
    #[error("say who pays: `openid`")]
    NoOpenid,
    /// The payment ended or its time is over.
    #[error("the payment is over")]
    Over,
    /// No such account, or none that can be asked here.
    #[error(transparent)]
    Account(#[from] ReceiveError),
    /// The operator set no channel for this mode.
    #[error(transparent)]
    NoDoor(#[from] NoDoor),
}

/// What a channel offers for a payment: what it offered before, else it is asked, once, and the answer is stored. A
/// refusal ends the payment.
pub async fn offer(
    engine: &Engine,
    channels: &Channels,
    payment: &Payment,
    bound: &ChannelPayment,
    asked_for: AskedFor,
) -> Result<StoredOffer, OfferError> {
    if let Some(offer) = &bound.offer {
        return read(offer);
    }
    let (tenant, now) = (payment.tenant, engine.now());
    if !payment.state.is_open() || now >= bound.closes_at {
        return Err(OfferError::Over);
    }
    let door = channels.door(tenant)?;
    let ready = ready(engine, channels, tenant, bound.account).await?;
    let _place = ready.enter().ok_or_else(busy)?;
    let intent = intent(channels, payment, bound, asked_for)?;
    let asked = door.offer(&ready.account, &intent, now).await;
    keep(engine, tenant, payment.id, &asked.exchanges).await;
    let well = !matches!(asked.outcome, Outcome::Unknown(_));
    channels.answered(tenant, bound.account.id(), well, now);
    match asked.outcome {
        Outcome::Succeeded(offered) => store(engine, payment, offered).await,
        Outcome::Failed(why) => {
            refused(engine, payment, bound.account).await?;
            Err(OfferError::Refused(why))
        }
        Outcome::Unknown(why) => Err(OfferError::Unknown(why.message)),
    }
}

async fn ready(
    engine: &Engine,
    channels: &Channels,
    tenant: Tenant,
    id: PaymentAccountId,
) -> Result<Ready, OfferError> {
    let found = account(engine, channels, tenant, id).await?;
    Ok(found.ok_or(ReceiveError::Account)?)
}

fn busy() -> OfferError {
    OfferError::Unknown("too many questions are open".to_owned())
}

fn intent(
    channels: &Channels,
    payment: &Payment,
    bound: &ChannelPayment,
    asked_for: AskedFor,
) -> Result<Intent, OfferError> {
    let AskedFor { subject, return_url, client_ip, openid } = asked_for;
    let client_ip = client_ip.unwrap_or(Ipv4Addr::LOCALHOST.into()).to_string();
    let (channel, way) = match payment.method {
        PayMethod::WechatNative => (Channel::Wechat, Way::WechatNative),
        PayMethod::WechatH5 => (Channel::Wechat, Way::WechatH5 { client_ip }),
        PayMethod::WechatJsapi => {
            let openid = openid.ok_or(OfferError::NoOpenid)?;
            (Channel::Wechat, Way::WechatJsapi { openid })
        }
        PayMethod::AlipayQr => (Channel::Alipay, Way::AlipayQr),
        PayMethod::AlipayPage => (Channel::Alipay, Way::AlipayPage),
        PayMethod::AlipayWap => (Channel::Alipay, Way::AlipayWap),
        PayMethod::Stripe => (Channel::Stripe, Way::StripeCheckout),
        PayMethod::Wallet | PayMethod::Test | PayMethod::Offline => {
            return Err(ReceiveError::Account.into());
        }
    };
    Ok(Intent {
        payment: payment.id,
        order: payment.order(),
        amount: payment.money(),
        way,
        subject,
        notice_url: channels.notice_url(channel, bound.account),
        return_url,
        expires_at: bound.closes_at,
    })
}

async fn store(
    engine: &Engine,
    payment: &Payment,
    offered: Offered,
) -> Result<StoredOffer, OfferError> {
    let given = match offered.offer {
        Offer::Qr(text) => StoredOffer::Qr(text),
        Offer::Redirect(url) => StoredOffer::Redirect(url),
        Offer::Jsapi(params) => {
            StoredOffer::Jsapi(serde_json::to_value(&params).unwrap_or_default())
        }
    };
    let offer = serde_json::to_string(&given).map_err(|e| OfferError::Unknown(e.to_string()))?;
    let store = StoreOffer { payment: payment.id, offer, reference: offered.reference };
    let stored = engine.run(engine.internal(payment.tenant), store).await;
    let stored = stored.map_err(ReceiveError::from)?;
    stored.offer.as_deref().map_or(Ok(given), read)
}

/// The channel said that it will never be paid.
async fn refused(
    engine: &Engine,
    payment: &Payment,
    account: PaymentAccountId,
) -> Result<(), OfferError> {
    let ended = ReceiveNotice::at(account, payment, Said::Failed);
    let done = engine.run(engine.internal(payment.tenant), ended).await;
    done.map_err(ReceiveError::from)?;
    Ok(())
}

fn read(offer: &str) -> Result<StoredOffer, OfferError> {
    serde_json::from_str(offer).map_err(|e| OfferError::Unknown(e.to_string()))
}

/// Tries an account's credentials at its channel. The outcome says what the channel said.
pub async fn check(
    engine: &Engine,
    channels: &Channels,
    tenant: Tenant,
    account: &Account,
) -> Result<Outcome<()>, NoDoor> {
    Ok(channels.door(tenant)?.check(account, engine.now()).await.outcome)
}

/// Where a buyer's browser within WeChat goes, to come back to `return_url` with a `code`; none if the account has no
/// official account's secret.
pub async fn wechat_authorize_url(
    engine: &Engine,
    channels: &Channels,
    (tenant, id): (Tenant, PaymentAccountId),
    return_url: &str,
    state: &str,
) -> Result<Option<String>, OfferError> {
    let door = channels.door(tenant)?;
    match ready(engine, channels, tenant, id).await?.account {
        Account::Wechat(account) => {
            Ok(Some(door.wechat_authorize_url(&account, return_url, state)))
        }
        Account::Alipay(_) | Account::Stripe(_) => Ok(None),
    }
}

/// Who pays, by the code that his browser brought back from WeChat.
pub async fn openid(
    engine: &Engine,
    channels: &Channels,
    (tenant, id): (Tenant, PaymentAccountId),
    code: &str,
) -> Result<String, OfferError> {
    let door = channels.door(tenant)?;
    let ready = ready(engine, channels, tenant, id).await?;
    let Account::Wechat(account) = &ready.account else { return Err(OfferError::NoOpenid) };
    let _place = ready.enter().ok_or_else(busy)?;
    match door.wechat_openid(account, code, engine.now()).await.outcome {
        Outcome::Succeeded(openid) => Ok(openid),
        Outcome::Failed(why) => Err(OfferError::Refused(why)),
        Outcome::Unknown(why) => Err(OfferError::Unknown(why.message)),
    }
}

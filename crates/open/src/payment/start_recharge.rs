//! Begin to recharge a wallet.

use super::begin::{begun, channel};
use super::views::Payment;
use crate::identity::buyer::NamedBuyer;
use domain::payment::recharge::StartRecharge;
use edge::answer::Answered;
use edge::auth::Caller;
use edge::extract::Ask;
use edge::wire::{Money, OpenId, PaymentMethod};
use serde::Deserialize;
use utoipa::ToSchema;

/// How a wallet is to be recharged.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecharge {
    /// Whose wallet. A buyer who is new is made.
    pub buyer: NamedBuyer,
    /// What the buyer pays and the wallet gets, more than nothing.
    pub amount: Money,
    /// The payment method: the test channel, in test mode; or a way through a channel at which the merchant has a payment account.
    pub method: PaymentMethod,
    /// Who pays within WeChat, for `wechat_jsapi`: his id at the merchant's official account.
    pub openid: Option<OpenId>,
}

/// Begin to recharge a buyer's wallet. It is a payment without an order: it waits a quarter of an hour for money, and gives what a
/// payment of an order gives (`cashier_url`, `qr` or `jsapi`). The wallet gets its amount once, when the channel tells that it was
/// paid; whatever else comes for it goes back.
#[utoipa::path(
    post, path = "/v1/recharges", tag = "payments",
    request_body = NewRecharge, responses((status = 201, body = Payment))
)]
pub async fn start_recharge(caller: Caller, ask: Ask<NewRecharge>) -> Answered<Payment> {
    let NewRecharge { buyer, amount, method, openid } = ask.body;
    let buyer = buyer.reference(&caller)?;
    let channel = channel(&caller, method.0, openid.as_ref(), None).await?;
    let command = StartRecharge { buyer, amount: amount.into(), method: method.0, channel };
    let reply = caller.submit(ask.once, command).await?;
    begun(&caller, reply, openid).await
}

//! Begin to pay an order.

use super::begin::{begun, channel};
use super::views::Payment;
use domain::payment::start::StartPayment;
use edge::answer::Answered;
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::wire::{self, OpenId, PaymentMethod};
use kernel::OrderId;
use serde::Deserialize;
use utoipa::ToSchema;

/// How an order is to be paid.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    /// The payment method: the buyer's wallet, at once; the test channel, in test mode; or a way through a channel at which the
    /// merchant has a payment account.
    pub method: PaymentMethod,
    /// Who pays within WeChat, for `wechat_jsapi`: his id at the merchant's official account.
    pub openid: Option<OpenId>,
}

/// Begin to pay an order that waits. A wallet pays at once and the order is delivered; a channel gives a page (`cashier_url`), the
/// text of a QR code (`qr`) or what WeChat's bridge takes (`jsapi`), and tells us later. When the channel does not answer
/// (503), the same request with the same `Idempotency-Key` goes on with the same payment.
#[utoipa::path(
    post, path = "/v1/orders/{id}/payments", tag = "payments",
    params(("id" = inline(wire::OrderId), Path)),
    request_body = NewPayment, responses((status = 201, body = Payment))
)]
pub async fn start_payment(
    caller: Caller,
    At(order): At<OrderId>,
    ask: Ask<NewPayment>,
) -> Answered<Payment> {
    let NewPayment { method, openid } = ask.body;
    let channel = channel(&caller, method.0, openid.as_ref(), Some(order)).await?;
    let command = StartPayment { order, method: method.0, channel };
    let reply = caller.submit(ask.once, command).await?;
    begun(&caller, reply, openid).await
}

//! Begin to pay an order.

use super::stored;
use super::views::Payment;
use deliver::payment::channel::{AskedFor, accounts, offer};
use domain::payment::PayMethod;
use domain::payment::channel::Chosen;
use domain::{Reply, payment::start::StartPayment};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::link::order_path;
use edge::problem::Problem;
use edge::wire::{self, OpenId, PaymentMethod};
use kernel::{OrderId, PaymentId};
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
    let method = ask.body.method.0;
    let openid = ask.body.openid.map(|id| id.0);
    if method == PayMethod::WechatJsapi && openid.is_none() {
        return Err(Problem::invalid("openid", "say who pays within WeChat"));
    }
    let channel = chosen(&caller, method).await?;
    let command = StartPayment { order, method, channel };
    let (payment, replayed) = match caller.submit(ask.once, command).await? {
        Reply::New(payment) => {
            caller.begun().remember(&payment);
            (*payment, false)
        }
        Reply::Replayed(before) => (stored(&caller, PaymentId(before.subject)).await?, true),
    };
    let answer = match method.channel() {
        Some(_) => offered(&caller, &payment, openid).await?,
        None => Payment::of(&caller, &payment),
    };
    Ok(Answer::created(answer).replayed(replayed))
}

/// The account that a method goes through: the oldest of its channel, unless that failed just now.
async fn chosen(caller: &Caller, method: PayMethod) -> Result<Option<Chosen>, Problem> {
    let Some(channel) = method.channel() else { return Ok(None) };
    let channels = caller.app().channels();
    let found = accounts(caller.engine(), channels, caller.tenant()).await?;
    let account = found.into_iter().find(|(_, account)| account.channel == channel);
    let missing = || Problem::invalid("method", "there is no payment account of this channel");
    let (account, fields) = account.ok_or_else(missing)?;
    Ok(Some(Chosen { account, fee_rate: fields.fee_rate }))
}

/// The payment with what the channel offers for it.
async fn offered(
    caller: &Caller,
    payment: &domain::payment::Payment,
    openid: Option<String>,
) -> Result<Payment, Problem> {
    let tenant = caller.tenant();
    let bound = caller.reader().channel_payment(tenant, payment.id).await?;
    let bound = bound.ok_or_else(|| Problem::internal("a payment without its account"))?;
    if !payment.state.is_open() && bound.offer.is_none() {
        return Ok(Payment::of(caller, payment));
    }
    let path = order_path(&caller.vault(), tenant, payment.order);
    let asked_for = AskedFor {
        subject: subject(caller, payment.order).await?,
        return_url: format!("{}{path}?from=cashier", caller.settings().base_url),
        client_ip: caller.origin().address,
        openid,
    };
    let channels = caller.app().channels();
    let offer = offer(caller.engine(), channels, payment, &bound, asked_for).await?;
    Ok(Payment::of(caller, payment).with(&offer))
}

/// What the buyer reads at the channel: the first product, and the order's number.
async fn subject(caller: &Caller, order: OrderId) -> Result<String, Problem> {
    let view = caller.reader().order(caller.tenant(), order).await?;
    let view = view.ok_or_else(|| Problem::not_found("order"))?;
    let number = view.order.number();
    let Some(line) = view.lines.first() else { return Ok(number) };
    let (product, version) = (line.product, line.product_version);
    let product = caller.reader().product_version(caller.tenant(), product, version).await?;
    Ok(product.map_or_else(|| number.clone(), |product| format!("{} {number}", product.name)))
}

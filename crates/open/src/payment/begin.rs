//! What beginning to pay has in common, whatever is paid: the account, and what the channel offers.

use super::stored;
use super::views::Payment;
use deliver::payment::channel::{AskedFor, accounts, offer};
use domain::Reply;
use domain::catalog::GoodsClass;
use domain::payment::PayMethod;
use domain::payment::channel::Chosen;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::link::{order_path, shop_path};
use edge::problem::Problem;
use edge::wire::OpenId;
use kernel::{OrderId, PaymentId};

/// The account that a method goes through: the oldest of its channel that takes what an order has, or the stored
/// value of a recharge, unless that failed just now.
pub async fn channel(
    caller: &Caller,
    method: PayMethod,
    openid: Option<&OpenId>,
    order: Option<OrderId>,
) -> Result<Option<Chosen>, Problem> {
    if method == PayMethod::WechatJsapi && openid.is_none() {
        return Err(Problem::invalid("openid", "say who pays within WeChat"));
    }
    let Some(channel) = method.channel() else { return Ok(None) };
    let channels = caller.app().channels();
    let mut found = accounts(caller.engine(), channels, caller.tenant()).await?;
    found.retain(|(_, account)| account.channel == channel);
    if found.is_empty() {
        return Err(Problem::invalid("method", "there is no payment account of this channel"));
    }
    let goods = match order {
        // What a wallet holds is stored value.
        None => vec![GoodsClass::PrepaidCard],
        // Most accounts take everything, and need not know.
        Some(_) if found.iter().all(|(_, account)| account.goods.is_empty()) => Vec::new(),
        Some(order) => goods(caller, order).await?,
    };
    let fitting = found.into_iter().find(|(_, account)| account.takes(&goods));
    let missing = || Problem::invalid("method", "no account of this channel takes these goods");
    let (account, fields) = fitting.ok_or_else(missing)?;
    Ok(Some(Chosen { account, fee_rate: fields.fee_rate }))
}

/// The classes of goods of an order.
async fn goods(caller: &Caller, order: OrderId) -> Result<Vec<GoodsClass>, Problem> {
    let view = caller.reader().order(caller.tenant(), order).await?;
    let view = view.ok_or_else(|| Problem::not_found("order"))?;
    let mut classes = Vec::with_capacity(view.lines.len());
    for line in &view.lines {
        let (product, version) = (line.product, line.product_version);
        let product = caller.reader().product_version(caller.tenant(), product, version).await?;
        let skus = product.iter().flat_map(|product| &product.skus);
        classes.extend(skus.filter(|sku| sku.id == line.sku).map(|sku| sku.terms.goods_class));
    }
    Ok(classes)
}

/// The answer to who began to pay: the payment, with what its channel offers.
pub async fn begun(
    caller: &Caller,
    reply: Reply<Box<domain::payment::Payment>>,
    openid: Option<OpenId>,
) -> Answered<Payment> {
    let (payment, replayed) = match reply {
        Reply::New(payment) => {
            caller.begun().remember(&payment);
            (*payment, false)
        }
        Reply::Replayed(before) => (stored(caller, PaymentId(before.subject)).await?, true),
    };
    let answer = match payment.method.channel() {
        Some(_) => offered(caller, &payment, openid.map(|id| id.0)).await?,
        None => Payment::of(caller, &payment).with_transfer(caller, &payment).await?,
    };
    Ok(Answer::created(answer).replayed(replayed))
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
    let (subject, path) = match payment.order() {
        Some(order) => {
            let path = order_path(&caller.vault(), tenant, order);
            (subject(caller, order).await?, format!("{path}?from=cashier"))
        }
        None => ("充值 Recharge".to_owned(), shop_path(tenant)),
    };
    let asked_for = AskedFor {
        subject,
        return_url: format!("{}{path}", caller.settings().base_url),
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

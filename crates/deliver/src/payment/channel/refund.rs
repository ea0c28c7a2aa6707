//! Give money back through the account that it came to.

use super::account::account;
use super::kept::keep;
use super::settings::Channels;
use crate::work::WorkError;
use connect::pay::{Outcome, RefundIntent, RefundStanding};
use domain::payment::{Receipt, found_under};
use domain::refund::settle::Answer;
use domain::refund::{Refund, RefundCause};
use engine::Engine;
use kernel::{Money, PaymentId};

/// Asks the channel once. The same number asks for the same refund, however often it is sent.
pub(crate) async fn send(
    engine: &Engine,
    channels: &Channels,
    refund: &Refund,
) -> Result<Answer, WorkError> {
    let tenant = refund.tenant;
    let lost = |what: &str| WorkError::Other(format!("refund {} has no {what}", refund.id));
    let id = refund.payment.ok_or_else(|| lost("payment"))?;
    let receipt = receipt(engine, refund, id).await?.ok_or_else(|| lost("receipt"))?;
    let bound = engine.reader().channel_payment(tenant, id).await?;
    let bound = bound.ok_or_else(|| lost("account"))?;
    let channel = refund.method.channel().ok_or_else(|| lost("channel"))?;
    let found = account(engine, channels, tenant, bound.account).await?;
    let ready = found.ok_or_else(|| lost("account that can be used"))?;
    let door = channels.door(tenant).map_err(|error| WorkError::Other(error.to_string()))?;
    let Some(_place) = ready.enter() else { return Ok(Answer::Unknown) };
    let intent = RefundIntent {
        refund: refund.id,
        payment: id,
        transaction: receipt.number.clone(),
        amount: refund.money(),
        total: Money::new(receipt.amount, receipt.currency),
        reason: reason(refund),
        notice_url: channels.notice_url(channel, bound.account),
    };
    let asked = door.refund(&ready.account, &intent, engine.now()).await;
    keep(engine, tenant, id, &asked.exchanges).await;
    let well = !matches!(asked.outcome, Outcome::Unknown(_));
    channels.answered(tenant, bound.account.id(), well, engine.now());
    Ok(match asked.outcome {
        Outcome::Succeeded(seen) => answer(&seen.standing),
        Outcome::Failed(_) => Answer::Failed,
        Outcome::Unknown(_) => Answer::Unknown,
    })
}

/// What the standing of a refund says to its rule. What the channel could not hand over waits for a person, as what it
/// refused does.
pub(super) fn answer(standing: &RefundStanding) -> Answer {
    match standing {
        RefundStanding::Done => Answer::Succeeded,
        RefundStanding::Abnormal(_) | RefundStanding::Failed(_) => Answer::Failed,
        RefundStanding::Processing | RefundStanding::NotBegun => Answer::Unknown,
    }
}

/// The money of which a part goes back.
async fn receipt(
    engine: &Engine,
    refund: &Refund,
    payment: PaymentId,
) -> Result<Option<Receipt>, WorkError> {
    let under = found_under(refund.order, payment);
    let receipts = engine.reader().receipts_of_order(refund.tenant, under).await?;
    let mut own = receipts.into_iter().filter(|receipt| receipt.payment == payment);
    Ok(match &refund.receipt {
        Some(number) => own.find(|receipt| receipt.number == *number),
        None => own.find(|receipt| receipt.applied > 0),
    })
}

/// Why, as the buyer reads it at the channel.
fn reason(refund: &Refund) -> String {
    let ours = match refund.cause {
        RefundCause::Requested => "退款 Refund",
        RefundCause::Underpaid => "金额不符 Amount differs",
        RefundCause::Overpaid => "多付退回 Overpaid",
        RefundCause::PaidTwice => "重复支付退回 Paid twice",
        RefundCause::NoGoods if refund.order.is_none() => "充值已结束 Recharge over",
        RefundCause::NoGoods => "商品已无货 Sold out",
        RefundCause::Expired => "过期未用 Expired unused",
        RefundCause::ReturnedElsewhere => "已退款 Returned",
    };
    refund.reason.clone().unwrap_or_else(|| ours.to_owned())
}

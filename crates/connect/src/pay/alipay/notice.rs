//! Notices of trades. Alipay signs no age: a notice that comes again later says what is known already.

use super::account::AlipayAccount;
use super::sign;
use super::trade::Trade;
use crate::pay::notice::{Notice, PaymentNotice, Refused};
use crate::pay::wire::{form, yuan};
use kernel::{OrderId, PaymentId, Timestamp};

/// Reads a notice: fields once each, the signature, then whose it is, then what it says.
pub fn read(account: &AlipayAccount, body: &[u8], now: Timestamp) -> Result<Notice, Refused> {
    let fields = form::read(body).ok_or(Refused::Unreadable("body"))?;
    sign::verify_notice(account, &fields, now)?;
    let text = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    if text("app_id") != account.app_id {
        return Err(Refused::OtherAccount("app_id"));
    }
    if account.seller_id.as_deref().is_some_and(|ours| ours != text("seller_id")) {
        return Err(Refused::OtherAccount("seller_id"));
    }
    if text("notify_type") != "trade_status_sync" {
        return Ok(Notice::Other(text("notify_type").chars().take(64).collect()));
    }

    let returned = yuan::parse(text("refund_fee")).is_some_and(|fen| fen > 0);
    let trade = Trade {
        status: text("trade_status"),
        number: text("trade_no"),
        total: text("total_amount"),
        paid_at: text("gmt_payment"),
        returned: returned || !text("gmt_refund").is_empty(),
    };
    let payment = PaymentId::parse(text("out_trade_no"));
    Ok(Notice::Payment(PaymentNotice {
        payment: payment.map_err(|_| Refused::Unreadable("out_trade_no"))?,
        order: OrderId::parse(text("passback_params")).ok(),
        standing: trade.standing()?,
    }))
}

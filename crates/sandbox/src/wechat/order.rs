//! Orders: native, JSAPI and H5.

use super::authorization::Caller;
use super::failure::Failure;
use super::fields::{Fields, is_plain, notify_url};
use super::{Answer, CHANNEL, Detail, Kind};
use crate::payment::{Detail as PaymentDetail, Payment, Standing};
use crate::sandbox::Sandbox;
use crate::{clock, random};
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

const VALID: SignedDuration = SignedDuration::from_hours(2);

/// Orders a payment, or answers again to the same request.
pub fn create(
    sandbox: &Sandbox,
    caller: &Caller,
    kind: Kind,
    body: &Value,
) -> Result<Answer, Failure> {
    let mut payment = read(sandbox, caller, kind, body)?;
    let mut payments = sandbox.payments.lock();
    let known = payments.by_number(CHANNEL, caller.merchant, &payment.number);
    let payment = match known.map(|index| payments.get(index)) {
        Some(known) => {
            repeated(known, &payment, sandbox.now())?;
            known
        }
        None => {
            payment.token = random::word(11);
            let prepay_id = prepay_id(&payment).to_owned();
            let index = payments.add(payment);
            payments.also_named(index, &prepay_id);
            payments.get(index)
        }
    };
    Ok(Answer::ok(answer(sandbox, kind, payment)))
}

fn answer(sandbox: &Sandbox, kind: Kind, payment: &Payment) -> Value {
    match kind {
        Kind::Native => {
            json!({ "code_url": format!("weixin://wxpay/bizpayurl?pr={}", payment.token) })
        }
        Kind::Jsapi => json!({ "prepay_id": prepay_id(payment) }),
        Kind::H5 => {
            let (origin, id) = (&sandbox.origin, prepay_id(payment));
            let package = random::digits(10);
            json!({ "h5_url": format!(
                "{origin}/cgi-bin/mmpayweb-bin/checkmweb?prepay_id={id}&package={package}"
            ) })
        }
    }
}

fn prepay_id(payment: &Payment) -> &str {
    match &payment.detail {
        PaymentDetail::Wechat(detail) => &detail.prepay_id,
        _ => "",
    }
}

/// A number may be used again for the same request, as long as the order is open.
fn repeated(known: &Payment, again: &Payment, now: Timestamp) -> Result<(), Failure> {
    let closed = |code, message| Err(Failure::new(StatusCode::BAD_REQUEST, code, message));
    match known.standing(now) {
        Standing::Paid => closed("INVALID_REQUEST", "该订单已支付"),
        Standing::Closed => closed("ORDER_CLOSED", "订单已关闭"),
        Standing::Open => match (&known.detail, &again.detail) {
            (PaymentDetail::Wechat(known), PaymentDetail::Wechat(again))
                if known.kind == again.kind && known.request == again.request =>
            {
                Ok(())
            }
            _ => Err(Failure::new(StatusCode::FORBIDDEN, "OUT_TRADE_NO_USED", "商户订单号重复")),
        },
    }
}

fn read(sandbox: &Sandbox, caller: &Caller, kind: Kind, body: &Value) -> Result<Payment, Failure> {
    let fields = Fields::of(body);
    let account = &sandbox.merchants[caller.merchant].accounts.wechat;
    let (appid, mchid) = (fields.text("appid", 32)?, fields.text("mchid", 32)?);
    if mchid != account.mchid {
        return Err(fields.bad("mchid", "与签名的商户号不一致"));
    }
    if appid != account.appid {
        let message = "appid和mchid不匹配";
        return Err(Failure::new(StatusCode::BAD_REQUEST, "APPID_MCHID_NOT_MATCH", message));
    }
    let title = fields.text("description", 127)?;
    let number = out_trade_no(fields.text("out_trade_no", 32)?)?;
    let url = notify_url(&fields)?.ok_or_else(|| fields.bad("notify_url", "缺少必填参数"))?;
    let attach = fields.optional_text("attach", 128)?;
    fields.optional_text("goods_tag", 32)?;
    let amount = fields.object("amount")?;
    amount.yuan()?;
    let now = sandbox.now();
    Ok(Payment {
        channel: CHANNEL,
        merchant: caller.merchant,
        number: number.to_owned(),
        token: String::new(),
        title: title.to_owned(),
        amount: amount.amount("total")?,
        currency: "CNY".to_owned(),
        created: now,
        expires: Some(expires(&fields, now)?),
        closed: None,
        seen: false,
        failures: 0,
        notify_url: Some(url.to_owned()),
        return_url: None,
        charges: Vec::new(),
        refunds: Vec::new(),
        detail: PaymentDetail::Wechat(Detail {
            kind,
            request: body.clone(),
            appid: appid.to_owned(),
            attach: attach.map(str::to_owned),
            openid: payer(sandbox, caller, kind, &fields)?,
            prepay_id: format!("wx{}{}", clock::day(now), random::hex(26).to_lowercase()),
        }),
    })
}

/// 6 to 32 letters, digits and `_-|*`.
fn out_trade_no(number: &str) -> Result<&str, Failure> {
    if number.len() < 6 || !is_plain(number, "_-|*") {
        let issue = "out_trade_no必须为6到32个字符，只能是数字、大小写字母_-|*";
        return Err(Failure::param("/out_trade_no", issue));
    }
    Ok(number)
}

fn expires(fields: &Fields<'_>, now: Timestamp) -> Result<Timestamp, Failure> {
    let Some(text) = fields.optional_text("time_expire", 64)? else {
        return Ok(now.saturating_add(VALID).unwrap_or(now));
    };
    let time: Option<Timestamp> = text.parse().ok();
    let time = time.ok_or_else(|| fields.bad("time_expire", "必须遵循RFC3339格式"))?;
    if time <= now {
        return Err(fields.bad("time_expire", "不能早于当前时间"));
    }
    Ok(time)
}

/// Inside WeChat the payer must be named, and in a browser the address that the payer comes from.
fn payer(
    sandbox: &Sandbox,
    caller: &Caller,
    kind: Kind,
    fields: &Fields<'_>,
) -> Result<Option<String>, Failure> {
    if kind == Kind::H5 {
        let scene = fields.object("scene_info")?;
        let address = scene.text("payer_client_ip", 45)?;
        if address.parse::<std::net::IpAddr>().is_err() {
            return Err(scene.bad("payer_client_ip", "不是IP地址"));
        }
        scene.object("h5_info")?.text("type", 32)?;
    }
    if kind != Kind::Jsapi {
        return Ok(None);
    }
    let payer = fields.object("payer")?;
    let openid = payer.text("openid", 128)?;
    if !is_plain(openid, "_-") || sandbox.wechat.lock().is_of_another(caller.merchant, openid) {
        return Err(payer.bad("openid", "无效的openid，或与appid不匹配"));
    }
    Ok(Some(openid.to_owned()))
}

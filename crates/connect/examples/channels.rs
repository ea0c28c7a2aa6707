//! Answers questions in JSON lines, so that programs of other makers can try the payment channels' client.
//!
//! `{"op": "notice", "account": …, "headers": …, "body": …, "seconds": …}` reads a notice; the other operations ask the
//! gateways that are named. `scripts/channels.sh` uses it.

use connect::pay::alipay::AlipayAccount;
use connect::pay::stripe::StripeAccount;
use connect::pay::wechat::{WechatAccount, sign};
use connect::pay::{
    Account, Asked, Door, FieldError, Gateways, HeaderMap, Http, Intent, Offer, Offered, Outcome,
    Question, RefundIntent, RefundQuestion, Way, notice,
};
use kernel::{Money, OrderId, PaymentId, RefundId, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, Error, Write};
use std::time::Duration;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fields {
    Wechat(connect::pay::wechat::WechatFields),
    Alipay(connect::pay::alipay::AlipayFields),
    Stripe(connect::pay::stripe::StripeFields),
}

#[derive(Deserialize)]
struct Ask {
    op: String,
    account: Fields,
    seconds: i64,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    method: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    gateways: Gateways,
    #[serde(default)]
    way: String,
    #[serde(default)]
    detail: String,
    payment: Option<PaymentId>,
    order: Option<OrderId>,
    refund: Option<RefundId>,
    amount: Option<Money>,
    total: Option<Money>,
    reference: Option<String>,
    #[serde(default)]
    transaction: String,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let http = Http::new(Duration::from_secs(20))?;
    for line in std::io::stdin().lock().lines() {
        let answer = match serde_json::from_str::<Ask>(&line?) {
            Ok(ask) => answer(ask, http.clone()).await,
            Err(error) => json!({ "error": error.to_string() }),
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

async fn answer(ask: Ask, http: Http) -> Value {
    let account = match account(ask.account.clone()) {
        Ok(account) => account,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    let now = Timestamp(ask.seconds.saturating_mul(1_000_000));
    match ask.op.as_str() {
        "notice" => read(&ask, &account, now),
        "sign" => signed(&ask, &account, now),
        _ => {
            let nonce = || std::array::from_fn(|at| at as u8 * 17);
            match Door::new(http, ask.gateways.clone(), nonce) {
                Ok(door) => asked(&ask, &door, &account, now).await,
                Err(error) => json!({ "error": error.to_string() }),
            }
        }
    }
}

fn account(fields: Fields) -> Result<Account, FieldError> {
    Ok(match fields {
        Fields::Wechat(fields) => Account::Wechat(WechatAccount::parse(fields)?),
        Fields::Alipay(fields) => Account::Alipay(AlipayAccount::parse(fields)?),
        Fields::Stripe(fields) => Account::Stripe(StripeAccount::parse(fields)?),
    })
}

fn read(ask: &Ask, account: &Account, now: Timestamp) -> Value {
    let mut headers = HeaderMap::new();
    for (name, value) in &ask.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<hyper::header::HeaderName>(), value.parse()) {
            headers.append(name, value);
        }
    }
    match notice::read(account, &headers, ask.body.as_bytes(), now) {
        Ok(notice) => json!({ "notice": format!("{notice:?}") }),
        Err(refused) => json!({ "refused": refused.code() }),
    }
}

/// The `Authorization` of a request to WeChat Pay.
fn signed(ask: &Ask, account: &Account, now: Timestamp) -> Value {
    let Account::Wechat(account) = account else { return json!({ "error": "wechat only" }) };
    let parts = (ask.method.as_str(), ask.path.as_str(), ask.body.as_str());
    match sign::authorization(account, parts, &ask.detail, now) {
        Ok(authorization) => json!({ "authorization": authorization }),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

async fn asked(ask: &Ask, door: &Door, account: &Account, now: Timestamp) -> Value {
    let payment = ask.payment.unwrap_or(PaymentId([0; 16]));
    let question = Question { payment, reference: ask.reference.clone() };
    match ask.op.as_str() {
        "offer" => match intent(ask, now) {
            Some(intent) => offered(door.offer(account, &intent, now).await),
            None => json!({ "error": "an intent has payment, amount and way" }),
        },
        "query" => told(door.query(account, &question, now).await),
        "close" => told(door.close(account, &question, now).await),
        "check" => told(door.check(account, now).await),
        "refund" => match refund(ask) {
            Some(intent) => told(door.refund(account, &intent, now).await),
            None => json!({ "error": "a refund has refund, payment, amount and total" }),
        },
        "refund_query" => {
            let question = RefundQuestion {
                refund: ask.refund.unwrap_or(RefundId([0; 16])),
                payment,
                transaction: ask.transaction.clone(),
                number: ask.reference.clone(),
            };
            told(door.refund_query(account, &question, now).await)
        }
        _ => json!({ "error": "no such operation" }),
    }
}

fn intent(ask: &Ask, now: Timestamp) -> Option<Intent> {
    let way = match ask.way.as_str() {
        "wechat_native" => Way::WechatNative,
        "wechat_jsapi" => Way::WechatJsapi { openid: ask.detail.clone() },
        "wechat_h5" => Way::WechatH5 { client_ip: ask.detail.clone() },
        "alipay_qr" => Way::AlipayQr,
        "alipay_page" => Way::AlipayPage,
        "alipay_wap" => Way::AlipayWap,
        "stripe" => Way::StripeCheckout,
        _ => return None,
    };
    Some(Intent {
        payment: ask.payment?,
        order: ask.order,
        amount: ask.amount?,
        way,
        subject: "视频会员 + 1 个月 & more".into(),
        notice_url: "https://pay.example/notify".into(),
        return_url: "https://shop.example/o?a=1&b=2".into(),
        expires_at: now.plus_micros(900_000_000),
    })
}

fn refund(ask: &Ask) -> Option<RefundIntent> {
    Some(RefundIntent {
        refund: ask.refund?,
        payment: ask.payment?,
        transaction: ask.transaction.clone(),
        amount: ask.amount?,
        total: ask.total?,
        reason: "退款".into(),
        notice_url: "https://pay.example/notify".into(),
    })
}

/// An offer in parts that other programs can verify.
fn offered(asked: Asked<Offered>) -> Value {
    let offer = match &asked.outcome {
        Outcome::Succeeded(offered) => match &offered.offer {
            Offer::Qr(text) => json!({ "qr": text }),
            Offer::Redirect(url) => json!({ "url": url }),
            Offer::Jsapi(params) => json!({ "jsapi": params }),
        },
        _ => Value::Null,
    };
    let mut told = told(asked);
    told["offer"] = offer;
    told
}

fn told<T: std::fmt::Debug>(asked: Asked<T>) -> Value {
    let (outcome, what) = match &asked.outcome {
        Outcome::Succeeded(answer) => ("succeeded", format!("{answer:?}")),
        Outcome::Failed(why) => ("failed", why.code.clone()),
        Outcome::Unknown(why) => ("unknown", why.code.clone()),
    };
    json!({ "outcome": outcome, "what": what, "exchanges": asked.exchanges })
}

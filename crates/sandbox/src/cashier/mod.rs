//! The cashier: a page for each payment, on which a person does what payers do. It works without scripts.

mod words;

use crate::channel::Channel;
use crate::payment::{Payment, Standing};
use crate::sandbox::Sandbox;
use crate::till::{self, Act, Impossible};
use crate::{alipay, stripe};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
pub use words::Words;

/// The language that a reader has chosen.
#[derive(Default, Deserialize)]
pub struct Reader {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    done: String,
}

impl Reader {
    /// The words of the chosen language, or of the browser's.
    pub fn words(&self, headers: &HeaderMap) -> &'static Words {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        match self.lang.as_str() {
            "en" => &words::EN,
            "zh" => &words::ZH,
            _ if wanted.is_some_and(|wanted| !wanted.starts_with("zh")) => &words::EN,
            _ => &words::ZH,
        }
    }
}

#[derive(Template)]
#[template(path = "pay.html")]
struct PayPage<'a> {
    w: &'static Words,
    channel: &'static str,
    name: &'static str,
    payment: &'a Payment,
    amount: String,
    standing: Standing,
    notice: Option<&'static str>,
    back: Option<String>,
}

#[derive(Template)]
#[template(path = "open.html")]
struct OpenPage {
    w: &'static Words,
    unknown: bool,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    w: &'static Words,
    what: &'a str,
}

/// A page that says what is wrong.
pub fn problem(status: StatusCode, what: &str) -> Response {
    let page = ProblemPage { w: &words::ZH, what };
    (status, render(&page)).into_response()
}

/// A page as HTML.
pub fn render(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!("a page cannot be written: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// `GET /cashier`: opens what a QR code says, which a person types in, or a page links to as `?code=`.
pub async fn open(
    State(sandbox): State<Arc<Sandbox>>,
    Query(reader): Query<Reader>,
    headers: HeaderMap,
) -> Response {
    let code = reader.code.trim();
    let token = code.rsplit(['/', '=']).next().unwrap_or_default();
    let payments = sandbox.payments.lock();
    let index = payments.by_name(token).or_else(|| payments.meant_by(code).last().copied());
    match index.filter(|_| !token.is_empty()) {
        Some(index) => {
            Redirect::to(&format!("/cashier/{}", payments.get(index).token)).into_response()
        }
        None => render(&OpenPage { w: reader.words(&headers), unknown: !code.is_empty() }),
    }
}

/// `GET /cashier/{token}`, and the addresses in QR codes: a payer has opened the payment.
pub async fn show(
    State(sandbox): State<Arc<Sandbox>>,
    Path(token): Path<String>,
    Query(reader): Query<Reader>,
    headers: HeaderMap,
) -> Response {
    let w = reader.words(&headers);
    let payment = {
        let mut payments = sandbox.payments.lock();
        let Some(index) = payments.by_name(&token) else {
            return (StatusCode::NOT_FOUND, render(&OpenPage { w, unknown: true })).into_response();
        };
        payments.get_mut(index).seen = true;
        payments.get(index).clone()
    };
    let standing = payment.standing(sandbox.now());
    let notice = match reader.done.as_str() {
        "fail" if standing == Standing::Open => Some(w.refused),
        "late" if standing == Standing::Open => Some(w.on_its_way),
        "little" => Some(w.too_little),
        _ => None,
    };
    render(&PayPage {
        w,
        channel: class(payment.channel),
        name: w.channel(payment.channel),
        amount: amount(payment.amount, &payment.currency),
        standing,
        notice,
        back: back(&sandbox, &payment),
        payment: &payment,
    })
}

/// What a payer chose.
#[derive(Deserialize)]
pub struct Choice {
    action: String,
    #[serde(default)]
    seconds: Option<u64>,
    #[serde(default)]
    lang: String,
}

/// `POST /cashier/{token}`: does it, and shows what came of it, or leads back to the shop.
pub async fn choose(
    State(sandbox): State<Arc<Sandbox>>,
    Path(token): Path<String>,
    Form(choice): Form<Choice>,
) -> Response {
    let (index, amount) = {
        let payments = sandbox.payments.lock();
        let Some(index) = payments.by_name(&token) else {
            return problem(StatusCode::NOT_FOUND, "没有这笔支付");
        };
        (index, payments.get(index).amount)
    };
    let act = match choice.action.as_str() {
        "pay" => Act::Pay,
        "fail" => Act::Fail,
        "pay_twice" => Act::PayTwice,
        "underpay" => Act::Underpay,
        "pay_with_coupon" => Act::PayWithCoupon(amount / 10),
        "pay_after" => Act::PayAfter(Duration::from_secs(choice.seconds.unwrap_or(10))),
        _ => return problem(StatusCode::BAD_REQUEST, "不认识的操作"),
    };
    let done = match till::act(&sandbox, index, act) {
        Err(Impossible::TooLittle) => "little",
        Err(Impossible::Paid | Impossible::Closed) => "",
        Ok(()) => match act {
            Act::Fail => "fail",
            Act::PayAfter(_) => "late",
            _ => {
                let payment = sandbox.payments.lock().get(index).clone();
                if let Some(back) = back(&sandbox, &payment) {
                    return Redirect::to(&back).into_response();
                }
                "paid"
            }
        },
    };
    let lang = if choice.lang == "en" { "en" } else { "zh" };
    Redirect::to(&format!("/cashier/{token}?lang={lang}&done={done}")).into_response()
}

/// Where the shop is.
fn back(sandbox: &Sandbox, payment: &Payment) -> Option<String> {
    let back = match payment.channel {
        Channel::Wechat => payment.return_url.clone(),
        Channel::Alipay => alipay::notice::return_address(sandbox, payment),
        Channel::Stripe => stripe::return_address(payment),
    };
    back.filter(|back| back.starts_with("http://") || back.starts_with("https://"))
}

fn class(channel: Channel) -> &'static str {
    match channel {
        Channel::Wechat => "wechat",
        Channel::Alipay => "alipay",
        Channel::Stripe => "stripe",
    }
}

/// An amount as people read it. All currencies here but the yen have two decimals.
pub fn amount(amount: i64, currency: &str) -> String {
    match currency {
        "JPY" | "KRW" => format!("{amount} {currency}"),
        "CNY" => format!("¥{}.{:02}", amount / 100, amount % 100),
        _ => format!("{}.{:02} {currency}", amount / 100, amount % 100),
    }
}

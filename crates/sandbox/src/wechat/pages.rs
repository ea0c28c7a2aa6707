//! What a browser sees of WeChat: the OAuth hop, the address of H5 payments, and the bridge inside WeChat.

use super::memory::BadCode;
use crate::cashier::problem;
use crate::payment::{Detail, Payment};
use crate::sandbox::Sandbox;
use axum::Json;
use axum::extract::{Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use url::Url;

const PERSON: &str = "sandbox_person";
/// The order in which WeChat wants the parameters of the hop.
const ORDER: [&str; 5] = ["appid", "redirect_uri", "response_type", "scope", "state"];

/// `GET /connect/oauth2/authorize`: sends the browser back with a code.
pub async fn authorize(
    State(sandbox): State<Arc<Sandbox>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    if names != ORDER && names != ORDER[..4] {
        return problem(StatusCode::BAD_REQUEST, "该链接无法访问：参数顺序或数量不对");
    }
    let value = |place: usize| pairs.get(place).map_or("", |(_, value)| value.as_str());
    let appid = value(0);
    let merchant = sandbox.merchants.iter().position(|m| m.accounts.wechat.appid == appid);
    let Some(merchant) = merchant else {
        return problem(StatusCode::BAD_REQUEST, "AppID 参数错误");
    };
    if value(2) != "code" || !["snsapi_base", "snsapi_userinfo"].contains(&value(3)) {
        return problem(StatusCode::BAD_REQUEST, "Scope 参数错误或没有 Scope 权限");
    }
    let target = Url::parse(value(1)).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(mut target) = target else {
        return problem(StatusCode::BAD_REQUEST, "redirect_uri 参数错误");
    };
    let person = person(&headers).unwrap_or_else(|| crate::random::word(24));
    let now = sandbox.now().as_second();
    let code = sandbox.wechat.lock().grant(merchant, &openid(appid, &person), value(3), now);
    target.query_pairs_mut().append_pair("code", &code).append_pair("state", value(4));
    let cookie = format!("{PERSON}={person}; Path=/; HttpOnly; SameSite=Lax");
    ([(header::SET_COOKIE, cookie)], Redirect::to(target.as_str())).into_response()
}

fn person(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, person) = pairs.find(|(name, _)| *name == PERSON)?;
    person.chars().all(|c| c.is_ascii_alphanumeric()).then(|| person.to_owned())
}

/// The same person has another openid at each official account.
fn openid(appid: &str, person: &str) -> String {
    let digest = Sha256::digest(format!("{appid} {person}"));
    format!("o{}", &URL_SAFE_NO_PAD.encode(digest)[..27])
}

/// Parameters of `GET /sns/oauth2/access_token`.
#[derive(Deserialize)]
pub struct TokenRequest {
    #[serde(default)]
    appid: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    grant_type: String,
}

/// `GET /sns/oauth2/access_token`: who came with a code. Errors come with status 200.
pub async fn token(
    State(sandbox): State<Arc<Sandbox>>,
    Query(request): Query<TokenRequest>,
) -> Response {
    let refused = |code: i32, message: &str| text(&json!({ "errcode": code, "errmsg": message }));
    let known = sandbox.merchants.iter().position(|m| m.accounts.wechat.appid == request.appid);
    let Some(merchant) = known else { return refused(40013, "invalid appid") };
    if sandbox.merchants[merchant].accounts.wechat.app_secret != request.secret {
        return refused(40125, "invalid appsecret");
    }
    if request.grant_type != "authorization_code" {
        return refused(40002, "invalid grant_type");
    }
    let now = sandbox.now().as_second();
    match sandbox.wechat.lock().redeem(merchant, &request.code, now) {
        Err(BadCode::Invalid) => refused(40029, "invalid code"),
        Err(BadCode::Used) => refused(40163, "code been used"),
        Ok(grant) => text(&json!({
            "access_token": crate::random::word(64),
            "expires_in": 7200,
            "refresh_token": crate::random::word(64),
            "openid": grant.openid,
            "scope": grant.scope,
        })),
    }
}

/// WeChat calls this JSON plain text.
fn text(value: &serde_json::Value) -> Response {
    let mut answer = Json(value).into_response();
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain"));
    answer
}

/// Parameters of an H5 payment's address.
#[derive(Deserialize)]
pub struct H5Request {
    #[serde(default)]
    prepay_id: String,
    redirect_url: Option<String>,
}

/// `GET /cgi-bin/mmpayweb-bin/checkmweb`: WeChat refuses whoever hides where he comes from.
pub async fn h5(
    State(sandbox): State<Arc<Sandbox>>,
    headers: HeaderMap,
    Query(request): Query<H5Request>,
) -> Response {
    if headers.get(header::REFERER).is_none_or(header::HeaderValue::is_empty) {
        return problem(StatusCode::FORBIDDEN, "商家参数格式有误，请联系商家解决（Referer 为空）");
    }
    to_cashier(&sandbox, &request.prepay_id, super::Kind::H5, request.redirect_url, |_| true)
}

/// What a page inside WeChat hands to the bridge.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invocation {
    #[serde(default)]
    app_id: String,
    #[serde(default)]
    time_stamp: String,
    #[serde(default)]
    nonce_str: String,
    #[serde(default)]
    package: String,
    #[serde(default)]
    sign_type: String,
    #[serde(default)]
    pay_sign: String,
    back: Option<String>,
}

/// `GET /cashier/jsapi`: what WeChat does with the parameters of `getBrandWCPayRequest`.
pub async fn invoke(
    State(sandbox): State<Arc<Sandbox>>,
    Query(call): Query<Invocation>,
) -> Response {
    let Some(prepay_id) = call.package.strip_prefix("prepay_id=") else {
        return problem(StatusCode::BAD_REQUEST, "缺少参数 package");
    };
    let message =
        format!("{}\n{}\n{}\n{}\n", call.app_id, call.time_stamp, call.nonce_str, call.package);
    let back = call.back.clone();
    to_cashier(&sandbox, prepay_id, super::Kind::Jsapi, back, |payment| {
        let merchant = &sandbox.merchants[payment.merchant];
        call.sign_type == "RSA"
            && call.app_id == merchant.accounts.wechat.appid
            && merchant.has_signed_at_wechat(message.as_bytes(), &call.pay_sign)
    })
}

fn to_cashier(
    sandbox: &Sandbox,
    prepay_id: &str,
    kind: super::Kind,
    back: Option<String>,
    is_signed: impl FnOnce(&Payment) -> bool,
) -> Response {
    let mut payments = sandbox.payments.lock();
    let of_kind = |payment: &Payment| match &payment.detail {
        Detail::Wechat(detail) => detail.kind == kind && detail.prepay_id == prepay_id,
        _ => false,
    };
    let index = payments.by_name(prepay_id).filter(|index| of_kind(payments.get(*index)));
    let Some(index) = index else {
        return problem(StatusCode::NOT_FOUND, "支付会话不存在或已过期");
    };
    if !is_signed(payments.get(index)) {
        return problem(StatusCode::FORBIDDEN, "支付验证签名失败");
    }
    let payment = payments.get_mut(index);
    let is_page = |back: &String| back.starts_with("http://") || back.starts_with("https://");
    if let Some(back) = back.filter(is_page) {
        payment.return_url = Some(back);
    }
    Redirect::to(&format!("/cashier/{}", payment.token)).into_response()
}

/// `GET /bridge.js`: the bridge that WeChat gives to its pages, for browsers that only say they are WeChat.
pub async fn bridge() -> Response {
    let script = include_str!("bridge.js");
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], script).into_response()
}

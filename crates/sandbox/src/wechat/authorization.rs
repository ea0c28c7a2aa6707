//! The `Authorization` header: who calls, and whether the merchant's key has signed this very request.

use super::failure::Failure;
use crate::merchant::PlatformKey;
use crate::sandbox::Sandbox;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use std::sync::Arc;

const SCHEME: &str = "WECHATPAY2-SHA256-RSA2048 ";
const AGE_SECONDS_MAX: i64 = 300;
const NONCE_LENGTH_MAX: usize = 128;

/// A merchant who has proved to be one.
#[derive(Clone)]
pub struct Caller {
    /// Its position.
    pub merchant: usize,
    /// What the answer is signed with: the key that the request names, or the current one.
    pub signer: Arc<PlatformKey>,
}

/// Checks the headers and the signature of a request.
pub fn check(sandbox: &Sandbox, parts: &Parts, body: &[u8]) -> Result<Caller, Failure> {
    let text = |name| text(&parts.headers, name);
    let accepted = text(header::ACCEPT).unwrap_or_default();
    if !(accepted.contains("application/json") || accepted.contains("*/*")) {
        return Err(Failure::param("Accept", "Http头缺少Accept或不支持的值"));
    }
    if text(header::USER_AGENT).is_none_or(str::is_empty) {
        return Err(Failure::param("User-Agent", "Http头缺少User-Agent"));
    }
    let given = text(header::AUTHORIZATION)
        .ok_or_else(|| Failure::sign("Authorization", "Http头缺少Authorization"))?;
    let given = given
        .strip_prefix(SCHEME)
        .ok_or_else(|| Failure::sign("Authorization", "认证类型不是WECHATPAY2-SHA256-RSA2048"))?;
    let merchant = merchant(sandbox, &Named(given))?;
    let platform = &sandbox.merchants[merchant].wechat_platform;
    let wanted = parts.headers.get("wechatpay-serial").map(|serial| serial.to_str());
    let signer = match wanted {
        None => platform.current(),
        Some(serial) => serial
            .ok()
            .and_then(|serial| platform.named(serial))
            .ok_or_else(|| Failure::param("Wechatpay-Serial", "平台证书序列号或公钥ID有误"))?,
    };
    check_signature(sandbox, merchant, &Named(given), parts, body)?;
    Ok(Caller { merchant, signer })
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// `name="value"` pairs in any order.
struct Named<'a>(&'a str);

impl<'a> Named<'a> {
    fn get(&self, name: &str) -> Result<&'a str, Failure> {
        let pairs = self.0.split(',').filter_map(|pair| pair.trim().split_once('='));
        let mut values = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value);
        let value = values.next().and_then(|v| v.strip_prefix('"')?.strip_suffix('"'));
        value
            .filter(|value| !value.is_empty() && values.next().is_none())
            .ok_or_else(|| Failure::sign(name, "Http头Authorization值格式错误"))
    }
}

fn merchant(sandbox: &Sandbox, named: &Named<'_>) -> Result<usize, Failure> {
    let mchid = named.get("mchid")?;
    let known = sandbox.merchants.iter().position(|m| m.accounts.wechat.mchid == mchid);
    known.ok_or_else(|| Failure::new(StatusCode::BAD_REQUEST, "MCH_NOT_EXISTS", "商户号不存在"))
}

fn check_signature(
    sandbox: &Sandbox,
    merchant: usize,
    named: &Named<'_>,
    parts: &Parts,
    body: &[u8],
) -> Result<(), Failure> {
    let (nonce, timestamp) = (named.get("nonce_str")?, named.get("timestamp")?);
    let whose = &sandbox.merchants[merchant];
    let key = whose
        .wechat_key(named.get("serial_no")?)
        .ok_or_else(|| Failure::sign("serial_no", "商户API证书序列号有误"))?;
    let now = sandbox.now().as_second();
    let seconds = timestamp.parse::<i64>().ok().filter(|_| timestamp.len() == 10);
    if seconds.is_none_or(|seconds| (now - seconds).abs() > AGE_SECONDS_MAX) {
        return Err(Failure::sign(
            "timestamp",
            "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟",
        ));
    }
    if nonce.len() > NONCE_LENGTH_MAX || !nonce.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Failure::sign("nonce_str", "随机串格式有误"));
    }
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut message = format!("{}\n{path}\n{timestamp}\n{nonce}\n", parts.method).into_bytes();
    message.extend_from_slice(body);
    message.push(b'\n');
    if !key.has_signed(&message, named.get("signature")?) {
        return Err(Failure::sign("signature", "签名错误：sign not match"));
    }
    if !sandbox.wechat.lock().is_new_nonce(merchant, nonce, now) {
        return Err(Failure::sign("nonce_str", "随机串重复"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_found_in_any_order_and_only_once() {
        let named =
            Named(r#"timestamp="1",mchid="2", nonce_str="3",signature="ab+/==",signature2="x""#);
        assert_eq!(named.get("mchid").unwrap(), "2");
        assert_eq!(named.get("nonce_str").unwrap(), "3");
        assert_eq!(named.get("signature").unwrap(), "ab+/==");
        for bad in ["", "mchid=2", r#"mchid="""#, r#"mchid="1",mchid="2""#] {
            assert_eq!(Named(bad).get("mchid").unwrap_err().code(), "SIGN_ERROR", "{bad}");
        }
    }
}

//! Signatures of WeChat Pay's API v3: ours over requests, theirs over answers and notices.

use super::account::WechatAccount;
use crate::pay::notice::Refused;
use crate::pay::wire::clock;
use crate::pay::wire::headers::{self, HeaderMap};
use crate::pay::wire::key::Unsigned;
use kernel::Timestamp;
use kernel::limits::NOTICE_AGE_SECONDS_MAX;

/// The only algorithm.
pub const ALGORITHM: &str = "WECHATPAY2-SHA256-RSA2048";
/// What wrong signatures begin with by which WeChat Pay tries whether we check them.
const PROBE: &str = "WECHATPAY/SIGNTEST/";

/// The `Authorization` of a request. `path` has the query, as it is sent; `body` is empty without one.
pub fn authorization(
    account: &WechatAccount,
    (method, path, body): (&str, &str, &str),
    nonce: &str,
    now: Timestamp,
) -> Result<String, Unsigned> {
    let seconds = clock::seconds(now);
    let message = format!("{method}\n{path}\n{seconds}\n{nonce}\n{body}\n");
    let signature = account.key.sign(message.as_bytes())?;
    let WechatAccount { mchid, serial_no, .. } = account;
    Ok(format!(
        "{ALGORITHM} mchid=\"{mchid}\",nonce_str=\"{nonce}\",timestamp=\"{seconds}\",\
         serial_no=\"{serial_no}\",signature=\"{signature}\""
    ))
}

/// Signs what WeChat's bridge is called with.
pub fn pay_sign(
    account: &WechatAccount,
    seconds: &str,
    nonce: &str,
    package: &str,
) -> Result<String, Unsigned> {
    let message = format!("{}\n{seconds}\n{nonce}\n{package}\n", account.appid);
    account.key.sign(message.as_bytes())
}

/// Checks the signature over a body: all parts there, no probe, the algorithm, the age, a key that holds, the signature.
pub fn verify(
    account: &WechatAccount,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Refused> {
    let part = |name| headers::single(headers, name).ok_or(Refused::Unsigned(name));
    let signature = part("Wechatpay-Signature")?;
    if signature.starts_with(PROBE) {
        return Err(Refused::Probe);
    }
    let serial = part("Wechatpay-Serial")?;
    let timestamp = part("Wechatpay-Timestamp")?;
    let nonce = part("Wechatpay-Nonce")?;
    if headers.contains_key("Wechatpay-Signature-Type")
        && headers::single(headers, "Wechatpay-Signature-Type") != Some(ALGORITHM)
    {
        return Err(Refused::Algorithm);
    }

    let seconds = headers::seconds(timestamp).ok_or(Refused::Unsigned("Wechatpay-Timestamp"))?;
    if clock::seconds(now).abs_diff(seconds) > NOTICE_AGE_SECONDS_MAX.unsigned_abs() {
        return Err(Refused::Stale);
    }
    let key = account.verify.find(serial, now)?;
    let mut message = format!("{timestamp}\n{nonce}\n").into_bytes();
    message.extend_from_slice(body);
    message.push(b'\n');
    key.verify(&message, signature).then_some(()).ok_or(Refused::Forged)
}

//! RSA2: ours over a request's parameters, Alipay's over its answers and notices.

use super::account::AlipayAccount;
use crate::pay::notice::Refused;
use crate::pay::wire::key::Unsigned;
use crate::pay::wire::{clock, json};
use kernel::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// Parameters or fields, sorted by name.
pub type Fields = BTreeMap<String, String>;

/// The only algorithm.
pub const ALGORITHM: &str = "RSA2";

/// The parameters of a request, signed. `extra` has what not every method takes (`notify_url`, `return_url`).
pub fn signed(
    account: &AlipayAccount,
    method: &str,
    biz_content: &Value,
    extra: &[(&str, &str)],
    now: Timestamp,
) -> Result<Fields, Unsigned> {
    let mut fields = Fields::new();
    let mut set = |name: &str, value: &str| {
        if !value.is_empty() {
            fields.insert(name.to_owned(), value.to_owned());
        }
    };
    set("app_id", &account.app_id);
    set("method", method);
    set("format", "JSON");
    set("charset", "utf-8");
    set("sign_type", ALGORITHM);
    set("timestamp", &clock::china_plain(now));
    set("version", "1.0");
    set("biz_content", &biz_content.to_string());
    if let Some(certificates) = &account.certificates {
        set("app_cert_sn", &certificates.app_sn);
        set("alipay_root_cert_sn", &certificates.root_sn);
    }
    for (name, value) in extra {
        set(name, value);
    }
    let signature = account.key.sign(content(&fields, &["sign"]).as_bytes())?;
    fields.insert("sign".into(), signature);
    Ok(fields)
}

/// What a signature over fields covers: all but some, sorted, raw.
fn content(fields: &Fields, without: &[&str]) -> String {
    let kept = fields.iter().filter(|(name, _)| !without.contains(&name.as_str()));
    kept.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Checks the signature over a notice's fields.
pub fn verify_notice(
    account: &AlipayAccount,
    fields: &Fields,
    now: Timestamp,
) -> Result<(), Refused> {
    let field = |name| fields.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let signature = field("sign").ok_or(Refused::Unsigned("sign"))?;
    match field("sign_type") {
        Some(ALGORITHM) => {}
        Some(_) => return Err(Refused::Algorithm),
        None => return Err(Refused::Unsigned("sign_type")),
    }
    let key = account.alipay_key(field("alipay_cert_sn"), now)?;
    let content = content(fields, &["sign", "sign_type"]);
    key.verify(content.as_bytes(), signature).then_some(()).ok_or(Refused::Forged)
}

/// The object of an answer, after the signature over its exact text was checked.
pub fn verified_answer(
    account: &AlipayAccount,
    method: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<Value, Refused> {
    let (object, signature, sn) = parts(method, body)?;
    let signature = signature.ok_or(Refused::Unsigned("sign"))?;
    let key = account.alipay_key(sn.as_deref(), now)?;
    if !key.verify(object.as_bytes(), &signature) {
        return Err(Refused::Forged);
    }
    json::value(object.as_bytes()).ok_or(Refused::Unreadable("answer"))
}

/// The object of an answer that has no signature, which is worth little.
pub fn unsigned_answer(method: &str, body: &[u8]) -> Option<Value> {
    match parts(method, body) {
        Ok((object, None, _)) => json::value(object.as_bytes()),
        _ => None,
    }
}

type Parts<'a> = (&'a str, Option<String>, Option<String>);

/// The raw object, the signature and the number of the certificate.
fn parts<'a>(method: &str, body: &'a [u8]) -> Result<Parts<'a>, Refused> {
    let text = std::str::from_utf8(body).map_err(|_| Refused::Unreadable("answer"))?;
    let fields = json::raw_fields(text).ok_or(Refused::Unreadable("answer"))?;
    let wanted = format!("{}_response", method.replace('.', "_"));
    let raw = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, raw)| raw.get());
    let object = raw(&wanted).or_else(|| raw("error_response"));
    let object = object.ok_or(Refused::Unreadable("answer"))?;
    let text = |name| -> Option<String> {
        let read: String = serde_json::from_str(raw(name)?).ok()?;
        Some(read).filter(|read| !read.is_empty())
    };
    Ok((object, text("sign"), text("alipay_cert_sn")))
}

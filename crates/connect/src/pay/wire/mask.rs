//! What of an exchange is kept: who pays and what signs are masked, whatever it is written in.

use super::{form, json};
use serde_json::Value;

/// Characters of a body that are kept.
const KEPT_CHARS_MAX: usize = 8 * 1024;
/// What stands for what is not shown.
const MASK: &str = "***";

/// Names whose values are not kept, in lower case. Persons, keys, signatures, what is sealed, and what grants access: the address to
/// which a buyer comes back opens his order.
const NAMES: [&str; 48] = [
    "access_token",
    "account_name",
    "address",
    "api_key",
    "app_secret",
    "appsecret",
    "auth_code",
    "authorization",
    "billing_details",
    "buyer_id",
    "buyer_logon_id",
    "buyer_open_id",
    "buyer_user_id",
    "buyer_user_name",
    "cancel_url",
    "ciphertext",
    "client_secret",
    "code",
    "customer",
    "customer_details",
    "customer_email",
    "email",
    "encrypt_certificate",
    "last4",
    "name",
    "open_id",
    "openid",
    "payer_client_ip",
    "paysign",
    "phone",
    "prepay_id",
    "private_key",
    "quit_url",
    "receipt_email",
    "receipt_url",
    "refresh_token",
    "return_url",
    "secret",
    "shipping",
    "sign",
    "signature",
    "sp_openid",
    "sub_openid",
    "success_url",
    "unionid",
    "user_id",
    "user_received_account",
    "webhook_secret",
];

/// A body, masked and shortened. Of what is neither JSON nor a form only the size is kept.
pub fn body(text: &[u8]) -> String {
    if text.is_empty() {
        return String::new();
    }
    if let Some(mut value) = json::value(text) {
        mask(&mut value);
        return shorten(value.to_string());
    }
    match form::read(text) {
        Some(fields) if !fields.contains_key("") && text.contains(&b'=') => {
            shorten(pairs(fields.iter()))
        }
        _ => format!("({} bytes)", text.len()),
    }
}

/// The path of an address with its query masked; the host is the operator's own setting.
pub fn path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    match path.split_once('?') {
        None => path.to_owned(),
        Some((path, query)) => {
            let fields: Vec<(String, String)> =
                form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            format!("{path}?{}", pairs(fields.iter().map(|(name, value)| (name, value))))
        }
    }
}

fn pairs<'a>(fields: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    let masked: Vec<(&str, String)> = fields
        .map(|(name, value)| {
            let last = name.trim_end_matches(']').rsplit('[').next().unwrap_or(name);
            let value = if is_secret(last) { MASK.to_owned() } else { inner(value) };
            (name.as_str(), value)
        })
        .collect();
    form::write(masked.iter().map(|(name, value)| (*name, value.as_str())))
}

/// A value of a form that may itself be JSON, such as `biz_content`.
fn inner(value: &str) -> String {
    if !value.starts_with(['{', '[']) {
        return value.to_owned();
    }
    match json::value(value.as_bytes()) {
        Some(mut read) => {
            mask(&mut read);
            read.to_string()
        }
        None => MASK.to_owned(),
    }
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if is_secret(name) && !is_channel_code(name, value) {
                    *value = Value::String(MASK.to_owned());
                } else {
                    mask(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::String(text) if text.starts_with(['{', '[']) => *text = inner(text),
        _ => {}
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NAMES.binary_search(&name.as_str()).is_ok()
}

/// `code` in an answer is the channel's error code; in a request it is what WeChat's OAuth hop brought.
fn is_channel_code(name: &str, value: &Value) -> bool {
    name == "code" && matches!(value, Value::String(code) if code.len() <= 48)
}

fn shorten(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(KEPT_CHARS_MAX) {
        text.truncate(at);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_sorted_for_the_search() {
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn persons_keys_and_signatures_are_masked() {
        let secret = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
        for text in [
            format!(r#"{{"payer":{{"openid":"{secret}"}},"amount":{{"total":1}}}}"#),
            format!(r#"{{"list":[{{"Sign":"{secret}"}}],"amount":{{"total":1}}}}"#),
            format!(r#"{{"resource":"{{\"ciphertext\":\"{secret}\"}}","amount":{{"total":1}}}}"#),
            format!("total=1&sign={secret}&biz_content=%7B%22buyer_id%22%3A%22{secret}%22%7D"),
            format!("total=1&customer_details[email]={secret}&x[name]={secret}"),
        ] {
            let kept = body(text.as_bytes());
            assert!(!kept.contains(secret) && kept.contains("total"), "{kept}");
        }
        let path = path(&format!("https://host/sns/token?secret={secret}&code={secret}&appid=wx1"));
        assert_eq!(path, "/sns/token?secret=***&code=***&appid=wx1");
    }

    #[test]
    fn error_codes_stay_and_other_bodies_do_not() {
        assert_eq!(body(br#"{"code":"NO_AUTH"}"#), r#"{"code":"NO_AUTH"}"#);
        assert_eq!(body(b"<html>"), "(6 bytes)");
        assert_eq!(body(b"\xff\xfe"), "(2 bytes)");
        assert!(body(format!("\"{}\"", "x".repeat(9_000)).as_bytes()).ends_with('…'));
        assert_eq!(body(b""), "");
    }

    proptest! {
        #[test]
        fn any_body_is_masked_without_panic(text in "[{}\\[\\]\":,a-c=&%0-9 ]{0,60}") {
            let _ = (body(text.as_bytes()), path(&text));
        }
    }
}

//! The gateway's parameters: which application calls what, and whether its key has signed all of them.

use super::failure::Failure;
use crate::clock::read_plain;
use crate::sandbox::Sandbox;
use serde_json::Value;
use std::collections::BTreeMap;

/// A checked call.
#[derive(Debug)]
pub struct Call {
    /// The merchant's position.
    pub merchant: usize,
    /// What is called.
    pub method: String,
    /// The parameters of the business.
    pub content: Value,
    /// Where notices go.
    pub notify_url: Option<String>,
    /// Where the payer goes afterwards.
    pub return_url: Option<String>,
}

/// A call that is refused before it reaches the business.
pub struct Refused {
    /// Whose it is, if that is known.
    pub merchant: Option<usize>,
    /// What was called.
    pub method: String,
    /// Why it is refused.
    pub failure: Failure,
}

/// A form's fields; none of one that names a field twice.
type Fields = Option<BTreeMap<String, String>>;

/// The fields of the address and of the body together.
pub fn fields(query: &str, body: &[u8]) -> Fields {
    let mut fields = BTreeMap::new();
    let pairs = form_urlencoded::parse(query.as_bytes()).chain(form_urlencoded::parse(body));
    for (name, value) in pairs {
        if fields.insert(name.into_owned(), value.into_owned()).is_some() {
            return None;
        }
    }
    Some(fields)
}

/// What is signed: all fields but `sign` that say something, sorted.
pub fn message<'a>(fields: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    let said = fields.filter(|(name, value)| *name != "sign" && !value.is_empty());
    said.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Checks the parameters of the gateway and the signature over all of them.
pub fn check(sandbox: &Sandbox, fields: Fields) -> Result<Call, Refused> {
    let refuse = |failure| Refused { merchant: None, method: String::new(), failure };
    let fields =
        fields.ok_or_else(|| refuse(Failure::invalid("isv.invalid-parameter", "参数重复")))?;
    let app_id = need(&fields, "app_id", "isv.missing-app-id").map_err(refuse)?;
    let known = sandbox.merchants.iter().position(|m| m.accounts.alipay.app_id == app_id);
    let merchant =
        known.ok_or_else(|| refuse(Failure::invalid("isv.invalid-app-id", "无效的AppID参数")))?;
    let method = fields.get("method").cloned().unwrap_or_default();
    check_known(sandbox, merchant, fields).map_err(|failure| Refused {
        merchant: Some(merchant),
        method,
        failure,
    })
}

fn need<'a>(
    fields: &'a BTreeMap<String, String>,
    name: &str,
    sub_code: &'static str,
) -> Result<&'a str, Failure> {
    let value = fields.get(name).map(String::as_str).filter(|value| !value.is_empty());
    value.ok_or_else(|| Failure::missing(sub_code, &format!("缺少{name}参数")))
}

fn check_known(
    sandbox: &Sandbox,
    merchant: usize,
    fields: BTreeMap<String, String>,
) -> Result<Call, Failure> {
    let whose = &sandbox.merchants[merchant];
    let method = need(&fields, "method", "isv.missing-method")?;
    let sign = need(&fields, "sign", "isv.missing-signature")?;
    if need(&fields, "sign_type", "isv.missing-signature-type")? != "RSA2" {
        return Err(Failure::invalid("isv.invalid-signature-type", "无效的签名类型"));
    }
    if read_plain(need(&fields, "timestamp", "isv.missing-timestamp")?).is_none() {
        return Err(Failure::invalid("isv.invalid-timestamp", "非法的时间戳参数"));
    }
    if need(&fields, "version", "isv.missing-version")? != "1.0" {
        return Err(Failure::invalid("isv.invalid-parameter", "version只能为1.0"));
    }
    check_charset_and_format(&fields)?;
    if !whose.has_signed_at_alipay(message(fields.iter()).as_bytes(), sign) {
        return Err(Failure::invalid(
            "isv.invalid-signature",
            "验签出错，请检查签名字符串和应用公钥",
        ));
    }
    check_certificates(sandbox, merchant, &fields)?;
    let content = fields.get("biz_content").map_or("{}", String::as_str);
    let content = serde_json::from_str(content).ok().filter(Value::is_object);
    let url = |name: &str| fields.get(name).filter(|url| !url.is_empty()).cloned();
    Ok(Call {
        merchant,
        method: method.to_owned(),
        content: content
            .ok_or_else(|| Failure::invalid("isv.invalid-parameter", "biz_content不是JSON对象"))?,
        notify_url: address(url("notify_url"))?,
        return_url: address(url("return_url"))?,
    })
}

fn check_charset_and_format(fields: &BTreeMap<String, String>) -> Result<(), Failure> {
    let charset = need(fields, "charset", "isv.invalid-charset")?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return Err(Failure::invalid("isv.invalid-charset", "沙箱只支持utf-8"));
    }
    if fields.get("format").is_some_and(|format| !format.eq_ignore_ascii_case("json")) {
        return Err(Failure::invalid("isv.invalid-format", "无效的数据格式"));
    }
    Ok(())
}

fn check_certificates(
    sandbox: &Sandbox,
    merchant: usize,
    fields: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    let Some(own) = &sandbox.merchants[merchant].accounts.alipay.certificates else {
        return Ok(());
    };
    let app = need(fields, "app_cert_sn", "isv.missing-app-cert-sn")?;
    let root = need(fields, "alipay_root_cert_sn", "isv.missing-root-cert-sn")?;
    if app != own.app_cert_sn {
        return Err(Failure::invalid("isv.invalid-app-cert-sn", "应用公钥证书SN不匹配"));
    }
    if root != own.alipay_root_cert_sn {
        return Err(Failure::invalid("isv.invalid-root-cert-sn", "支付宝根证书SN不匹配"));
    }
    Ok(())
}

fn address(url: Option<String>) -> Result<Option<String>, Failure> {
    let is_good =
        |url: &str| url.len() <= 256 && (url.starts_with("http://") || url.starts_with("https://"));
    match url {
        Some(url) if !is_good(&url) => {
            Err(Failure::invalid("isv.invalid-parameter", "notify_url或return_url无效"))
        }
        url => Ok(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_the_signature_is_signed_sorted_and_raw() {
        let fields =
            fields("method=m&sign=x&empty=", b"biz_content=%7B%22a%22%3A%22b+c%22%7D&app_id=1");
        let fields = fields.unwrap();
        assert_eq!(message(fields.iter()), r#"app_id=1&biz_content={"a":"b c"}&method=m"#);
    }

    #[test]
    fn a_field_that_stands_twice_is_none() {
        assert!(fields("a=1", b"b=2").is_some());
        assert!(fields("a=1", b"a=1").is_none());
    }
}

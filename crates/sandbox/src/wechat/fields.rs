//! Fields of a JSON body, required or not, within their lengths.

use super::failure::Failure;
use serde_json::Value;

/// A body, or an object in it, with the path to it.
#[derive(Clone)]
pub struct Fields<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Fields<'a> {
    /// The whole body.
    pub fn of(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    /// A field that must be there: an object.
    pub fn object(&self, name: &str) -> Result<Fields<'a>, Failure> {
        let value = self.value.get(name).filter(|value| value.is_object());
        let value = value.ok_or_else(|| self.bad(name, "缺少或不是对象"))?;
        Ok(Fields { value, path: format!("{}/{name}", self.path) })
    }

    /// A text that must be there, of 1 to `max` characters.
    pub fn text(&self, name: &str, max: usize) -> Result<&'a str, Failure> {
        self.optional_text(name, max)?.ok_or_else(|| self.bad(name, "缺少必填参数"))
    }

    /// A text of 1 to `max` characters, if there is one.
    pub fn optional_text(&self, name: &str, max: usize) -> Result<Option<&'a str>, Failure> {
        match self.value.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if (1..=max).contains(&text.chars().count()) => {
                Ok(Some(text))
            }
            Some(_) => Err(self.bad(name, &format!("必须为1到{max}个字符的字符串"))),
        }
    }

    /// A whole number of 1 or more that must be there.
    pub fn amount(&self, name: &str) -> Result<i64, Failure> {
        let number = self.value.get(name).ok_or_else(|| self.bad(name, "缺少必填参数"))?;
        let number = number.as_i64().filter(|number| (1..=10_000_000_000).contains(number));
        number.ok_or_else(|| self.bad(name, "必须为大于0的整数，单位为分"))
    }

    /// Yuan, which is also meant where nothing stands.
    pub fn yuan(&self) -> Result<(), Failure> {
        match self.optional_text("currency", 16)? {
            None | Some("CNY") => Ok(()),
            Some(_) => Err(self.bad("currency", "境内商户号仅支持CNY")),
        }
    }

    /// A refusal of a field.
    pub fn bad(&self, name: &str, issue: &str) -> Failure {
        let field = format!("{}/{name}", self.path);
        Failure::param(&field, &format!("{}{issue}", field.trim_start_matches('/')))
    }
}

/// Whether a text is made of letters, digits and some of `others`.
pub fn is_plain(text: &str, others: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
}

/// An address for notices: http or https, without a query, at most 255 characters.
pub fn notify_url<'a>(fields: &Fields<'a>) -> Result<Option<&'a str>, Failure> {
    let Some(text) = fields.optional_text("notify_url", 255)? else { return Ok(None) };
    let bad = |issue| Err(fields.bad("notify_url", issue));
    match url::Url::parse(text) {
        Ok(url) if url.query().is_some() || url.fragment().is_some() => bad("不允许携带参数"),
        Ok(url) if url.scheme() == "https" => Ok(Some(text)),
        // The channel insists on https; nobody has a certificate for a loopback address.
        Ok(url) if url.scheme() == "http" && crate::guard::is_loopback(&url) => Ok(Some(text)),
        _ => bad("必须为直接可访问的https地址"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_keep_to_their_kinds_and_lengths() {
        let body = json!({ "a": "abc", "n": 1.5, "m": "1", "k": 3, "z": 0, "o": { "b": "" } });
        let fields = Fields::of(&body);
        assert_eq!(fields.text("a", 3).unwrap(), "abc");
        assert_eq!(fields.amount("k").unwrap(), 3);
        assert!(fields.text("a", 2).is_err() && fields.text("k", 9).is_err());
        for name in ["n", "m", "z", "none"] {
            assert_eq!(fields.amount(name).unwrap_err().code(), "PARAM_ERROR", "{name}");
        }
        assert!(fields.object("a").is_err());
        assert!(fields.object("o").unwrap().optional_text("b", 9).is_err());
    }

    #[test]
    fn notices_go_to_plain_addresses() {
        for (url, good) in [
            ("https://example.com/notify", true),
            ("http://127.0.0.1:8080/notify/wechat/a", true),
            ("http://[::1]:8080/notify", true),
            ("http://example.com/notify", false),
            ("https://example.com/notify?a=b", false),
            ("/notify", false),
        ] {
            let body = json!({ "notify_url": url });
            assert_eq!(notify_url(&Fields::of(&body)).is_ok(), good, "{url}");
        }
    }
}

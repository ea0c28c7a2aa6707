//! Where the channels are. The operator's settings say so, never a merchant: an address decides who gets signed orders.

use hyper::Uri;
use serde::Deserialize;

/// Addresses of the channels. All but Alipay's are origins without a path, because signatures cover paths.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gateways {
    /// WeChat Pay's API.
    pub wechat: String,
    /// Where WeChat asks a buyer who he is.
    pub wechat_open: String,
    /// Where his answer is turned into an openid.
    pub wechat_api: String,
    /// Alipay's gateway, with its path.
    pub alipay: String,
    /// Stripe's API.
    pub stripe: String,
}

impl Default for Gateways {
    /// The channels themselves.
    fn default() -> Self {
        Self {
            wechat: "https://api.mch.weixin.qq.com".into(),
            wechat_open: "https://open.weixin.qq.com".into(),
            wechat_api: "https://api.weixin.qq.com".into(),
            alipay: "https://openapi.alipay.com/gateway.do".into(),
            stripe: "https://api.stripe.com".into(),
        }
    }
}

/// An address that no channel can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{setting}` must be https:// (http:// only on loopback) and, but for alipay, without a path"
)]
pub struct BadGateway {
    /// Which setting.
    pub setting: &'static str,
}

impl Gateways {
    /// Every channel at a sandbox of one origin; Alipay's path is the gateway's own.
    pub fn sandbox(origin: &str) -> Self {
        let origin = origin.trim_end_matches('/').to_owned();
        let alipay = format!("{origin}/gateway.do");
        Self {
            wechat: origin.clone(),
            wechat_open: origin.clone(),
            wechat_api: origin.clone(),
            stripe: origin,
            alipay,
        }
    }

    /// Refuses addresses that cannot be right, before anything is sent there.
    pub fn check(&self) -> Result<(), BadGateway> {
        let origins = [
            ("wechat", &self.wechat),
            ("wechat_open", &self.wechat_open),
            ("wechat_api", &self.wechat_api),
            ("stripe", &self.stripe),
        ];
        for (setting, address) in origins {
            if !is_sound(address) || address.matches('/').count() != 2 {
                return Err(BadGateway { setting });
            }
        }
        let query_free = !self.alipay.contains('?');
        (is_sound(&self.alipay) && query_free).then_some(()).ok_or(BadGateway { setting: "alipay" })
    }
}

fn is_sound(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let Some(host) = uri.host() else { return false };
    let loopback = matches!(host, "localhost" | "[::1]") || host.starts_with("127.");
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => {
            loopback && host.parse::<std::net::Ipv4Addr>().is_ok() || host == "localhost"
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_and_sandboxes_are_sound() {
        assert_eq!(Gateways::default().check(), Ok(()));
        assert_eq!(Gateways::sandbox("http://127.0.0.1:8090/").check(), Ok(()));
    }

    #[test]
    fn other_addresses_are_refused() {
        for wechat in [
            "http://api.mch.weixin.qq.com",
            "http://127.0.0.1.evil.example",
            "https://api.mch.weixin.qq.com/",
            "https://api.mch.weixin.qq.com/v3",
            "ftp://127.0.0.1",
            "",
        ] {
            let gateways = Gateways { wechat: wechat.into(), ..Gateways::default() };
            assert_eq!(gateways.check(), Err(BadGateway { setting: "wechat" }), "{wechat}");
        }
        let gateways = Gateways { alipay: "https://a.example/?x=1".into(), ..Gateways::default() };
        assert_eq!(gateways.check(), Err(BadGateway { setting: "alipay" }));
    }
}

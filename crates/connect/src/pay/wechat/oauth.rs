//! Who pays within WeChat: the OAuth hop with scope `snsapi_base`, which asks the buyer nothing.

use super::account::WechatAccount;
use super::client::Client;
use crate::pay::answer::{Asked, Outcome, Why};
use crate::pay::door::Door;
use crate::pay::wire::http::Request;
use crate::pay::wire::{form, json};
use kernel::Timestamp;

/// Characters of an openid at most.
const OPENID_CHARS_MAX: usize = 128;
/// Codes that only say "later".
const LATER: [i64; 3] = [-1, 45_009, 45_011];

impl Door {
    /// Where a buyer's browser within WeChat goes, to come back to `return_url` with `code` and `state`.
    pub fn wechat_authorize_url(
        &self,
        account: &WechatAccount,
        return_url: &str,
        state: &str,
    ) -> String {
        let query = form::write([
            ("appid", account.appid.as_str()),
            ("redirect_uri", return_url),
            ("response_type", "code"),
            ("scope", "snsapi_base"),
            ("state", state),
        ]);
        format!("{}/connect/oauth2/authorize?{query}#wechat_redirect", self.gateways().wechat_open)
    }

    /// The openid for a `code` that the buyer brought; a code is good once and for five minutes. `Failed` means that
    /// he must be sent again.
    pub async fn wechat_openid(
        &self,
        account: &WechatAccount,
        code: &str,
        now: Timestamp,
    ) -> Asked<String> {
        let mut line = self.line(now);
        let outcome = line.wechat(account).openid(code).await;
        line.end(outcome)
    }
}

impl Client<'_, '_> {
    async fn openid(&mut self, code: &str) -> Outcome<String> {
        let Some(secret) = &self.account.app_secret else {
            let cure = "give the official account's AppSecret first";
            return Outcome::Failed(Why::new("no_app_secret", cure));
        };
        let query = form::write([
            ("appid", self.account.appid.as_str()),
            ("secret", secret.expose()),
            ("code", code),
            ("grant_type", "authorization_code"),
        ]);
        let url = format!("{}/sns/oauth2/access_token?{query}", self.line.gateways().wechat_api);
        match self.line.send(&Request::get(url)).await {
            Ok(reply) if reply.status.is_success() => read(&reply.body),
            Ok(reply) => Outcome::Unknown(Why::new(&format!("http_{}", reply.status.as_u16()), "")),
            Err(why) => Outcome::Unknown(why),
        }
    }
}

fn read(body: &[u8]) -> Outcome<String> {
    let Some(answer) = json::value(body) else {
        return Outcome::Unknown(Why::new("unreadable", "the answer is no JSON"));
    };
    if let Some(openid) = answer["openid"].as_str() {
        let sound = openid.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
        if sound && !openid.is_empty() && openid.len() <= OPENID_CHARS_MAX {
            return Outcome::Succeeded(openid.to_owned());
        }
    }
    match answer["errcode"].as_i64() {
        Some(code) if !LATER.contains(&code) => {
            let message = answer["errmsg"].as_str().unwrap_or_default();
            Outcome::Failed(Why::new(&code.to_string(), message))
        }
        _ => Outcome::Unknown(Why::new("unreadable", "the answer names no buyer")),
    }
}

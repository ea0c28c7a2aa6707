//! New payments: native, JSAPI and H5.

use super::client::Client;
use super::sign;
use crate::pay::answer::{JsapiParams, Offer, Offered, Outcome, Why};
use crate::pay::ask::{Intent, Way};
use crate::pay::wire::clock;
use kernel::Currency;
use serde_json::{Value, json};

/// Bytes of a description at most.
const DESCRIPTION_BYTES_MAX: usize = 127;

impl Client<'_, '_> {
    /// Asks for a way to pay.
    pub async fn offer(&mut self, intent: &Intent) -> Outcome<Offered> {
        let Some((kind, answers)) = way(&intent.way) else {
            return Outcome::Failed(Why::new("wrong_way", "WeChat Pay has no such way to pay"));
        };
        if intent.amount.currency != Currency::Cny || intent.amount.amount <= 0 {
            return Outcome::Failed(Why::new(
                "wrong_amount",
                "WeChat Pay takes CNY, from one fen on",
            ));
        }
        let body = self.order(intent);
        let answer = match self.post(&format!("/v3/pay/transactions/{kind}"), &body).await {
            Ok(answer) => answer,
            Err(trouble) => return trouble.lenient(),
        };
        let Some(text) = answer[answers].as_str().filter(|text| !text.is_empty()) else {
            return Outcome::Unknown(Why::new("unreadable", "the answer has no way to pay"));
        };
        let offer = match kind {
            "native" => Offer::Qr(text.to_owned()),
            "h5" => Offer::Redirect(returning(text, &intent.return_url)),
            _ => match self.jsapi(text) {
                Ok(params) => Offer::Jsapi(params),
                Err(why) => return Outcome::Unknown(why),
            },
        };
        Outcome::Succeeded(Offered { offer, reference: None })
    }

    /// The same intent makes the same body: WeChat Pay refuses a number that comes again with another.
    fn order(&self, intent: &Intent) -> Value {
        let mut body = json!({
            "appid": self.account.appid,
            "mchid": self.account.mchid,
            "description": cut(&intent.subject, DESCRIPTION_BYTES_MAX),
            "out_trade_no": intent.payment.to_string(),
            "time_expire": clock::china_rfc3339(intent.expires_at),
            "notify_url": intent.notice_url,
            "amount": { "total": intent.amount.amount, "currency": "CNY" },
        });
        if let Some(order) = intent.order {
            body["attach"] = order.to_string().into();
        }
        match &intent.way {
            Way::WechatJsapi { openid } => body["payer"] = json!({ "openid": openid }),
            Way::WechatH5 { client_ip } => {
                body["scene_info"] =
                    json!({ "payer_client_ip": client_ip, "h5_info": { "type": "Wap" } });
            }
            _ => {}
        }
        body
    }

    fn jsapi(&self, prepay_id: &str) -> Result<JsapiParams, Why> {
        let seconds = clock::seconds(self.line.now).to_string();
        let nonce = self.line.nonce();
        let package = format!("prepay_id={prepay_id}");
        let pay_sign = sign::pay_sign(self.account, &seconds, &nonce, &package)?;
        Ok(JsapiParams {
            app_id: self.account.appid.clone(),
            time_stamp: seconds,
            nonce_str: nonce,
            package,
            sign_type: "RSA".into(),
            pay_sign,
        })
    }
}

/// The last part of the path, and the field of the answer.
fn way(way: &Way) -> Option<(&'static str, &'static str)> {
    match way {
        Way::WechatNative => Some(("native", "code_url")),
        Way::WechatJsapi { .. } => Some(("jsapi", "prepay_id")),
        Way::WechatH5 { .. } => Some(("h5", "h5_url")),
        _ => None,
    }
}

/// An H5 address that leads back to us afterwards.
fn returning(h5_url: &str, return_url: &str) -> String {
    if return_url.is_empty() {
        return h5_url.to_owned();
    }
    let back: String = form_urlencoded::byte_serialize(return_url.as_bytes()).collect();
    let joint = if h5_url.contains('?') { '&' } else { '?' };
    format!("{h5_url}{joint}redirect_url={back}")
}

/// The beginning of a text, in whole characters.
fn cut(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}

//! One question to Alipay: signed, sent, and its answer verified.

use super::account::AlipayAccount;
use super::sign;
use crate::pay::answer::{Outcome, Why};
use crate::pay::door::Line;
use crate::pay::notice::Refused;
use crate::pay::wire::form;
use crate::pay::wire::http::Request;
use serde_json::Value;

const FORM: &str = "application/x-www-form-urlencoded;charset=utf-8";
/// Codes of trades under which nothing was decided.
const UNDECIDED: [&str; 4] =
    ["ACQ.CONTEXT_INCONSISTENT", "ACQ.SYSTEM_ERROR", "ACQ.TRADE_HAS_SUCCESS", "SYSTEM_ERROR"];

/// A question of one account.
pub(in crate::pay) struct Client<'l, 'a> {
    pub(super) line: &'l mut Line<'a>,
    pub(super) account: &'l AlipayAccount,
}

impl<'a> Line<'a> {
    /// Asks Alipay.
    pub fn alipay<'l>(&'l mut self, account: &'l AlipayAccount) -> Client<'l, 'a> {
        Client { line: self, account }
    }
}

/// Why there is no good answer.
pub(super) enum Trouble {
    /// Alipay says no, and signed it.
    Refused(Why),
    /// Alipay says no to our credentials, or says no without a signature.
    Unsigned(Why),
    /// Nobody knows.
    Unknown(Why),
}

impl Trouble {
    /// The outcome where only a signed no counts.
    pub fn strict<T>(self) -> Outcome<T> {
        match self {
            Self::Refused(why) => Outcome::Failed(why),
            Self::Unsigned(why) | Self::Unknown(why) => Outcome::Unknown(why),
        }
    }

    /// The outcome where a no without a signature does no harm: nothing was there to be paid.
    pub fn lenient<T>(self) -> Outcome<T> {
        match self {
            Self::Refused(why) | Self::Unsigned(why) => Outcome::Failed(why),
            Self::Unknown(why) => Outcome::Unknown(why),
        }
    }

    /// Whether Alipay says, signed, that it has no such trade.
    pub fn is_missing(&self) -> bool {
        self.is_refusal("ACQ.TRADE_NOT_EXIST")
    }

    /// Whether Alipay says no, signed, with this code.
    pub fn is_refusal(&self, code: &str) -> bool {
        matches!(self, Self::Refused(why) if why.code == code)
    }
}

impl From<Why> for Trouble {
    fn from(why: Why) -> Self {
        Self::Unknown(why)
    }
}

impl Client<'_, '_> {
    /// Calls a method of the gateway. Parameters go with the address, the content in the body.
    pub(super) async fn call(
        &mut self,
        method: &str,
        biz_content: &Value,
        notice_url: &str,
    ) -> Result<Value, Trouble> {
        let now = self.line.now;
        let extra = [("notify_url", notice_url)];
        let mut fields = sign::signed(self.account, method, biz_content, &extra, now)
            .map_err(|unsigned| Trouble::Unknown(unsigned.into()))?;
        let content = fields.remove("biz_content").unwrap_or_default();
        let query = form::write(fields.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        let url = format!("{}?{query}", self.line.gateways().alipay);
        let body = form::write([("biz_content", content.as_str())]);
        let reply = self.line.send(&Request::post(url, FORM, body)).await?;
        if reply.status.as_u16() != 200 {
            let code = format!("http_{}", reply.status.as_u16());
            return Err(Trouble::Unknown(Why::new(&code, "")));
        }
        match sign::verified_answer(self.account, method, &reply.body, now) {
            Ok(answer) => judge(answer, true),
            Err(refused @ Refused::Unsigned(_)) => {
                match sign::unsigned_answer(method, &reply.body).map(|answer| judge(answer, false))
                {
                    Some(Err(trouble)) => Err(trouble),
                    _ => Err(Trouble::Unknown(refused.into())),
                }
            }
            Err(refused) => Err(Trouble::Unknown(refused.into())),
        }
    }
}

/// Tells a yes from a no and from what is neither.
fn judge(answer: Value, signed: bool) -> Result<Value, Trouble> {
    let text = |name: &str| answer[name].as_str().unwrap_or_default();
    let (code, sub_code) = (text("code"), text("sub_code"));
    if code == "10000" {
        return Ok(answer);
    }
    let named = if sub_code.is_empty() { code } else { sub_code };
    let message = if text("sub_msg").is_empty() { text("msg") } else { text("sub_msg") };
    let why = Why::new(named, message);
    let busy = ["isp.", "aop."].iter().any(|begin| sub_code.starts_with(begin));
    if busy || UNDECIDED.contains(&sub_code) {
        return Err(Trouble::Unknown(why));
    }
    Err(match code {
        "40004" if signed && !sub_code.is_empty() => Trouble::Refused(why),
        "20001" | "40001" | "40002" | "40004" | "40006" => Trouble::Unsigned(why),
        _ => Trouble::Unknown(why),
    })
}

//! One question to WeChat Pay: signed, sent, and its answer verified.

use super::account::WechatAccount;
use super::keys::Verify;
use super::sign;
use crate::pay::answer::{Outcome, Why};
use crate::pay::door::Line;
use crate::pay::notice::Refused;
use crate::pay::wire::http::{Reply, Request};
use crate::pay::wire::json;
use serde_json::Value;

/// Codes under which nothing was decided, whatever the status is.
const UNDECIDED: [&str; 8] = [
    "ACCOUNTERROR",
    "BANKERROR",
    "BANK_ERROR",
    "FREQUENCY_LIMITED",
    "ORDERPAID",
    "OUT_TRADE_NO_USED",
    "SYSTEMERROR",
    "SYSTEM_ERROR",
];
/// Codes of credentials that are refused: of the payment they say nothing.
const CREDENTIALS: [&str; 6] =
    ["APPID_MCHID_NOT_MATCH", "MCH_NOT_EXISTS", "NO_AUTH", "RULE_LIMIT", "SIGN_ERROR", "SIGNERROR"];

/// A question of one account.
pub(in crate::pay) struct Client<'l, 'a> {
    pub(super) line: &'l mut Line<'a>,
    pub(super) account: &'l WechatAccount,
}

impl<'a> Line<'a> {
    /// Asks WeChat Pay.
    pub fn wechat<'l>(&'l mut self, account: &'l WechatAccount) -> Client<'l, 'a> {
        Client { line: self, account }
    }
}

/// Why there is no good answer.
pub(super) enum Trouble {
    /// The channel says no, and signed it.
    Refused { status: u16, why: Why },
    /// The channel says no to our credentials, or says no without a signature.
    Unsigned(Why),
    /// Nobody knows.
    Unknown(Why),
}

impl Trouble {
    /// The outcome where only a signed no counts.
    pub fn strict<T>(self) -> Outcome<T> {
        match self {
            Self::Refused { why, .. } => Outcome::Failed(why),
            Self::Unsigned(why) | Self::Unknown(why) => Outcome::Unknown(why),
        }
    }

    /// The outcome where a no without a signature does no harm: nothing was there to be paid.
    pub fn lenient<T>(self) -> Outcome<T> {
        match self {
            Self::Refused { why, .. } | Self::Unsigned(why) => Outcome::Failed(why),
            Self::Unknown(why) => Outcome::Unknown(why),
        }
    }

    /// Whether the channel says, signed, that it has no such thing.
    pub fn is_missing(&self) -> bool {
        let codes = ["ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS", "NOT_FOUND"];
        matches!(self, Self::Refused { status: 404, why } if codes.contains(&why.code.as_str()))
    }
}

impl From<Why> for Trouble {
    fn from(why: Why) -> Self {
        Self::Unknown(why)
    }
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        Self::Unknown(refused.into())
    }
}

impl Client<'_, '_> {
    /// `GET`, with the path and its query.
    pub(super) async fn get(&mut self, path: &str) -> Result<Value, Trouble> {
        let url = format!("{}{path}", self.line.gateways().wechat);
        self.ask(Request::get(url), path).await
    }

    /// `POST` of a JSON body.
    pub(super) async fn post(&mut self, path: &str, body: &Value) -> Result<Value, Trouble> {
        let url = format!("{}{path}", self.line.gateways().wechat);
        self.ask(Request::post(url, "application/json", body.to_string()), path).await
    }

    async fn ask(&mut self, request: Request, path: &str) -> Result<Value, Trouble> {
        let reply = self.send(request, path).await?;
        match self.verified(&reply).await {
            Ok(()) => read(&reply, true),
            Err(Refused::Unsigned(_)) if reply.status.is_client_error() => read(&reply, false),
            Err(_) if reply.status.is_server_error() => read(&reply, false),
            Err(refused) => Err(refused.into()),
        }
    }

    /// Signs and sends, whatever comes.
    pub(super) async fn send(&mut self, mut request: Request, path: &str) -> Result<Reply, Why> {
        let parts = (request.method.as_str(), path, request.body.as_str());
        let nonce = self.line.nonce();
        let authorization = sign::authorization(self.account, parts, &nonce, self.line.now)?;
        request.headers.push(("accept", "application/json".into()));
        request.headers.push(("authorization", authorization));
        if let Verify::PublicKeys(keys) = &self.account.verify
            && let Some(id) = keys.keys().next_back()
        {
            request.headers.push(("wechatpay-serial", id.clone()));
        }
        self.line.send(&request).await
    }

    /// Verifies an answer; a certificate that is not known yet is fetched once.
    async fn verified(&mut self, reply: &Reply) -> Result<(), Refused> {
        let now = self.line.now;
        let verify = |account| sign::verify(account, &reply.headers, &reply.body, now);
        match (verify(self.account), self.account.keyring()) {
            (Err(Refused::UnknownKey(serial)), Some(keyring)) => {
                if keyring.may_ask(now) && matches!(self.refresh().await, Outcome::Succeeded(())) {
                    return verify(self.account);
                }
                Err(Refused::UnknownKey(serial))
            }
            (verified, _) => verified,
        }
    }
}

/// What a verified answer says, or one that nobody had to sign.
pub(super) fn read(reply: &Reply, signed: bool) -> Result<Value, Trouble> {
    let status = reply.status.as_u16();
    if reply.status.is_success() && reply.body.is_empty() {
        return Ok(Value::Null);
    }
    let value = json::value(&reply.body);
    if reply.status.is_success() {
        return value.ok_or_else(|| Why::new("unreadable", "the answer is no JSON").into());
    }
    let text = |name| value.as_ref().and_then(|v| v.get(name)?.as_str()).unwrap_or_default();
    let code = match text("code") {
        "" => format!("http_{status}"),
        code => code.to_owned(),
    };
    let why = Why::new(&code, text("message"));
    let undecided = UNDECIDED.contains(&code.as_str()) || text("code").is_empty();
    match status {
        400..=499 if status != 408 && status != 429 && !undecided => {
            let credentials = status == 401 || CREDENTIALS.contains(&code.as_str());
            Err(match signed && !credentials {
                true => Trouble::Refused { status, why },
                false => Trouble::Unsigned(why),
            })
        }
        _ => Err(Trouble::Unknown(why)),
    }
}

//! One question to Stripe.

use super::account::StripeAccount;
use crate::pay::answer::{Outcome, Why};
use crate::pay::door::Line;
use crate::pay::wire::http::Request;
use crate::pay::wire::{form, json};
use serde_json::Value;

/// The version of the API that this client was written for.
pub const VERSION: &str = "2025-03-31.basil";
const FORM: &str = "application/x-www-form-urlencoded";

/// A question of one account.
pub(in crate::pay) struct Client<'l, 'a> {
    pub(super) line: &'l mut Line<'a>,
    pub(super) account: &'l StripeAccount,
}

impl<'a> Line<'a> {
    /// Asks Stripe.
    pub fn stripe<'l>(&'l mut self, account: &'l StripeAccount) -> Client<'l, 'a> {
        Client { line: self, account }
    }
}

/// Why there is no good answer.
pub(super) enum Trouble {
    /// Stripe says no.
    Refused { status: u16, why: Why },
    /// Stripe says no to our credentials.
    Credentials(Why),
    /// Nobody knows.
    Unknown(Why),
}

impl Trouble {
    /// The outcome where credentials say nothing of the money.
    pub fn strict<T>(self) -> Outcome<T> {
        match self {
            Self::Refused { why, .. } => Outcome::Failed(why),
            Self::Credentials(why) | Self::Unknown(why) => Outcome::Unknown(why),
        }
    }

    /// The outcome where nothing was there to be paid.
    pub fn lenient<T>(self) -> Outcome<T> {
        match self {
            Self::Refused { why, .. } | Self::Credentials(why) => Outcome::Failed(why),
            Self::Unknown(why) => Outcome::Unknown(why),
        }
    }
}

impl From<Why> for Trouble {
    fn from(why: Why) -> Self {
        Self::Unknown(why)
    }
}

impl Client<'_, '_> {
    /// `GET`.
    pub(super) async fn get(&mut self, path: &str) -> Result<Value, Trouble> {
        let url = format!("{}{path}", self.line.gateways().stripe);
        self.ask(Request::get(url)).await
    }

    /// `POST` of a form. With a key, the same request again gives the first one's answer.
    pub(super) async fn post(
        &mut self,
        path: &str,
        fields: &[(&str, String)],
        idempotency_key: Option<&str>,
    ) -> Result<Value, Trouble> {
        let url = format!("{}{path}", self.line.gateways().stripe);
        let body = form::write(fields.iter().map(|(name, value)| (*name, value.as_str())));
        let mut request = Request::post(url, FORM, body);
        if let Some(key) = idempotency_key {
            request.headers.push(("idempotency-key", key.to_owned()));
        }
        self.ask(request).await
    }

    async fn ask(&mut self, mut request: Request) -> Result<Value, Trouble> {
        if self.account.is_live() && self.line.gateways().stripe.starts_with("http:") {
            let cure = "a live key is not sent to a sandbox";
            return Err(Why::new("live_key_at_sandbox", cure).into());
        }
        let bearer = format!("Bearer {}", self.account.secret_key.expose());
        request.headers.push(("authorization", bearer));
        request.headers.push(("stripe-version", VERSION.into()));
        let reply = self.line.send(&request).await?;
        let status = reply.status.as_u16();
        let value = json::value(&reply.body);
        if reply.status.is_success() {
            return value.ok_or_else(|| Why::new("unreadable", "the answer is no JSON").into());
        }
        Err(judge(status, value.as_ref().map(|value| &value["error"])))
    }
}

/// Tells a no from what is neither yes nor no.
fn judge(status: u16, error: Option<&Value>) -> Trouble {
    let text = |name: &str| error.and_then(|error| error[name].as_str()).unwrap_or_default();
    let kind = text("type");
    let code = match (text("code"), kind) {
        ("", "") => format!("http_{status}"),
        ("", kind) => kind.to_owned(),
        (code, _) => code.to_owned(),
    };
    let why = Why::new(&code, text("message"));
    match status {
        401 | 403 => Trouble::Credentials(why),
        // A key that came with other fields before: what that request did is not known here.
        400 if kind == "idempotency_error" => Trouble::Unknown(why),
        400 | 402 | 404 if error.is_some_and(Value::is_object) => Trouble::Refused { status, why },
        _ => Trouble::Unknown(why),
    }
}

//! What a channel answers. Every answer has three values; not known is not failed.

use super::exchange::Exchange;
use super::notice::Refused;
use super::wire::http::NoReply;
use super::wire::key::Unsigned;
use kernel::{Money, Timestamp};
use serde::Serialize;

/// What became of what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// It was done, and this is what the channel said.
    Succeeded(T),
    /// It was not done and will not be: the channel said so.
    Failed(Why),
    /// Nobody knows; ask again by the same number.
    Unknown(Why),
}

impl<T> Outcome<T> {
    /// The same outcome of another answer.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Succeeded(answer) => Outcome::Succeeded(f(answer)),
            Self::Failed(why) => Outcome::Failed(why),
            Self::Unknown(why) => Outcome::Unknown(why),
        }
    }

    /// Goes on with an answer that came.
    pub fn and_then<U>(self, f: impl FnOnce(T) -> Outcome<U>) -> Outcome<U> {
        match self {
            Self::Succeeded(answer) => f(answer),
            Self::Failed(why) => Outcome::Failed(why),
            Self::Unknown(why) => Outcome::Unknown(why),
        }
    }
}

/// An outcome and the exchanges that led to it, masked, for whoever keeps them.
#[derive(Debug, Clone)]
pub struct Asked<T> {
    /// The outcome.
    pub outcome: Outcome<T>,
    /// None if nothing had to be sent.
    pub exchanges: Vec<Exchange>,
}

/// A reason: the channel's code where it gave one, else ours in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// `ORDER_CLOSED`, `ACQ.TRADE_HAS_CLOSE`, `card_declined`; ours: `timeout`, `bad_signature`, ….
    pub code: String,
    /// A sentence, the channel's where it gave one.
    pub message: String,
}

impl Why {
    /// A reason of code and sentence, cut to what is worth keeping.
    pub fn new(code: &str, message: &str) -> Self {
        let cut = |text: &str, max| text.chars().take(max).collect();
        Self { code: cut(code, 64), message: cut(message, 256) }
    }
}

impl From<NoReply> for Why {
    fn from(error: NoReply) -> Self {
        let code = match error {
            NoReply::Timeout => "timeout",
            NoReply::Unreachable => "unreachable",
            NoReply::Broken => "broken_answer",
            NoReply::Unwritten => "unwritten_request",
        };
        Self::new(code, &error.to_string())
    }
}

impl From<Unsigned> for Why {
    fn from(error: Unsigned) -> Self {
        Self::new("unsigned_request", &error.to_string())
    }
}

impl From<Refused> for Why {
    fn from(refused: Refused) -> Self {
        Self::new(refused.code(), &refused.to_string())
    }
}

/// What the buyer gets, and the channel's handle for later calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// How he pays.
    pub offer: Offer,
    /// To be kept with the payment and given in each [`super::Question`]; Stripe cannot be asked without it.
    pub reference: Option<String>,
}

/// How a buyer pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// The text of a QR code.
    Qr(String),
    /// Where his browser goes.
    Redirect(String),
    /// What the page hands to WeChat's bridge.
    Jsapi(JsapiParams),
}

/// Parameters of WeChat's `getBrandWCPayRequest`, named as it names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JsapiParams {
    /// The official account.
    pub app_id: String,
    /// Seconds.
    pub time_stamp: String,
    /// Chance.
    pub nonce_str: String,
    /// `prepay_id=…`; holds for two hours.
    pub package: String,
    /// `RSA`.
    pub sign_type: String,
    /// Signature of the four before.
    pub pay_sign: String,
}

/// Where a payment stands at the channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The channel knows no such payment: nobody scanned it yet. Unpaid, never failed.
    NotBegun,
    /// It may be paid, or is being paid.
    Open,
    /// Money came.
    Paid(Paid),
    /// Nothing came and nothing will.
    Closed,
    /// It was tried and will not come any more.
    Failed(Why),
}

/// Money that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// The channel's number of the transaction, the same in every repetition.
    pub number: String,
    /// The order's total at the channel; coupons of the channel are in it.
    pub amount: Money,
    /// When it came, where the channel says so.
    pub paid_at: Option<Timestamp>,
    /// The channel says that some of it went back already. Whoever hears of this payment only now delivers nothing.
    pub returned: bool,
}

/// What became of a payment that was to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closure {
    /// It cannot be paid any more.
    Closed,
    /// The channel knows no such payment. A code that somebody still has ends by the expiry that was sent.
    NotBegun,
    /// Too late: money came, or something else that only a query tells.
    AskAgain,
}

/// Where a refund stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundSeen {
    /// Where it stands.
    pub standing: RefundStanding,
    /// The channel's number of it, where it has one.
    pub number: Option<String>,
    /// How much it sends back, where the channel said so.
    pub amount: Option<Money>,
}

impl RefundSeen {
    /// A standing of which the channel gave no number.
    pub(super) fn without_number(standing: RefundStanding) -> Self {
        Self { standing, number: None, amount: None }
    }

    /// The outcome of asking for a refund that stands so.
    pub(super) fn unless_failed(self) -> Outcome<Self> {
        match self.standing {
            RefundStanding::Failed(why) => Outcome::Failed(why),
            _ => Outcome::Succeeded(self),
        }
    }
}

/// Where a refund stands at the channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundStanding {
    /// The channel knows no such refund: it can be asked for with the same number.
    NotBegun,
    /// The channel is at it.
    Processing,
    /// The money went back.
    Done,
    /// The channel could not hand the money over, or the merchant has too little there: a person must act at the
    /// channel, and then the same number may be repeated.
    Abnormal(Why),
    /// It did not go back and will not.
    Failed(Why),
}

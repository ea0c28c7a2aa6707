//! What a channel tells by itself. Signature, age and account are checked before anything of it is believed.

use super::answer::{RefundSeen, Standing};
use super::wire::headers::HeaderMap;
use super::{Account, Channel, alipay, stripe, wechat};
use kernel::{OrderId, PaymentId, RefundId, Timestamp};

/// A notice under a good signature, for this account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Of a payment.
    Payment(PaymentNotice),
    /// Of a refund.
    Refund(RefundNotice),
    /// Of something else: to be acknowledged, without change.
    Other(String),
}

/// What a notice says of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentNotice {
    /// Our number of it.
    pub payment: PaymentId,
    /// The order that the intent named.
    pub order: Option<OrderId>,
    /// Where it stands.
    pub standing: Standing,
}

/// What a notice says of a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundNotice {
    /// Our number of it.
    pub refund: RefundId,
    /// Our number of the payment that the money came with, where the channel says so.
    pub payment: Option<PaymentId>,
    /// Where it stands.
    pub seen: RefundSeen,
}

/// Why a notice is not taken, or an answer not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// WeChat Pay tries whether we check signatures. Expected now and then: no alarm.
    #[error("a probe of the channel, whose signature is wrong on purpose")]
    Probe,
    /// A part of the signature is missing, empty or there twice.
    #[error("the signature or a part of it is missing: {0}")]
    Unsigned(&'static str),
    /// Another algorithm than the only one.
    #[error("the signature names another algorithm")]
    Algorithm,
    /// Signed too long ago, or for a time that is yet to come.
    #[error("it was signed too long ago, or for a time to come")]
    Stale,
    /// Signed by a key that this account does not hold. In certificate mode: fetch certificates, then read again.
    #[error("it is signed by a key that is not known: {0}")]
    UnknownKey(String),
    /// Signed by a certificate that is expired or does not hold yet.
    #[error("it is signed by a certificate that does not hold now")]
    KeyNotValid,
    /// The signature is not the channel's, or not of this body.
    #[error("the signature is not the channel's, or not of this text")]
    Forged,
    /// What is sealed does not open: a wrong tag or another key.
    #[error("what is sealed in it does not open")]
    Sealed,
    /// A good signature, for another account of the channel.
    #[error("it is for another account: {0}")]
    OtherAccount(&'static str),
    /// A good signature, over something that makes no sense.
    #[error("it cannot be read: {0}")]
    Unreadable(&'static str),
}

impl Refused {
    /// A word for logs and facts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Probe => "probe",
            Self::Unsigned(_) => "unsigned",
            Self::Algorithm => "bad_algorithm",
            Self::Stale => "stale",
            Self::UnknownKey(_) => "unknown_key",
            Self::KeyNotValid => "key_not_valid",
            Self::Forged => "bad_signature",
            Self::Sealed => "bad_seal",
            Self::OtherAccount(_) => "other_account",
            Self::Unreadable(_) => "unreadable",
        }
    }

    /// Whether somebody should hear of it: everything but the channel's own probes.
    pub fn is_alarming(&self) -> bool {
        !matches!(self, Self::Probe)
    }
}

/// Reads a notice that came to an account's address. `body` is what came, byte for byte.
pub fn read(
    account: &Account,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<Notice, Refused> {
    match account {
        Account::Wechat(account) => wechat::notice::read(account, headers, body, now),
        Account::Alipay(account) => alipay::notice::read(account, body, now),
        Account::Stripe(account) => stripe::notice::read(account, headers, body, now),
    }
}

/// What a channel wants to hear: status, content type, body. Refused notices are told again.
pub fn acknowledgement(channel: Channel, taken: bool) -> (u16, &'static str, &'static str) {
    match (channel, taken) {
        (Channel::Wechat, true) => {
            (200, "application/json", r#"{"code":"SUCCESS","message":"OK"}"#)
        }
        (Channel::Wechat, false) => {
            (401, "application/json", r#"{"code":"FAIL","message":"refused"}"#)
        }
        (Channel::Alipay, true) => (200, "text/plain", "success"),
        (Channel::Alipay, false) => (400, "text/plain", "failure"),
        (Channel::Stripe, true) => (200, "application/json", "{}"),
        (Channel::Stripe, false) => (400, "application/json", r#"{"error":"refused"}"#),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_hear_what_they_want_to_hear() {
        for channel in [Channel::Wechat, Channel::Alipay, Channel::Stripe] {
            let taken = acknowledgement(channel, true);
            let refused = acknowledgement(channel, false);
            assert!(taken.0 == 200 && (400..500).contains(&refused.0), "{channel:?}");
        }
        assert_eq!(acknowledgement(Channel::Alipay, true).2, "success");
    }
}

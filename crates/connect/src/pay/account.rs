//! A merchant's accounts at the channels: his credentials, read and checked, and nothing else.

use super::alipay::AlipayAccount;
use super::stripe::StripeAccount;
use super::wechat::WechatAccount;

/// A payment channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// WeChat Pay (微信支付).
    Wechat,
    /// Alipay (支付宝).
    Alipay,
    /// Stripe.
    Stripe,
}

/// An account at one of them. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Account {
    /// At WeChat Pay.
    Wechat(WechatAccount),
    /// At Alipay.
    Alipay(AlipayAccount),
    /// At Stripe.
    Stripe(StripeAccount),
}

impl Account {
    /// Which channel it is at.
    pub fn channel(&self) -> Channel {
        match self {
            Self::Wechat(_) => Channel::Wechat,
            Self::Alipay(_) => Channel::Alipay,
            Self::Stripe(_) => Channel::Stripe,
        }
    }
}

/// A field of an account that cannot be right. What was given is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {cure}")]
pub struct FieldError {
    /// Which field.
    pub field: &'static str,
    /// What to do.
    pub cure: &'static str,
}

impl FieldError {
    pub(super) fn new(field: &'static str, cure: &'static str) -> Self {
        Self { field, cure }
    }
}

/// Checks that a field has 1 to `max` of the allowed characters.
pub(super) fn check(
    field: &'static str,
    value: &str,
    max: usize,
    allowed: fn(u8) -> bool,
    cure: &'static str,
) -> Result<(), FieldError> {
    let fits = !value.is_empty() && value.len() <= max && value.bytes().all(allowed);
    fits.then_some(()).ok_or(FieldError { field, cure })
}

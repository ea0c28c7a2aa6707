//! The three channels.

use serde::{Deserialize, Serialize};

/// A payment channel that the sandbox speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// WeChat Pay, API v3.
    Wechat,
    /// Alipay, the gateway with RSA2.
    Alipay,
    /// Stripe, API v1.
    Stripe,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Wechat, Self::Alipay, Self::Stripe];
}

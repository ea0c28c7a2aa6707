//! A payment through a channel of others: at which account, by which way, and what the channel offered.

use super::PayMethod;
use super::account::{Channel, PaymentAccountId};
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{PaymentId, Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::numbered::numbered! {
    /// A way to pay through a channel. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Way {
        /// WeChat Pay: a QR code for a second device.
        WechatNative = 1,
        /// WeChat Pay from a phone's browser.
        WechatH5 = 2,
        /// WeChat Pay within WeChat.
        WechatJsapi = 3,
        /// Alipay: a QR code for a second device.
        AlipayQr = 4,
        /// Alipay's page for desktops.
        AlipayPage = 5,
        /// Alipay's page for phones.
        AlipayWap = 6,
        /// Stripe's hosted page.
        Stripe = 7,
    }
}

impl Way {
    /// The channel that it goes through.
    pub fn channel(self) -> Channel {
        match self {
            Self::WechatNative | Self::WechatH5 | Self::WechatJsapi => Channel::Wechat,
            Self::AlipayQr | Self::AlipayPage | Self::AlipayWap => Channel::Alipay,
            Self::Stripe => Channel::Stripe,
        }
    }
}

impl Channel {
    /// The payment method of money that comes through it.
    pub fn method(self) -> PayMethod {
        match self {
            Self::Wechat => PayMethod::Wechat,
            Self::Alipay => PayMethod::Alipay,
            Self::Stripe => PayMethod::Stripe,
        }
    }
}

/// Which account a payment begins at, and by which way. The edge has read the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// The account.
    pub account: PaymentAccountId,
    /// The way.
    pub way: Way,
}

/// What a payment has beside its row, if it goes through a channel of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelPayment {
    /// The tenant of the book.
    pub tenant: Tenant,
    /// The payment.
    pub payment: PaymentId,
    /// The account that it is bound to.
    pub account: PaymentAccountId,
    /// The way that was chosen.
    pub way: Way,
    /// When nobody may pay it any more: the end of the order's hold.
    pub closes_at: Timestamp,
    /// What the channel offered, as the edge writes it; none before it answered.
    pub offer: Option<String>,
    /// The channel's handle for later questions.
    pub reference: Option<String>,
}

impl Answer for ChannelPayment {}

/// Stores what a channel offered.
#[derive(Debug, Clone)]
pub struct StoreOffer {
    /// The payment.
    pub payment: PaymentId,
    /// What the buyer gets, as the edge writes it.
    pub offer: String,
    /// The channel's handle.
    pub reference: Option<String>,
}

impl Verb for StoreOffer {
    type Answer = Box<ChannelPayment>;

    /// What the payment has beside its row.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.payment.channels.insert((at.tenant, self.payment));
    }

    /// The payment goes through a channel. The first offer stays: a repeated question gives the same payment there.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let key = (ctx.origin.tenant, self.payment);
        let found = world.payment.channels.get(&key).cloned();
        let mut row = found.ok_or(Refusal::NotFound("payment"))?;
        if row.offer.is_none() {
            row.offer = Some(self.offer);
            row.reference = self.reference;
            world.payment.channels.insert(key, row.clone());
        }
        Ok(Box::new(row))
    }
}

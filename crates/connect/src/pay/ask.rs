//! What a channel is asked.

use kernel::{Money, OrderId, PaymentId, RefundId, Timestamp};

/// A way to pay that a buyer chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// WeChat Pay: a QR code for a second device.
    WechatNative,
    /// WeChat Pay within WeChat; who pays is known by the OAuth hop.
    WechatJsapi {
        /// The buyer's id at the merchant's official account.
        openid: String,
    },
    /// WeChat Pay from a phone's browser.
    WechatH5 {
        /// The buyer's network address; WeChat compares it.
        client_ip: String,
    },
    /// Alipay: a QR code for a second device.
    AlipayQr,
    /// Alipay's page for desktops.
    AlipayPage,
    /// Alipay's page for phones.
    AlipayWap,
    /// Stripe's hosted Checkout.
    StripeCheckout,
}

/// A payment that is to be made. The same intent, asked again, gives the same payment at the channel.
#[derive(Debug, Clone)]
pub struct Intent {
    /// Our number of it.
    pub payment: PaymentId,
    /// What it pays; comes back in notices.
    pub order: Option<OrderId>,
    /// How much.
    pub amount: Money,
    /// By which way.
    pub way: Way,
    /// What the buyer reads at the channel.
    pub subject: String,
    /// Where the channel tells of it.
    pub notice_url: String,
    /// Where the buyer comes back to.
    pub return_url: String,
    /// When nobody may pay it any more.
    pub expires_at: Timestamp,
}

/// A payment that is asked about or closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Our number of it.
    pub payment: PaymentId,
    /// The channel's handle that its offer came with, if it did.
    pub reference: Option<String>,
}

/// Money that is to go back. The same number, asked again, never sends it twice.
#[derive(Debug, Clone)]
pub struct RefundIntent {
    /// Our number of it.
    pub refund: RefundId,
    /// The payment that the money came with.
    pub payment: PaymentId,
    /// The channel's number of that payment.
    pub transaction: String,
    /// How much goes back.
    pub amount: Money,
    /// How much came.
    pub total: Money,
    /// Why, as the buyer reads it.
    pub reason: String,
    /// Where the channel tells of it.
    pub notice_url: String,
}

impl RefundIntent {
    /// Where it stands, of which the channel gave no number yet.
    pub fn question(&self) -> RefundQuestion {
        let Self { refund, payment, transaction, .. } = self;
        let transaction = transaction.clone();
        RefundQuestion { refund: *refund, payment: *payment, transaction, number: None }
    }
}

/// A refund that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundQuestion {
    /// Our number of it.
    pub refund: RefundId,
    /// The payment that the money came with.
    pub payment: PaymentId,
    /// The channel's number of that payment.
    pub transaction: String,
    /// The channel's number of the refund, if it gave one.
    pub number: Option<String>,
}

//! Payments (支付): attempts to pay an order or to recharge a wallet, and the money that came in for them.
//!
//! An attempt is ours: its id is the channel's order number. A receipt is the channel's: money that
//! arrived, known by the channel's own transaction number, so that a notice that comes again is nothing new.
//! Every receipt ends as goods, in a wallet or as a refund; `receive.rs` has the rule.

pub mod account;
pub mod ask;
pub mod channel;
pub mod choice;
pub mod complete;
pub mod exchange;
pub mod fact;
pub mod offline;
pub mod receive;
pub mod recharge;
pub mod refuse;
pub mod start;
pub mod test_channel;
pub mod world;

use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use account::Channel;
use kernel::{BuyerId, Currency, Money, OrderId, PaymentId, Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::verbs! {
    Payment:
    "start_payment" => start::StartPayment,
    "start_recharge" => recharge::StartRecharge,
    "receive_notice" => receive::ReceiveNotice,
    "confirm_transfer" => offline::ConfirmTransfer,
    "pay_later" => test_channel::PayLater,
    "store_offer" => channel::StoreOffer,
    "ask_again" => ask::AskAgain,
    "keep_exchanges" => exchange::KeepExchanges,
    "forget_exchanges" => exchange::ForgetExchanges,
    "tell_unreadable" => refuse::TellUnreadable,
    "refuse_notice" => refuse::RefuseNotice,
}

crate::numbered::numbered! {
    /// A payment method. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum PayMethod {
        /// The buyer's wallet.
        Wallet = 1,
        /// The test channel, in test mode only.
        Test = 2,
        /// WeChat Pay: a QR code for a second device.
        WechatNative = 3,
        /// WeChat Pay from a phone's browser.
        WechatH5 = 4,
        /// WeChat Pay within WeChat.
        WechatJsapi = 5,
        /// Alipay: a QR code for a second device.
        AlipayQr = 6,
        /// Alipay's page for desktops.
        AlipayPage = 7,
        /// Alipay's page for phones.
        AlipayWap = 8,
        /// Stripe's hosted page.
        Stripe = 9,
        /// A transfer to the merchant's bank account, which a person confirms.
        Offline = 10,
    }
}

impl PayMethod {
    /// Its word, as it is written everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wallet => "wallet",
            Self::Test => "test",
            Self::WechatNative => "wechat_native",
            Self::WechatH5 => "wechat_h5",
            Self::WechatJsapi => "wechat_jsapi",
            Self::AlipayQr => "alipay_qr",
            Self::AlipayPage => "alipay_page",
            Self::AlipayWap => "alipay_wap",
            Self::Stripe => "stripe",
            Self::Offline => "offline",
        }
    }

    /// The payment channel of others that it goes through, if it does.
    pub fn channel(self) -> Option<Channel> {
        match self {
            Self::Wallet | Self::Test | Self::Offline => None,
            Self::WechatNative | Self::WechatH5 | Self::WechatJsapi => Some(Channel::Wechat),
            Self::AlipayQr | Self::AlipayPage | Self::AlipayWap => Some(Channel::Alipay),
            Self::Stripe => Some(Channel::Stripe),
        }
    }
}

crate::numbered::numbered! {
    /// Where a payment stands. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum PaymentState {
        /// The channel does not know of it yet.
        Created = 1,
        /// The buyer may pay it.
        Pending = 2,
        /// It paid the order, or recharged the wallet.
        Succeeded = 3,
        /// It paid nothing. In rows from before `Returned`, also: money that came for it went back.
        Closed = 4,
        /// The channel says that it failed.
        Failed = 5,
        /// Money came for it, paid nothing, and goes back.
        Returned = 6,
    }
}

impl PaymentState {
    /// Whether the buyer may still pay it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Created | Self::Pending)
    }
}

/// What a payment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// It pays an order.
    Order(OrderId),
    /// It recharges the wallet of a buyer.
    Wallet(BuyerId),
}

/// An attempt's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Its id, which is also the channel's order number.
    pub id: PaymentId,
    /// The tenant of the book.
    #[serde(skip, default = "crate::identity::operator")]
    pub tenant: Tenant,
    /// What it is for.
    #[serde(flatten)]
    pub goal: Goal,
    /// The payment method.
    pub method: PayMethod,
    /// The currency of its amount.
    pub currency: Currency,
    /// What is to be paid, in minor units.
    pub amount: i64,
    /// Where it stands.
    pub state: PaymentState,
    /// The channel's number of the transaction that ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_number: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
}

impl Answer for Payment {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Payment, self.id.0))
    }
}

impl Payment {
    /// Its key among the loaded rows.
    pub fn key(&self) -> (Tenant, PaymentId) {
        (self.tenant, self.id)
    }

    /// The order that it pays; none of a recharge.
    pub fn order(&self) -> Option<OrderId> {
        match self.goal {
            Goal::Order(order) => Some(order),
            Goal::Wallet(_) => None,
        }
    }

    /// Where it stands, as people see it. A payment that nothing came for has no number of the channel.
    pub fn public_state(&self) -> PaymentState {
        match self.state {
            PaymentState::Closed if self.channel_number.is_some() => PaymentState::Returned,
            state => state,
        }
    }

    /// What is to be paid.
    pub fn money(&self) -> Money {
        Money::new(self.amount, self.currency)
    }
}

/// The primary key of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceiptKey {
    /// The tenant of the book.
    pub tenant: Tenant,
    /// Through which channel.
    pub method: PayMethod,
    /// The channel's number of the transaction.
    pub number: String,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The channel's number of the transaction.
    pub number: String,
    /// Through which channel.
    pub method: PayMethod,
    /// The payment.
    pub payment: PaymentId,
    /// The order; none of a recharge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// What came in, in minor units.
    pub amount: i64,
    /// The part of it that paid the order or went to the wallet; the rest went back.
    pub applied: i64,
    /// When we took it in.
    pub at: Timestamp,
}

/// Under which order's id the rows of a payment are found: that of its order. A recharge has none, so its rows are found under
/// its own id.
pub fn found_under(order: Option<OrderId>, payment: PaymentId) -> OrderId {
    order.unwrap_or(OrderId(payment.0))
}

/// The order that rows are found under; none where that is the payment's own id.
pub fn order_of(found_under: OrderId, payment: PaymentId) -> Option<OrderId> {
    Some(found_under).filter(|order| order.0 != payment.0)
}

#[cfg(test)]
mod tests {
    use super::PayMethod;

    #[test]
    fn a_method_is_written_as_its_word() {
        for method in PayMethod::ALL {
            assert_eq!(serde_json::to_value(method).expect("a word"), method.word());
        }
    }
}

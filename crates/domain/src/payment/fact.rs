//! Facts about attempts to pay, and about money that is for no goods.

use crate::fact::FactBody;
use crate::fold::Folded;
use crate::ledger::fact::Posting;
use crate::payment::account::PaymentAccountId;
use crate::payment::channel::ChannelPayment;
use crate::payment::{Payment, Receipt};
use crate::refund::Refund;
use kernel::{Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Payment:
    "payment.started" 1 => PaymentStarted,
    "payment.ended" 1 => PaymentEnded,
    "payment.returned" 1 => PaymentReturned,
    "payment.recharged" 1 => PaymentRecharged,
    "payment.offered" 1 => PaymentOffered,
    "payment.notice_refused" 1 => NoticeRefused,
    "payment.account_unreadable" 1 => AccountUnreadable,
}

/// Somebody began to pay through a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentStarted {
    /// The payment.
    pub payment: Payment,
    /// What it has beside its row, if it goes through a channel of others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelPayment>,
}

impl FactBody for PaymentStarted {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.payment(tenant, self.payment);
        if let Some(channel) = self.channel {
            rows.channel_payment(tenant, channel);
        }
    }
}

/// A channel offered a way to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentOffered {
    /// What the payment has beside its row.
    pub channel: ChannelPayment,
}

impl FactBody for PaymentOffered {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.channel_payment(tenant, self.channel);
    }
}

/// A notice came to an account's address that is not the channel's, or not for it. Nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRefused {
    /// The account.
    pub account: PaymentAccountId,
    /// Why, as a word.
    pub reason: String,
    /// How many were refused there, with this one, since the last that was told.
    pub count: u32,
}

impl FactBody for NoticeRefused {}

/// What is stored of an account cannot be read, so its channel is not asked. Its secrets must be entered again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountUnreadable {
    /// The account.
    pub account: PaymentAccountId,
}

impl FactBody for AccountUnreadable {}

/// A channel said that nothing will come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentEnded {
    /// The payment.
    pub payment: Payment,
}

impl FactBody for PaymentEnded {
    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.payment(tenant, self.payment);
    }
}

/// Money came in that is for no goods, and goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentReturned {
    /// The payment.
    pub payment: Payment,
    /// The money that came in.
    pub receipt: Receipt,
    /// The refund that takes it back.
    pub refund: Refund,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for PaymentReturned {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.payment(tenant, self.payment);
        rows.refund(tenant, self.refund);
    }
}

/// Money came in for a wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRecharged {
    /// The payment.
    pub payment: Payment,
    /// The money that came in.
    pub receipt: Receipt,
    /// What of it goes back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<Refund>,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for PaymentRecharged {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.payment(tenant, self.payment);
        self.refunds.into_iter().for_each(|refund| rows.refund(tenant, refund));
    }
}

//! Payments and receipts of a batch: what it needs, what was loaded, what its commands changed.

use super::channel::ChannelPayment;
use super::exchange::KeptExchange;
use super::test_channel::TestNotice;
use super::{Payment, Receipt, ReceiptKey};
use crate::Table;
use kernel::{Id16, PaymentId, Tenant};
use std::collections::BTreeSet;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Payments.
    pub payments: Table<(Tenant, PaymentId), Payment>,
    /// What payments through channels of others have beside their rows.
    pub channels: Table<(Tenant, PaymentId), ChannelPayment>,
    /// Money that came in.
    pub receipts: Table<ReceiptKey, Receipt>,
    /// What the test channel has to tell.
    pub new_notices: Vec<TestNotice>,
    /// Exchanges with channels that are to be kept.
    pub new_exchanges: Vec<KeptExchange>,
    /// Exchanges with smaller ids may go.
    pub exchanges_gone: Option<Id16>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Payments.
    pub payments: BTreeSet<(Tenant, PaymentId)>,
    /// Payments through channels of others.
    pub channels: BTreeSet<(Tenant, PaymentId)>,
    /// Money that may have come in before.
    pub receipts: BTreeSet<ReceiptKey>,
}

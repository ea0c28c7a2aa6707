//! Folding the journal: facts in, rows out. `verify` compares the result with what the store holds.

use crate::Fact;
use crate::catalog::place::Rank;
use crate::content::Content;
use crate::ledger::HoldState;
use crate::order::Order;
use crate::order::fact::{HeldFact, LineFact};
use crate::payment::Payment;
use crate::payment::channel::ChannelPayment;
use crate::refund::Refund;
use crate::resource::Row;
use crate::voucher::{Redemption, Voucher};
use kernel::{
    AccountId, ContentId, HoldId, Id16, ImportId, OrderId, PaymentId, ProductId, RedemptionId,
    RefundId, Tenant, Timestamp, VoucherId,
};
use std::collections::BTreeMap;

/// What the facts tell of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportTotals {
    /// Codes taken in.
    pub accepted: i64,
    /// Codes that were there before.
    pub duplicates: i64,
    /// Rows that may be twins, without those that were taken in.
    pub doubts: i64,
    /// Rows that cannot be read.
    pub errors: i64,
    /// The number of the batch's mark.
    pub mark: i64,
}

/// What the facts of a book say its rows are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// Balance and held amount by account.
    pub accounts: BTreeMap<(Tenant, AccountId), (i64, i64)>,
    /// Orders with their lines.
    pub orders: BTreeMap<(Tenant, OrderId), (Order, Vec<LineFact>)>,
    /// Payments.
    pub payments: BTreeMap<(Tenant, PaymentId), Payment>,
    /// What payments through channels of others have beside their rows.
    pub channel_payments: BTreeMap<(Tenant, PaymentId), ChannelPayment>,
    /// Refunds.
    pub refunds: BTreeMap<(Tenant, RefundId), Refund>,
    /// Amount, posted amount and state by hold.
    pub holds: BTreeMap<(Tenant, HoldId), (i64, i64, HoldState)>,
    /// What is told of imports.
    pub imports: BTreeMap<(Tenant, ImportId), ImportTotals>,
    /// Newest version by product, and where it stands.
    pub products: BTreeMap<(Tenant, ProductId), (i64, Rank)>,
    /// How the shop of each book looked and spoke when that became a resource. When the row was made, nothing tells.
    pub styles_before: BTreeMap<Tenant, Row>,
    /// Resources by kind and id.
    pub resources: BTreeMap<(Tenant, (i64, Id16)), Row>,
    /// Vouchers.
    pub vouchers: BTreeMap<(Tenant, VoucherId), Voucher>,
    /// Versions of what buyers share.
    pub contents: BTreeMap<(Tenant, ContentId), Content>,
    /// Redemptions of vouchers.
    pub redemptions: BTreeMap<(Tenant, RedemptionId), Redemption>,
    /// When the codes of each order were shown for the first time.
    pub first_reveals: BTreeMap<(Tenant, OrderId), i64>,
}

impl Folded {
    /// Takes in the next fact of a book.
    pub fn apply(&mut self, tenant: Tenant, at: Timestamp, fact: Fact) {
        for posting in fact.postings() {
            self.accounts.entry((tenant, posting.debit)).or_default().0 -= posting.amount;
            self.accounts.entry((tenant, posting.credit)).or_default().0 += posting.amount;
        }
        fact.fold(tenant, at, self);
    }

    /// An order as it is now.
    pub(crate) fn order(&mut self, tenant: Tenant, order: Order, lines: Vec<LineFact>) {
        let order = Order { tenant, ..order };
        self.orders.insert((tenant, order.id), (order, lines));
    }

    /// A payment as it is now.
    pub(crate) fn payment(&mut self, tenant: Tenant, payment: Payment) {
        self.payments.insert((tenant, payment.id), Payment { tenant, ..payment });
    }

    /// What a payment has beside its row, as it is now.
    pub(crate) fn channel_payment(&mut self, tenant: Tenant, row: ChannelPayment) {
        self.channel_payments.insert((tenant, row.payment), ChannelPayment { tenant, ..row });
    }

    /// A refund as it is now.
    pub(crate) fn refund(&mut self, tenant: Tenant, refund: Refund) {
        self.refunds.insert((tenant, refund.id), Refund { tenant, ..refund });
    }

    /// Vouchers as they are now.
    pub(crate) fn vouchers(&mut self, tenant: Tenant, vouchers: Vec<Voucher>) {
        let keyed = vouchers.into_iter().map(|voucher| Voucher { tenant, ..voucher });
        self.vouchers.extend(keyed.map(|voucher| (voucher.key(), voucher)));
    }

    /// A redemption as it is now.
    pub(crate) fn redemption(&mut self, tenant: Tenant, redemption: Redemption) {
        self.redemptions.insert((tenant, redemption.id), Redemption { tenant, ..redemption });
    }

    /// Holds of an order, which are posted or voided whole.
    pub(crate) fn order_holds(&mut self, tenant: Tenant, held: &[HeldFact], state: HoldState) {
        for HeldFact { hold, account, amount } in held {
            let kept = if state == HoldState::Pending { *amount } else { -amount };
            self.keep(tenant, *account, kept);
            let posted = if state == HoldState::Posted { *amount } else { 0 };
            self.holds.insert((tenant, *hold), (*amount, posted, state));
        }
    }

    /// So much more of an account is on hold.
    pub(crate) fn keep(&mut self, tenant: Tenant, account: AccountId, amount: i64) {
        self.accounts.entry((tenant, account)).or_default().1 += amount;
    }
}
